"""The names that columns go by in the languages of Zoom's portal, and how a header is understood.

Collected from files and public scripts that read them; a header in a language that stands nowhere
here is still understood by its one cell with brackets and by the values under it (`by_values`).
"""

import re
import unicodedata
from functools import lru_cache

from academy.attendance.formats.report import Field

#: The cell that only Zoom writes: "Name (Original Name)" in some language.
_PAIRS = """
        name (original name) | user name (original name) | username (original name)
        nombre (nombre original) | nombre de usuario (nombre original) | nome (nome originale)
        nome utente (nome originale) | nome (nome original) | nome de usuário (nome original)
        nom (nom original) | nom (nom d'origine) | nom d'utilisateur (nom original)
        nom d'utilisateur (nom d'origine) | name (originalname) | name (ursprünglicher name)
        benutzername (originalname) | benutzername (ursprünglicher name) | nama (nama asli)
        nama pengguna (nama asli) | 이름(원래 이름) | 사용자 이름(원래 이름)
        名前(元の名前) | 名前(オリジナルの名前) | ユーザー名(元の名前)
        ユーザー名(オリジナルの名前) | 姓名(原始姓名) | 姓名(原名) | 名称(原始名称)
        名稱(原始名稱) | 用户名(原始名称) | 用戶名稱(原始名稱) | имя (настоящее имя)
        имя (исходное имя) | имя пользователя (настоящее имя) | tên (tên gốc)
        tên người dùng (tên gốc) | naam (oorspronkelijke naam)
        gebruikersnaam (oorspronkelijke naam) | imię i nazwisko (oryginalne imię i nazwisko)
        nazwa (oryginalna nazwa) | ad (orijinal ad) | adı (orijinal adı) | ชื่อ (ชื่อเดิม)
        """

_NAMES: dict[Field, str] = {
    "name": """
        name | user name | username | participant | participant name | attendee name | nombre
        nombre de usuario | nome | nome utente | nome de usuário | nom | nom d'utilisateur
        benutzername | nama | nama pengguna | 이름 | 사용자 이름 | 名前 | ユーザー名 | 姓名
        名称 | 用户名 | имя | имя пользователя | tên | tên người dùng | ชื่อ
        """,
    "first_name": "first name | nombre de pila | vorname | prénom | nama depan | primo nome",
    "last_name": "last name | surname | apellido | apellidos | nachname | cognome | sobrenome",
    "email": """
        user email | email | e-mail | email address | user e-mail | e-mail address
        e-mail del usuario | correo electrónico | correo electrónico del usuario | correo
        dirección de correo electrónico | email dell'utente | e-mail dell'utente
        e-mail utente | email utente | indirizzo e-mail | indirizzo email | e-mail do usuário
        email do usuário | adresse e-mail | adresse e-mail de l'utilisateur
        e-mail de l'utilisateur | e-mail utilisateur | benutzer-e-mail | e-mail-adresse
        e-mail des benutzers | email pengguna | alamat email | 사용자 이메일 | 이메일
        전자 메일 | ユーザーのメール | ユーザーのメールアドレス | ユーザーの電子メール
        メール | メールアドレス | 电子邮件 | 用户电子邮件 | 用户邮箱 | 邮箱 | 電子郵件
        使用者電子郵件 | электронная почта | адрес электронной почты | эл. почта
        email người dùng | e-mailadres | e-mail gebruiker | อีเมล | อีเมลผู้ใช้
        """,
    "joined": """
        join time | joined | time joined | joined at | hora para unirse | hora de entrada
        hora de unión | hora de ingreso | hora de inicio de sesión | unirse a la hora
        ora di ingresso | ora di entrata | ora di accesso | ora di partecipazione
        ingressar na hora | horário de entrada | hora de ingresso | heure d'arrivée
        heure de connexion | heure d'entrée | rejoindre à | heure de participation
        beitrittszeit | beitrittszeitpunkt | teilnahmezeit | zeit des beitritts | beigetreten
        waktu bergabung | waktu masuk | waktu gabung | 참가 시간 | 참가한 시간 | 입장 시간
        参加時間 | 参加時刻 | 参加日時 | 入室時間 | 加入时间 | 加入時間 | 入会时间
        время входа | время подключения | время присоединения | thời gian tham gia
        deelnametijd | tijd deelname | godzina dołączenia | czas dołączenia | katılma zamanı
        katılım saati | เวลาที่เข้าร่วม | เวลาเข้าร่วม
        """,
    "left": """
        leave time | left | time left | left at | hora para salir | hora de salida
        salir a la hora | ora di uscita | ora di abbandono | sair na hora | horário de saída
        hora de saída | heure de départ | heure de sortie | heure de déconnexion | quitter à
        verlassen | austrittszeit | zeit des verlassens | abgangszeit | beendigungszeit
        waktu keluar | waktu meninggalkan | 나간 시간 | 퇴장 시간 | 退出時間 | 退出時刻
        退室時間 | 退出日時 | 离开时间 | 離開時間 | 退出时间 | время выхода | время отключения
        thời gian rời đi | thời gian rời khỏi | thời gian rời | vertrektijd
        godzina opuszczenia | czas opuszczenia | ayrılma zamanı | ayrılma saati | เวลาที่ออก
        เวลาออก
        """,
    "minutes": """
        duration (minutes) | duration | total duration (minutes) | total duration
        duration (min) | time in session (minutes) | time in session | duración (minutos)
        duración total (minutos) | duración | tiempo en la sesión (minutos)
        tiempo en sesión (minutos) | durata (minuti) | durata totale (minuti) | durata
        tempo nella sessione (minuti) | tempo in sessione (minuti) | duração (minutos)
        duração total (minutos) | tempo na sessão (minutos) | durée (minutes)
        durée totale (minutes) | durée en minutes | temps dans la session (minutes)
        temps en session (minutes) | dauer (minuten) | gesamtdauer (minuten)
        zeit in sitzung (minuten) | zeit in der sitzung (minuten) | durasi (menit)
        total durasi (menit) | durasi total (menit) | total durasi (menit)s
        waktu dalam sesi (menit) | 기간(분) | 총 기간(분) | 시간(분) | 참가 시간(분)
        세션 시간(분) | 期間(分) | 合計期間(分) | 継続時間(分) | 所要時間(分)
        セッション時間(分) | 持续时间(分钟) | 时长(分钟) | 总时长(分钟) | 总持续时间(分钟)
        持續時間(分鐘) | 持續時間(分) | продолжительность (минуты) | продолжительность (мин.)
        длительность (минуты) | общая продолжительность (минуты) | thời lượng (phút)
        tổng thời lượng (phút) | duur (minuten) | totale duur (minuten)
        czas trwania (minuty) | süre (dakika) | toplam süre (dakika) | ระยะเวลา (นาที)
        """,
    "waiting": """
        in waiting room | waiting room | en sala de espera | sala de espera | in sala d'attesa
        in sala di attesa | sala d'attesa | na sala de espera | salle d'attente
        en salle d'attente | dans la salle d'attente | im warteraum | warteraum
        di ruang tunggu | ruang tunggu | 대기실에서 | 대기실 | 待機室 | 待機室内 | 待機室で
        在等候室 | 在等候室中 | 等候室 | в зале ожидания | зал ожидания | trong phòng chờ
        phòng chờ | in wachtkamer | w poczekalni | bekleme odasında | ในห้องรอ
        """,
    "attended": """
        attended | asistió | asistencia | ha partecipato | partecipante presente | compareceu
        participou | a participé | présent | teilgenommen | hadir | menghadiri | 참석함 | 참석
        出席 | 参加済み | 已参加 | 已出席 | 是否参加 | посетил | участвовал | đã tham dự
        bijgewoond | aanwezig
        """,
    "country": """
        country/region name | country/region | country | nombre del país o región
        nombre de país/región | país/región | nome paese/regione | nome del paese/regione
        nome do país/região | nom du pays/de la région | ländername/regionsname | land/region
        nama negara/wilayah
        """,
    "registered_at": """
        registration time | hora de registro | hora de inscripción | ora di registrazione
        ora di iscrizione | horário da inscrição | hora da inscrição | heure d'inscription
        anmeldezeit | registrierungszeit | waktu pendaftaran | 등록 시간 | 登録時間 | 注册时间
        время регистрации | thời gian đăng ký
        """,
    "approval": """
        approval status | estado de aprobación | stato di approvazione | status da aprovação
        status de aprovação | statut d'approbation | statut de l'approbation
        genehmigungsstatus | status persetujuan | 승인 상태 | 承認ステータス | 审批状态
        批准状态
        """,
    "guest": """
        guest | is guest | invitado | es invitado | ospite | è ospite | convidado
        é convidado | invité | est invité | gast | ist gast | tamu | adalah tamu | 게스트
        ゲスト | 访客 | 来宾 | 訪客 | гость | khách | gość | konuk
        """,
    "phone": "phone | phone number | teléfono | telefono | telefone | téléphone | telefon",
    "external_id": "registrant id | registrantid | registration id | customer key",
}

#: Cells of the lines above the participants.
START_NAMES = """
        start time | actual start time | hora de inicio | hora de inicio real | ora di inizio
        ora di inizio effettiva | horário de início | hora de início | heure de début
        heure de début réelle | startzeit | tatsächliche startzeit | waktu mulai | 시작 시간
        実際の開始時間 | 開始時間 | 开始时间 | 開始時間 | время начала | thời gian bắt đầu
        """
END_NAMES = """
        end time | hora de finalización | hora de fin | ora di fine | horário de término
        hora de término | heure de fin | endzeit | waktu selesai | waktu berakhir | 종료 시간
        終了時間 | 结束时间 | 結束時間 | время окончания | thời gian kết thúc
        """
HOST_NAMES = """
        host | host name | user name | anfitrión | organizador | organizzatore
        nome organizzatore | anfitrião | hôte | organisateur | gastgeber | tuan rumah | 호스트
        ホスト | 主持人 | организатор
        """
NUMBER_NAMES = """
        meeting id | id | webinar id | id de la reunión | id riunione | id da reunião
        id de réunion | meeting-id | id rapat | 회의 id | ミーティング id | 会议号 | id spotkania
        vergader-id | kokouksen id | id del seminario web | id del webinar
        """
TOPIC_NAMES = """
        topic | tema | argomento | tópico | sujet | thema | topik | 주제 | トピック | 主题 | temat
        onderwerp | aihe
        """
MEETING_NAMES = f"{NUMBER_NAMES} | {TOPIC_NAMES}"
#: Columns that other makers' reports have and Zoom's never: a plain "Name" beside one is not ours.
FOREIGN_NAMES = """
        moderator | activity score | talk time | participant id (upn) | participant id | role
        first join | last leave | in-meeting duration | time joined | time exited
        user action | timestamp | first seen | time in call | order # | ticket type | api_id
        checked_in_at | first name | last name
        """

_BRACKETS = re.compile(r"^[^()]{1,60}\([^()]{2,60}\)$")
_UNITS = re.compile(
    r"\((?:min|hh|h:|분|分|phút|นาที|мин|dakika|dk|sek|sec|seg|menit|utc|gmt)", re.IGNORECASE
)


@lru_cache(maxsize=10_000)
def level(header: str) -> str:
    """Return a header without accents, case, spaces and signs, but with its brackets."""
    decomposed = unicodedata.normalize("NFKD", header).casefold()
    letters = (sign for sign in decomposed if sign.isalnum() or sign in "()#")
    return unicodedata.normalize("NFKC", "".join(letters))


def names_in(text: str) -> frozenset[str]:
    """Return the levelled names of a list that is separated by bars and lines."""
    parts = re.split(r"[|\n]", text)
    return frozenset(level(part) for part in parts if part.strip())


PAIRS = names_in(_PAIRS)
FOREIGN = names_in(FOREIGN_NAMES)
MEETING = names_in(MEETING_NAMES)
_FIELDS: dict[str, Field] = {
    name: field for field, names in _NAMES.items() for name in names_in(names)
}


def field_of(header: str) -> Field | None:
    """Return what a column of this name holds, if the name is known."""
    return _FIELDS.get(level(header))


def is_pair(header: str) -> bool:
    """Say whether a cell is "Name (Original Name)" in a language that is known."""
    return level(header) in PAIRS


def looks_like_a_pair(header: str) -> bool:
    """Say whether a cell could be that pair in another language: no unit in the brackets."""
    text = unicodedata.normalize("NFKC", header).strip()
    return bool(_BRACKETS.match(text)) and not _UNITS.search(text)


def has_digits(header: list[str]) -> bool:
    """Say whether a row holds a digit: then it is values, whatever its language."""
    return any(sign.isdigit() for cell in header for sign in cell)


def columns_of(header: list[str]) -> dict[Field, int]:
    """Return which column is what; columns before Zoom's pair belong to the meeting, not to people.

    The first column of a name wins: questions that registrants were asked come last.
    """
    first = next((place for place, cell in enumerate(header) if is_pair(cell)), None)
    columns: dict[Field, int] = {} if first is None else {"name": first}
    for place, cell in enumerate(header):
        field = field_of(cell)
        if field and (field == "attended" or first is None or place > first):
            columns.setdefault(field, place)
    return columns
