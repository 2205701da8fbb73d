"""Attendance files as their makers write them, built in code for the tests."""

import io
from collections.abc import Iterable

import xlsxwriter

Z1 = "Name (Original Name),User Email,Total Duration (Minutes),Guest"
Z2 = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest"
Z3 = "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants"
Z4 = (
    "Name (original name),Email,Join time,Leave time,Duration (minutes),Guest,"
    "Recording disclaimer response,In waiting room"
)
Z6 = (
    "Nombre (nombre original),E-mail del usuario,Hora para unirse,Hora para salir,"
    "Duración (minutos),Invitado"
)
Z7 = (
    "Nombre (nombre original),Correo electrónico,Hora de entrada,Hora de salida,"
    "Duración (minutos),Invitado,"
    "Respuesta al descargo de responsabilidad relativa a la grabación,En sala de espera"
)

_STAFF = (
    "Attended,User Name (Original Name),Email,Join Time,Leave Time,Time in Session (minutes),"
    "Is Guest,Country/Region Name"
)
ATTENDEES = (
    "Attended,User Name (Original Name),First Name,Last Name,Email,Phone,Registration Time,"
    "Approval Status,Join Time,Leave Time,Time in Session (minutes),Is Guest,Country/Region Name"
)
WEBINAR = f"""Attendee Report
Report Generated:,"Mar 23, 2025 6:26 PM"
Topic,Webinar ID,Actual Start Time,Actual Duration (minutes),# Registered,# Cancelled,Unique Viewers
Solidarity,847 0000 1045,"Mar 22, 2025 7:13 PM",120,3,0,2
Host Details
{_STAFF}
Yes,Benjamin,ben@asec.example,"Mar 22, 2025 19:13:27","Mar 22, 2025 21:13:27",120,No,Malaysia
Panelist Details
{_STAFF}
Yes,Kundan,kundan@coop.example,"Mar 22, 2025 19:28:32","Mar 22, 2025 21:00:00",92,Yes,India
Yes,Kundan,kundan@coop.example,"Mar 22, 2025 20:52:29","Mar 22, 2025 21:10:00",18,Yes,India
Attendee Details
{ATTENDEES}
No,Ajay,Ajay,FT 2,ajay@x.example,+910000000,"Mar 15, 2025 11:23:29",approved,--,--,--,--,
Yes,Shuaib Shaik,Shuaib,Shaik,shuaib@x.example,+910000001,"Mar 15, 2025 11:27:19",approved,\
"Mar 22, 2025 19:52:01","Mar 22, 2025 19:52:39",1,Yes,India
"""


def csv(*lines: str, encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    """Return the lines as a file in an encoding."""
    return (end.join(lines) + end).encode(encoding)


def padded(text: str, width: int = 14) -> str:
    """Return the lines with the trailing commas that a spreadsheet leaves behind."""
    lines = text.splitlines()
    return "\n".join(line + "," * max(0, width - 1 - line.count(",")) for line in lines) + "\n"


def workbook(rows: Iterable[Iterable[object]], date_format: str = "dd/mm/yyyy hh:mm:ss") -> bytes:
    """Return an Excel file with one sheet of these rows."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "default_date_format": date_format})
    sheet = book.add_worksheet()
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, list(row))
    book.close()
    return stream.getvalue()
