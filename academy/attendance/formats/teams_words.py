"""The words of Microsoft Teams in ten languages: columns, actions, and the roles of organisers.

Collected from files and public scripts that read them. Teams says some things in several ways, so
each list is open: what stands nowhere here is understood by its place and by the values under it.
"""

from academy.attendance.formats.headers import level, names_in

NAME = names_in("""
    name | full name | fullname | nombre | nombre completo | nome | nome completo | nom
    nom complet | vollständiger name | naam | volledige naam | nimi | koko nimi
    imię i nazwisko | 名前 | 氏名 | フル ネーム | フルネーム | 完全な名前
    """)
#: A header that no other maker writes for a name.
FULL_NAME = names_in("""
    full name | nombre completo | nome completo | nom complet | vollständiger name
    volledige naam | koko nimi | imię i nazwisko | 氏名 | フルネーム | 完全な名前
    """)
#: Columns of the second section: they stand for all connections of a person together.
FIRST_JOIN = names_in("""
    first join | first joined | primera unión | primera entrada | primera incorporación
    primer acceso | primeiro ingresso | primeira entrada | primeira participação
    primeira associação | première participation | premier accès | première connexion
    première jonction | première arrivée | primo accesso | prima partecipazione
    primo ingresso | erster beitritt | erste teilnahme | zuerst beigetreten
    eerste deelname | eerst deelgenomen | voor het eerst deelgenomen | ensimmäinen liittyminen
    liittyi ensimmäisen kerran | pierwsze dołączenie | 最初の参加 | 最初の参加時刻
    初回参加 | 最初の参加日時
    """)
LAST_LEAVE = names_in("""
    last leave | last left | última salida | último abandono | última saída
    dernière sortie | dernier départ | dernière déconnexion | ultimo abbandono | ultima uscita
    letztes verlassen | zuletzt verlassen | letzter austritt | laatste vertrek
    laatst verlaten | voor het laatst verlaten | viimeinen poistuminen
    viimeisin poistuminen | poistui viimeksi | ostatnie wyjście | ostatnie opuszczenie
    最後の退出 | 最後の退出時刻 | 最終退出 | 最後の退出日時
    """)
JOINED = names_in("""
    join time | joined | time joined | hora de unión | hora de entrada | hora de incorporación
    hora de ingresso | hora de participação | horário de entrada | horário de ingresso
    heure d'arrivée | heure de participation | heure d'entrée | heure de connexion
    ora di ingresso | ora di accesso | ora di partecipazione | ora di entrata | beitrittszeit
    beitrittszeitpunkt | zeitpunkt des beitritts | teilnahmezeit | tijd van deelname
    deelnametijd | tijdstip van deelname | liittymisaika | liittymisajankohta
    godzina dołączenia | czas dołączenia | 参加時刻 | 参加時間 | 参加日時
    """)
LEFT = names_in("""
    leave time | left | time left | hora de salida | hora de abandono | hora de saída
    horário de saída | heure de départ | heure de sortie | heure de déconnexion | ora di uscita
    ora di abbandono | verlassenszeit | zeitpunkt des verlassens | austrittszeit
    tijd van vertrek | vertrektijd | tijdstip van vertrek | poistumisaika
    poistumisajankohta | godzina opuszczenia | czas opuszczenia | godzina wyjścia
    czas wyjścia | 退出時刻 | 退出時間 | 退出日時
    """)
MINUTES = names_in("""
    duration | in-meeting duration | duración | duración en la reunión | duración de la reunión
    duração | duração na reunião | duração da reunião | duração em reunião | durée
    durée en réunion | durée de la réunion | durée dans la réunion | durata
    durata nella riunione | durata riunione | durata della riunione | dauer | besprechungsdauer
    dauer in der besprechung | dauer der besprechung | dauer in besprechung | duur
    duur in vergadering | duur van de vergadering | duur van vergadering | kesto
    kesto kokouksessa | kokouksen kesto | czas trwania | czas udziału w spotkaniu
    czas trwania spotkania | czas trwania w spotkaniu | 期間 | 会議の時間 | 会議時間
    会議内の期間 | 会議中の期間 | 会議の期間
    """)
EMAIL = names_in("""
    email | e-mail | email address | correo electrónico | correo | e-mail adresse
    e-mail-adresse | adresse e-mail | adresse de messagerie | courrier | indirizzo e-mail
    posta elettronica | e-mailadres | sähköposti | sähköpostiosoite | adres e-mail
    adres email | poczta e-mail | メール | メール アドレス | 電子メール | 電子メール アドレス
    endereço de email | endereço de e-mail
    """)
ROLE = names_in("role | rol | função | papel | rôle | ruolo | rolle | rooli | rola | 役割 | ロール")
ACTION = names_in("""
    user action | action | acción del usuario | acción de usuario | acción | ação do usuário
    ação do utilizador | atividade | ação | action de l'utilisateur | action utilisateur
    azione utente | azione dell'utente | attività | attività utente | benutzeraktion | aktion
    aktivität | gebruikersactie | actie van gebruiker | actie | käyttäjän toiminto
    käyttäjän toimi | toiminto | akcja użytkownika | czynność użytkownika | działanie użytkownika
    ユーザー アクション | ユーザー操作 | ユーザーの操作 | ユーザーアクション
    """)
TIME = names_in("""
    timestamp | utceventtimestamp | marca de tiempo | marca temporal | carimbo de data/hora
    carimbo de data e hora | carimbo de hora | data/hora | horodatage | horodateur
    data e ora | timbro data/ora | indicatore data e ora | zeitstempel | tijdstempel | aikaleima
    sygnatura czasowa | znacznik czasu | タイムスタンプ | タイム スタンプ
    """)
JOINING = names_in("""
    joined | joined before | se unió | se unió antes | se unió antes de | unido | ingresó | entró
    ingressou | ingressou antes | ingressou antes de | entrou | entrou antes | entrou antes de
    aderiu | associou-se | a rejoint | a rejoint avant | rejoint | rejoint avant
    a rejoint auparavant | ha partecipato | partecipa | si è unito | si è unito prima
    ha partecipato prima | accesso eseguito | iscritto | beigetreten | ist beigetreten
    zuvor beigetreten | vorher beigetreten | bereits beigetreten | beigetreten vor
    teilgenommen | deelgenomen | heeft deelgenomen | eerder deelgenomen | neemt deel
    deelgenomen vóór | toegetreden | liittyi | liittynyt | liittyi ennen | liittyi aiemmin
    liittynyt aiemmin | dołączono | dołączył | dołączył(a) | dołączyła | dołączono wcześniej
    dołączył(a) wcześniej | dołączył wcześniej | dołączono przed | 参加 | 参加しました
    参加済み | 以前に参加 | 前に参加 | 以前に参加しました | 事前に参加
    """)
LEAVING = names_in("""
    left | salió | abandonó | se fue | saiu | abandonou | a quitté | quitté | est parti | parti
    ha abbandonato | abbandonato | uscito | è uscito | uscita | verlassen | hat verlassen
    ausgetreten | vertrokken | verlaten | heeft verlaten | weggegaan | poistui | poistunut
    lähti | lähtenyt | opuszczono | opuścił | opuścił(a) | opuściła | wyszedł | wyszła
    退出 | 退出しました | 退席 | 退出済み
    """)
ORGANISER = names_in("""
    organizer | organiser | co-organizer | co-organiser | coorganizer | producer | organizador
    organizadora | coorganizador | coorganizadora | productor | produtor | organisateur
    organisatrice | co-organisateur | producteur | organizzatore | organizzatrice
    co-organizzatore | produttore | organisator | organisatorin | mitorganisator
    mitorganisatorin | co-organisator | medeorganisator | producent | produzent | järjestäjä
    toinen järjestäjä | yhteisjärjestäjä | tuottaja | organizator | organizatorka
    współorganizator | 開催者 | 主催者 | 共同開催者 | 共同主催者 | プロデューサー
    """)
PRESENTER = names_in("""
    presenter | moderador | presentador | apresentador | présentateur | presentatore | relatore
    referent | referentin | moderator | presentator | esittäjä | osoba prezentująca | prezenter
    発表者
    """)
_BEFORE = ("before", "antes", "avant", "auparavant", "prima", "zuvor", "vorher", "bereits", "vor",
           "eerder", "ennen", "aiemmin", "wcześniej", "przed", "前")  # fmt: skip
_BEFORE_LEVELLED = tuple(map(level, _BEFORE))


def is_before(action: str) -> bool:
    """Say whether an action is "Joined before": the list began later than the person came."""
    return any(word in level(action) for word in _BEFORE_LEVELLED)


def is_principal_name(header: str) -> bool:
    """Say whether a column is the participant's UPN: the letters are the same everywhere."""
    return "(upn)" in level(header)
