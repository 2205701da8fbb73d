"""Lengths of time as files write them in words and on a clock: "1 hr 2 min", "32m", "1:00:00"."""

import re
import unicodedata

_HOURS = """
    h hr hrs hour hours hora horas heure heures ora ore std stunde stunden uur uren u t
    tunti tuntia godz godzina godziny godzin jam 時間 时 小时 小時 시간 час часа часов giờ ชั่วโมง
    timme timmar tim time timer óra órát saat sa hodina hodiny hodín hodin hod oră ora sat sati
    valanda ώρα ώρες ساعة ساعات ساعت گھنٹہ گھنٹے שעה שעות година години годин год цаг saa oras
    घंटा घंटे घण्टा ঘণ্টা ঘন্টা மணிநேரம் గంట గంటలు ម៉ោង ຊົ່ວໂມງ နာရီ පැය tund tundi"""
_MINUTES = """m min mins minute minutes minuto minutos minuti minuut minuten minuutti minuuttia
    minuta minuty minut menit mnt 分 分間 分钟 分鐘 분 мин минута минуты минут phút นาที
    minit minuter minutt minutter perc percet dakika dk minuta minutu minuti minúta
    minúty minút minūte minutė minutės minutite minutit λεπτό λεπτά دقيقة دقائق دقیقه منٹ דקה דקות
    хв хвилина хвилини хвилин минути मिनट मिनेट মিনিট நிமிடம் நிமிடங்கள் నిమిషం నిమిషాలు
    នាទី ນາທີ မိနစ် මිනිත්තු විනාඩි"""
_SECONDS = """s sec secs second seconds segundo segundos seg seconde secondes secondo secondi sek
    sekunde sekunden sekunti sekuntia sekunda sekundy sekund seconden detik dtk 秒 초 сек giây
    วินาที sekunder másodperc mp saniye sn sekúnd δευτερόλεπτα ثانية שניות सेकंड
    វិនាទី ວິນາທີ စက္ကန့် තත්පර"""


def _level(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


_SECONDS_IN = {
    _level(word): seconds
    for words, seconds in ((_HOURS, 3_600), (_MINUTES, 60), (_SECONDS, 1))
    for word in words.split()
}
_PART = re.compile(r"\s*(\d{1,6})(?:[.,](\d{1,3}))?\s*([^\W\d_][^\s\d.,]*)\.?,?")
_JOINING = re.compile(r"\s+(?:and|y|e|et|und|en|ja|i|dan)\s+(?=\d)")
_CLOCK = re.compile(r"(\d{1,4}):([0-5]\d):([0-5]\d)(?:[.,]\d+)?")


def seconds_of(text: str) -> int | None:
    """Return the whole seconds that the text says, or None where it is no length of time.

    A bare number has no unit and is no length here; "< 1 min" is less than that, so nothing.
    """
    plain = _JOINING.sub(" ", _level(text))
    if plain.startswith("<"):
        return 0 if _of_words(plain[1:]) is not None else None
    clock = _CLOCK.fullmatch(plain)
    if clock:
        return int(clock[1]) * 3_600 + int(clock[2]) * 60 + int(clock[3])
    return _of_words(plain)


def _of_words(text: str) -> int | None:
    """Add up numbers with units, of which each unit must be smaller than the one before."""
    total, smallest, place = 0.0, 3_601, 0
    while place < len(text):
        part = _PART.match(text, place)
        unit = _SECONDS_IN.get(part[3]) if part else None
        if part is None or unit is None or unit >= smallest:
            return None
        total += float(f"{part[1]}.{part[2] or 0}") * unit
        smallest, place = unit, part.end()
    return int(total + 1e-6) if text.strip() else None
