"""Reports of one maker pasted one below the other, built in code for the tests.

Each is the live session of a week in May 2020, 14:00 to 16:20 or 16:25.
"""

from collections.abc import Iterable

from tests.attendance.files import csv

#: Titles above the list, and the header of the list; nobody has listed the words of the last.
LANGUAGES = {
    "en": (
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants",
        "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest",
    ),
    "es": (
        (
            "ID de la reunión,Tema,Hora de inicio,Hora de finalización,Correo electrónico,"
            "Duración (minutos),Participantes"
        ),
        (
            "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,"
            "Duración (minutos),Invitado"
        ),
    ),
    "ja": (
        "ミーティング ID,トピック,開始時間,終了時間,メール,期間（分）,参加者",
        "名前（元の名前）,メールアドレス,参加時間,退出時間,期間（分）,ゲスト",
    ),
    "sw": (
        "Namba ya mkutano,Mada,Kuanza,Kumaliza,Barua pepe,Muda (dakika),Washiriki",
        "Jina (Jina la asili),Barua pepe,Aliingia,Aliondoka,Muda (dakika),Mgeni",
    ),
}
#: The newer portal: the meeting's number comes second, and its host is named.
NEWER = (
    "Topic,ID,Host,Duration (minutes),Start time,End time,Participants",
    (
        "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,"
        "Recording disclaimer response,In waiting room"
    ),
)
#: Without times, but for those of the meeting.
UNIQUE = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
EVERYBODY = ("Siti Aminah", "Budi Hartono")


def block(day: str, *names: str, language: str = "en", topic: str = "") -> list[str]:
    """Return the lines of one report with its meeting above."""
    titles, header = LANGUAGES[language]
    times = f"{day} 01:55:00 PM,{day} 04:31:00 PM"
    above = f"812 3456 7890,{topic or f'Week of {day}'},{times},ben@asec.example,156,{len(names)}"
    return [titles, above, "", header, *people(day, *names)]


def newer_block(day: str, *names: str) -> list[str]:
    """Return the same as the newer portal writes it."""
    titles, header = NEWER
    times = f"{day} 01:55:00 PM,{day} 04:31:00 PM"
    above = f"Week of {day},812 3456 7890,Ben,156,{times},{len(names)}"
    return [titles, above, "", header, *(f"{row},OK,No" for row in people(day, *names))]


def unique_block(day: str, minutes: int, *names: str) -> list[str]:
    """Return a list without times below its meeting."""
    rows = [f"{name},,{minutes},Yes" for name in names]
    return [*block(day)[:3], UNIQUE, *rows]


def people(day: str, *names: str) -> list[str]:
    """Return a row for each: everybody joins at 14:00 and leaves at 16:20."""
    return [f"{name},,{day} 02:00:00 PM,{day} 04:20:00 PM,140,Yes" for name in names]


def pasted(*blocks: Iterable[str], encoding: str = "utf-8") -> bytes:
    """Return one file of all blocks."""
    return csv(*(line for block in blocks for line in block), encoding=encoding)
