"""In which language a report's headers are written: the right one, or none.

A word or two that a language shares with another tell nothing: "dakika" is Turkish and Swahili. So
a language is named only if it explains most of the header, and clearly more of it than any other;
a script names one only where it is written in no other language, or with its own words.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence

from academy.attendance.formats.report import Report

_WORDS = re.compile(r"[^\W\d_]+")
#: Scripts of a single language.
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
)
_HAN = re.compile("[\u4e00-\u9fff]")
#: What only Japanese writes of what Chinese writes otherwise, where a header has no kana.
_JAPANESE = re.compile("氏名|所要|役割|退室|時刻|参加時間")
_CHINESE = re.compile("时|間|间|长|邮|郵|离|離|进|進|钟|鐘|姓名|名称|名稱|会议|會議")
#: Words that say nothing of a language.
_NEUTRAL = frozenset(("email", "mail", "e", "id", "upn", "utc", "gmt", "zoom", "i", "a", "x"))
#: From this part of the header on, and so much more than the next, a language is named.
_MOST = 0.6
_CLEARLY = 0.15
#: Words of headers, each language with those that it also shares with its neighbours.
_TELLING = {
    "en": "name user original time join leave joined left attended first last status exited guest"
    " full timestamp moderator score reactions action checked in order start end activity duration"
    " minutes total talk webcam messages poll votes raise hands seen call meeting participant role"
    " phone registration approval session is country region date quantity ticket type attendee"
    " given family address",
    "es": "nombre usuario hora unirse salir entrada salida unión duración invitado correo original"
    " electrónico asistió apellidos apellido tiempo primera última reunión dirección rol del de la"
    " minutos para total completo acción marca participante",
    "pt": "usuário horário ingressar entrada saída duração convidado compareceu sobrenome nome"
    " endereço ingresso completo atividade reunião primeiro função carimbo original do da de hora"
    " minutos data última participante total",
    "fr": "nom utilisateur heure arrivée départ durée invité prénom adresse origine connexion d l"
    " réunion rejoindre quitter première dernier rôle entrée sortie original minutes complet action"
    " horodatage participation de la du participant",
    "it": "nome utente ora ingresso uscita durata ospite cognome indirizzo originale partecipante"
    " riunione prima ultima ruolo accesso abbandono di minuti completo azione timestamp guest",
    "de": "ursprünglicher benutzername beitrittszeit austrittszeit dauer gast vorname nachname"
    " adresse verlassen zeitpunkt beitritt erster letzter rolle teilnahme der des vollständiger"
    " name benutzer minuten verlassenszeit beigetreten um benutzeraktion zeitstempel letztes"
    " moderator besprechungsdauer teilnehmer aktivitätspunktzahl redezeit webcamzeit nachrichten"
    " reaktionen umfragestimmen handheben",
    "nl": "naam oorspronkelijke deelnametijd vertrektijd duur gast gebruiker voornaam achternaam"
    " adres eerste laatste deelname tijd rol volledige mailadres emailadres mailadres minuten van"
    " vertrek deelgenomen om verlaten gebruikersactie tijdstempel",
    "fi": "nimi liittymisaika poistumisaika kesto sähköposti rooli liittyminen poistuminen"
    " osallistujan koko aika ensimmäinen viimeinen alkuperäinen minuuttia vieras etunimi sukunimi"
    " sähköpostiosoite käyttäjän toiminto aikaleima",
    "pl": "imię nazwisko godzina dołączenia opuszczenia czas trwania gość adres rola nazwa"
    " pierwsze ostatnie wyjście poczta oryginalne minuty wyjścia działanie użytkownika znacznik"
    " czasu",
    "id": "nama asli pengguna waktu bergabung masuk keluar durasi menit tamu alamat depan belakang",
    "vi": "tên gốc người dùng thời gian tham gia rời lượng phút khách",
    "tr": "ad adı orijinal katılma ayrılma zamanı saati süre dakika konuk katılım posta",
    "ru": "имя настоящее исходное пользователя почта электронная адрес электронной почты время"
    " входа выхода подключения отключения присоединения продолжительность длительность минуты"
    " мин гость",
}
_LANGUAGES = {language: frozenset(text.split()) for language, text in _TELLING.items()}


def language_of(report: Report) -> str:
    """Return the tag of the language of the report's headers; "" where nothing tells it.

    The names of a document for programs are in no language.
    """
    if report.encoding in {"json", "xml"}:
        return ""
    header = next((section.header.cells for section in report.sections), [])
    return language_of_header(header)


def language_of_header(cells: Sequence[str]) -> str:
    """Return the tag of the one language that these cells are written in, or ""."""
    return _by_script(cells) or _by_words(cells)


def _by_script(cells: Iterable[str]) -> str:
    text = unicodedata.normalize("NFKC", " ".join(cells))
    for language, script in _SCRIPTS:
        if script.search(text):
            return language
    if not _HAN.search(text):
        return ""
    return "ja" if _JAPANESE.search(text) else "zh" if _CHINESE.search(text) else ""


def _by_words(cells: Iterable[str]) -> str:
    """Weigh each cell alike, whatever the number of its words."""
    worded = [words for cell in cells if (words := _words(cell))]
    if not worded:
        return ""
    shares = sorted(
        (sum(len(words & known) / len(words) for words in worded) / len(worded), language)
        for language, known in _LANGUAGES.items()
    )
    (next_best, _), (best, language) = shares[-2:]
    return language if best >= _MOST and best >= next_best + _CLEARLY else ""


def _words(cell: str) -> set[str]:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", unicodedata.normalize("NFC", cell))
    return set(_WORDS.findall(spaced.casefold())) - _NEUTRAL
