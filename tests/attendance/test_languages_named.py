"""The language that the card names is the right one or none, beside what the reader says."""

import pytest

from academy.attendance.formats.languages import language_of, language_of_header
from academy.attendance.reading.files import open_attendance
from academy.attendance.service import offer_file
from academy.programme.models import LiveSession
from tests.attendance.families import FAMILIES
from tests.attendance.header_lines import MEET, TEAMS, ZOOM

LISTED = {
    "en": (
        "Name,First Join,Last Leave,In-Meeting Duration,Email,Participant ID (UPN),Role",
        "Full Name,User Action,Timestamp",
        "Name (Original Name),User Email,Total Duration (Minutes),Guest",
        (
            "Name,Moderator,Activity Score,Talk Time,Webcam Time,Messages,Reactions,Poll Votes,"
            "Raise Hands,Join,Left,Duration"
        ),
        "SessionId,ParticipantId,FullName,UserAgent,UtcEventTimestamp,Action,Role",
        "Full Name,First Seen,Time in Call",
    ),
    "es": (
        (
            "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,"
            "Duración (minutos),Invitado"
        ),
        "Nombre completo,Acción del usuario,Marca de tiempo",
    ),
    "pt": ("Nome Completo,Atividade,Carimbo de data/hora",),
    "fr": ("Nom complet,Action de l'utilisateur,Horodatage",),
    "it": ("Nome completo,Azione utente,Timestamp",),
    "de": ("Vollständiger Name,Benutzeraktion,Zeitstempel",),
    "nl": ("Volledige naam,Gebruikersactie,Tijdstempel",),
    "fi": ("Koko nimi,Käyttäjän toiminto,Aikaleima",),
    "pl": ("Imię i nazwisko,Działanie użytkownika,Znacznik czasu",),
    "ja": ("氏名,参加時刻,退出時刻,所要時間,役割",),
    "id": ("Nama (nama asli),Email,Waktu bergabung,Waktu keluar,Durasi (menit),Tamu",),
    "vi": ("Tên (Tên gốc),Email,Thời gian tham gia,Thời gian rời,Thời lượng (phút),Khách",),
    "tr": ("Ad (Orijinal Ad),E-posta,Katılma Zamanı,Ayrılma Zamanı,Süre (Dakika),Konuk",),
    "ko": ("이름(원래 이름),사용자 이메일,참가 시간,나간 시간,기간(분),게스트",),
    "zh": (
        "姓名（原名）,邮箱,加入时间,离开时间,时长（分钟）,访客",
        "姓名（原始姓名）,電子郵件,加入時間,離開時間,持續時間（分鐘）,訪客",
    ),
    "ru": ("Имя (настоящее имя),Почта,Время входа,Время выхода,Длительность (мин.),Гость",),
    "th": ("ชื่อ (ชื่อเดิม),อีเมล,เวลาที่เข้าร่วม,เวลาที่ออก,ระยะเวลา (นาที),แขก",),
}
#: Languages that are not listed; many share words or a script with one that is.
UNLISTED = {
    "sw": "Jina (Jina la asili),Barua pepe,Aliingia,Aliondoka,Muda (dakika),Mgeni",
    "hi": "नाम (मूल नाम),ईमेल,शामिल होने का समय,छोड़ने का समय,अवधि (मिनट),अतिथि",
    "ar": "الاسم (الاسم الأصلي),البريد الإلكتروني,وقت الانضمام,وقت المغادرة,المدة (بالدقائق),ضيف",
    "fa": "نام (نام اصلی),ایمیل,زمان ورود,زمان خروج,مدت (دقیقه),مهمان",
    "uk": "Ім'я (справжнє ім'я),Електронна пошта,Час входу,Час виходу,Тривалість (хв),Гість",
    "bg": "Име (оригинално име),Имейл,Час на присъединяване,Час на напускане,Минути,Гост",
    "ms": "Nama (Nama Asal),E-mel Pengguna,Masa Sertai,Masa Keluar,Tempoh (Minit),Tetamu",
    "sv": "Namn (ursprungligt namn),E-post,Anslutningstid,Lämnade,Varaktighet (minuter),Gäst",
    "da": "Navn (oprindeligt navn),E-mail,Deltagelsestidspunkt,Forlod,Varighed (minutter),Gæst",
    "no": "Navn (opprinnelig navn),E-post,Ble med,Forlot,Varighet (minutter),Gjest",
    "cs": "Jméno (původní jméno),E-mail,Čas připojení,Čas odpojení,Doba trvání (minuty),Host",
    "hu": "Név (eredeti név),E-mail,Csatlakozás ideje,Kilépés ideje,Időtartam (perc),Vendég",
    "ro": "Nume (nume original),E-mail,Ora intrării,Ora ieșirii,Durată (minute),Invitat",
    "ca": "Nom (nom original),Correu electrònic,Hora d'entrada,Hora de sortida,Durada (minuts),C",
    "gl": "Nome (nome orixinal),Correo electrónico,Hora de entrada,Hora de saída,Duración (min),C",
    "af": "Naam (oorspronklike naam),E-pos,Aansluittyd,Vertrektyd,Duur (minute),Gas",
    "et": "Nimi (algne nimi),E-post,Liitumisaeg,Lahkumisaeg,Kestus (minutit),Külaline",
    "az": "Ad (orijinal ad),E-poçt,Qoşulma vaxtı,Ayrılma vaxtı,Müddət (dəqiqə),Qonaq",
    "uz": "Ism (asl ism),Pochta,Kirish vaqti,Chiqish vaqti,Davomiyligi (daqiqa),Mehmon",
    "el": "Όνομα (αρχικό όνομα),Email,Ώρα εισόδου,Ώρα εξόδου,Διάρκεια (λεπτά),Επισκέπτης",
    "he": "שם (שם מקורי),דואל,שעת הצטרפות,שעת עזיבה,משך (דקות),אורח",
    "km": "ឈ្មោះ (ឈ្មោះដើម),អ៊ីមែល,ពេលចូល,ពេលចេញ,រយៈពេល,ភ្ញៀវ",
    "digits": "1,2,3",
}
HEADERS = [
    (language, header)
    for source in ({key: [*LISTED[key]] for key in LISTED},
                   *({key: [maker[key]] for key in maker} for maker in (ZOOM, TEAMS, MEET)))
    for language, headers in source.items()
    for header in headers
]  # fmt: skip


@pytest.mark.parametrize(("language", "header"), HEADERS)
def test_a_listed_language_is_named(language: str, header: str) -> None:
    assert language_of_header(header.replace("\t", ",").split(",")) == language


@pytest.mark.parametrize("language", UNLISTED)
def test_a_language_that_is_not_listed_is_named_as_none(language: str) -> None:
    assert language_of_header(UNLISTED[language].split(",")) == ""


@pytest.mark.parametrize("header", [header for _language, header in HEADERS])
def test_half_a_header_is_never_taken_for_another_language(header: str) -> None:
    language = language_of_header(header.replace("\t", ",").split(","))
    cells = header.replace("\t", ",").split(",")
    for start in range(len(cells)):
        assert language_of_header(cells[start : start + 4]) in {"", language, *_TWINS[language]}


#: Neighbours that write some headers of a few words exactly alike.
_TWINS = {"es": {"pt"}, "pt": {"es", "it"}, "it": {"pt", "en"}, "en": set(), "fr": set(),
          "ja": {"zh"}, "de": {"en"}, "nl": set(), "fi": set(), "pl": set(), "id": set(),
          "vi": set(), "tr": set(), "ko": set(), "zh": set(), "ru": set(), "th": set()}  # fmt: skip


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.format)
def test_documents_for_programs_are_in_no_language(family: object) -> None:
    path = family.path  # type: ignore[attr-defined]
    named = language_of(open_attendance(path.read_bytes(), path.name).report)
    assert named == ("en" if path.suffix == ".csv" else "")


def test_the_card_of_a_swahili_file_names_no_language(live_session: LiveSession) -> None:
    row = "Amani,,2020-05-02 14:00:00,2020-05-02 16:00:00,120,?"
    data = f"{UNLISTED['sw']}\n{row}\n".encode()
    facts = offer_file(live_session.series, data, "zoom.csv").file.facts
    assert facts["language"] == ""
    assert "told apart by their values" in facts["warnings"][0]
