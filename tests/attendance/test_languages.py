"""Zoom, Teams and Meet in ten languages, each in every encoding that could hold it."""

import datetime as dt

import pytest

from academy.attendance.formats.languages import language_of
from academy.attendance.reading.files import open_attendance, read_attendance

ON = dt.date(2021, 11, 19)
ZOOM = {
    "en": "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
    "es": "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,"
    "Duración (minutos),Invitado",
    "pt": "Nome (nome original),E-mail do usuário,Hora de entrada,Hora de saída,"
    "Duração (minutos),Convidado",
    "fr": "Nom (nom original),Adresse e-mail,Heure d’arrivée,Heure de départ,"
    "Durée (minutes),Invité",
    "it": "Nome (nome originale),E-mail,Ora di ingresso,Ora di uscita,Durata (minuti),Ospite",
    "de": "Name (ursprünglicher Name),Benutzer-E-Mail,Beitrittszeit,Austrittszeit,"
    "Dauer (Minuten),Gast",
    "nl": "Naam (oorspronkelijke naam),E-mailadres,Deelnametijd,Vertrektijd,Duur (minuten),Gast",
    "fi": "Nimi (alkuperäinen nimi),Sähköposti,Liittymisaika,Poistumisaika,Kesto (minuuttia),"
    "Vieras",
    "pl": "Imię i nazwisko (oryginalne imię i nazwisko),Adres e-mail,Godzina dołączenia,"
    "Godzina opuszczenia,Czas trwania (minuty),Gość",
    "ja": "名前（元の名前）,メールアドレス,参加時間,退出時間,期間（分）,ゲスト",
}
TEAMS = {
    "en": "Full Name\tJoin Time\tLeave Time\tDuration\tEmail\tRole",
    "es": "Nombre\tHora de unión\tHora de salida\tDuración\tCorreo electrónico\tRol",
    "pt": "Nome\tHora de ingresso\tHora de saída\tDuração\tEmail\tFunção",
    "fr": "Nom\tHeure d’arrivée\tHeure de départ\tDurée\tE-mail\tRôle",
    "it": "Nome\tOra di ingresso\tOra di uscita\tDurata\tEmail\tRuolo",
    "de": "Name\tBeitrittszeit\tVerlassenszeit\tDauer\tE-Mail\tRolle",
    "nl": "Naam\tTijd van deelname\tTijd van vertrek\tDuur\tE-mail\tRol",
    "fi": "Nimi\tLiittymisaika\tPoistumisaika\tKesto\tSähköposti\tRooli",
    "pl": "Imię i nazwisko\tGodzina dołączenia\tGodzina opuszczenia\tCzas trwania"
    "\tAdres e-mail\tRola",
    "ja": "名前\t参加時刻\t退出時刻\t期間\tメール\t役割",
}
MEET = {
    "en": "First name,Last name,Email,Duration,Time joined,Time exited",
    "es": "Nombre,Apellidos,Correo electrónico,Duración,Hora de entrada,Hora de salida",
    "pt": "Nome,Sobrenome,E-mail,Duração,Horário de entrada,Horário de saída",
    "fr": "Prénom,Nom,Adresse e-mail,Durée,Heure d'arrivée,Heure de départ",
    "it": "Nome,Cognome,Indirizzo email,Durata,Ora di accesso,Ora di uscita",
    "de": "Vorname,Nachname,E-Mail-Adresse,Dauer,Beigetreten um,Verlassen um",
    "nl": "Voornaam,Achternaam,E-mailadres,Duur,Deelgenomen om,Verlaten om",
    "fi": "Etunimi,Sukunimi,Sähköpostiosoite,Kesto,Liittymisaika,Poistumisaika",
    "pl": "Imię,Nazwisko,Adres e-mail,Czas trwania,Godzina dołączenia,Godzina wyjścia",
    "ja": "名,姓,メールアドレス,所要時間,参加時刻,退出時刻",
}
NAMES = {
    "es": "José Núñez", "pt": "João Conceição", "fr": "Zoé Lefèvre", "it": "Nicolò Però",
    "de": "Jürgen Müßig", "nl": "Daniëlle Coté", "fi": "Päivi Hyvönen", "pl": "Łukasz Żółć",
    "ja": "山田花子",
}  # fmt: skip
UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
#: What a spreadsheet of an older day saves in.
LEGACY = {
    **dict.fromkeys(("en", "es", "pt", "fr", "it", "de", "nl", "fi"), ("cp1252",)),
    "pl": ("cp1250",),
    "ja": ("shift_jis", "euc_jp"),
}
CASES = [
    pytest.param(maker, language, encoding, id=f"{maker}-{language}-{encoding}")
    for maker in ("zoom", "teams", "meet")
    for language in ZOOM
    for encoding in (*UNICODE, *LEGACY[language])
]


def _file(maker: str, language: str) -> str:
    name = NAMES.get(language, "Siti Aminah")
    if maker == "zoom":
        row = f"{name},,2021-11-19 09:54:15,2021-11-19 12:01:59,128,?"
        lines = [ZOOM[language], row, row.replace(name, f"{name} (2)")]
    elif maker == "teams":
        row = f"{name}\t19/11/2021 09:54:15\t19/11/2021 12:01:59\t2h 7m\t\t?"
        lines = [TEAMS[language], row, row.replace(name, f"{name} 2")]
    else:
        row = f"{name},X,,2 h 7 min,09:54,12:01"
        lines = [MEET[language], row, row.replace(name, f"{name} 2")]
    return "\r\n".join(lines) + "\r\n"


@pytest.mark.parametrize(("maker", "language", "encoding"), CASES)
def test_ten_languages_are_read_in_every_encoding(maker: str, language: str, encoding: str) -> None:
    data = _file(maker, language).replace("’", "'").encode(encoding)
    file = read_attendance(data, "report.csv", on=ON)
    name = NAMES.get(language, "Siti Aminah") + (" X" if maker == "meet" else "")
    assert (file.people[0].name, file.people[0].minutes, file.refused) == (name, 127, ())
    assert language_of(open_attendance(data, "report.csv").report) == language
