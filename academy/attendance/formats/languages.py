"""In which language a report's headers are written, told by their script and by telling words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

from academy.attendance.formats.report import Report

_WORDS = re.compile(r"[^\W\d_]+")
_SCRIPTS = (
    ("ja", re.compile("[぀-ヿ]")),
    ("ko", re.compile("[가-힯]")),
    ("th", re.compile("[฀-๿]")),
    ("ru", re.compile("[Ѐ-ӿ]")),
    ("zh", re.compile("[一-鿿]")),
)
#: Words of headers that no other of these languages writes so, or few do.
_TELLING = {
    "en": "user original time join leave joined left attended first last status exited guest full"
    " timestamp moderator score reactions action checked order start end activity duration",
    "es": "nombre usuario hora unirse salir entrada salida unión duración invitado correo"
    " electrónico asistió apellidos apellido tiempo primera última reunión dirección rol",
    "pt": "usuário horário ingressar entrada saída duração convidado compareceu sobrenome nome"
    " endereço ingresso completo atividade reunião primeiro função carimbo",
    "fr": "nom utilisateur heure arrivée départ durée invité prénom adresse origine connexion"
    " réunion rejoindre quitter première dernier rôle entrée sortie",
    "it": "nome utente ora ingresso uscita durata ospite cognome indirizzo originale partecipante"
    " riunione prima ultima ruolo accesso abbandono",
    "de": "ursprünglicher benutzername beitrittszeit austrittszeit dauer gast vorname nachname"
    " adresse verlassen zeitpunkt beitritt erster letzter rolle teilnahme der des vollständiger",
    "nl": "naam oorspronkelijke deelnametijd vertrektijd duur gast gebruiker voornaam achternaam"
    " adres eerste laatste deelname tijd rol volledige",
    "fi": "nimi liittymisaika poistumisaika kesto sähköposti rooli liittyminen poistuminen"
    " osallistujan koko aika ensimmäinen viimeinen",
    "pl": "imię nazwisko godzina dołączenia opuszczenia czas trwania gość adres rola nazwa"
    " pierwsze ostatnie wyjście poczta",
    "id": "nama asli pengguna waktu bergabung masuk keluar durasi menit tamu alamat depan",
    "vi": "tên gốc người dùng thời gian tham rời lượng phút khách",
    "tr": "ad adı orijinal katılma ayrılma zamanı saati süre dakika konuk katılım",
}
_LANGUAGES_OF: dict[str, list[str]] = {}
for _language, _text in _TELLING.items():
    for _word in _text.split():
        _LANGUAGES_OF.setdefault(_word, []).append(_language)


def language_of(report: Report) -> str:
    """Return the tag of the language of the report's headers; "" where nothing tells it."""
    cells = [cell for section in report.sections for cell in section.header.cells]
    return _by_script(cells) or _by_words(cells)


def _by_script(cells: Iterable[str]) -> str:
    text = unicodedata.normalize("NFKC", " ".join(cells))
    return next((language for language, script in _SCRIPTS if script.search(text)), "")


def _by_words(cells: Iterable[str]) -> str:
    hits: Counter[str] = Counter()
    for cell in cells:
        for word in _WORDS.findall(unicodedata.normalize("NFC", cell).casefold()):
            languages = _LANGUAGES_OF.get(word, ())
            hits.update(dict.fromkeys(languages, 12 // (len(languages) or 1)))
    return hits.most_common(1)[0][0] if hits else ""
