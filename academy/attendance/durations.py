"""Lengths of time as reports write them: `1h 27m 51s`, `59 Min. 0 Sek.`, `1 godz.`, `1:02:03`."""

import re
import unicodedata

_CLOCK = re.compile(r"(\d{1,5}):([0-5]\d):([0-5]\d)")
_PARTS = re.compile(r"(\d{1,6})\s*([^\W\d_]+)\.?[\s,]*(?:(?:and|und|y|e|et|en|ja|i)\s+)?")
_HOURS = """h hr hrs hour hours std stunde stunden godz godzina godziny godzin g hora horas heure
    heures ora ore uur u t tunti tuntia jam 時間 시간 小时 小時 giờ ч час часа часов"""
_MINUTES = """m min mins minute minutes minuto minutos minuti minuta minuty minut minuten minuut
    minuutti minuuttia menit mnt 分 分钟 分鐘 분 phút мин минут минута минуты"""
_SECONDS = """s sec secs second seconds sek sekunde sekunden sekunda sekundy sekund sekunti
    sekuntia seg segundo segundos seconde secondes secondi secondo seconden detik dtk 秒 초 giây
    сек секунд"""
_UNITS = {
    **dict.fromkeys(_HOURS.split(), 3600),
    **dict.fromkeys(_MINUTES.split(), 60),
    **dict.fromkeys(_SECONDS.split(), 1),
}


def seconds_of(text: str) -> int | None:
    """Return how many seconds the text says, or None if it is no length of time."""
    plain = unicodedata.normalize("NFKC", text).strip().casefold()
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 3600 + int(clock[2]) * 60 + int(clock[3])
    total, place = 0, 0
    for part in _PARTS.finditer(plain):
        unit = _UNITS.get(part[2])
        if part.start() != place or unit is None:
            return None
        total, place = total + int(part[1]) * unit, part.end()
    return total if place and place == len(plain) else None
