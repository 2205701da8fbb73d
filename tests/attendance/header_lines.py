"""The headers of Zoom, Teams and Meet in ten languages, as the makers write them."""

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
