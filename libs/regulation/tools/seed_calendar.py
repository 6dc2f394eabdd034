"""Print one year of the national calendar as YAML, seeded from the `holidays` package, for a person to review.

    python libs/regulation/tools/seed_calendar.py 2028 > libs/regulation/regulation/data/calendar/2028.yaml

The package is a seed and never a dependency of the library: a person checks every date against the year's
announcement, fills in `source`, and takes the mark `doubtful` away where the announcement settles it.
"""

import sys
from datetime import date

import holidays

# Whoever adds a year adds its announcement here, or leaves the days doubtful.
ANNOUNCED = {
    2019: "CV 6519/VPCP-KGVX năm 2018",
    2020: "thông báo hằng năm của Bộ LĐTBXH (chưa lưu số văn bản)",
    2021: "thông báo hằng năm của Bộ LĐTBXH (chưa lưu số văn bản)",
    2022: "CV 245/VPCP-KGVX ngày 11/01/2022",
    2023: "thông báo hằng năm của Bộ LĐTBXH (chưa lưu số văn bản)",
    2024: "thông báo hằng năm của Bộ LĐTBXH (chưa lưu số văn bản)",
    2025: "CV 8726/VPCP-KGVX ngày 26/11/2024; TB 6150/TB-BLĐTBXH năm 2024",
    2026: "thông báo hằng năm của Bộ Nội vụ (chưa lưu số văn bản)",
}
SWAPS = {
    date(2018, 12, 31): "CV 6519/VPCP-KGVX năm 2018",
    date(2019, 4, 29): "CV 6519/VPCP-KGVX năm 2018",
    date(2024, 4, 29): "CV 2450/VPCP-KGVX năm 2024",
    date(2025, 5, 2): "CV 8726/VPCP-KGVX ngày 26/11/2024",
    date(2026, 8, 31): "thông báo hằng năm của Bộ Nội vụ (chưa lưu số văn bản)",
}


def main(year: int) -> None:
    """Write the year to standard output."""
    vi = holidays.country_holidays("VN", years=year, language="vi")
    en = holidays.country_holidays("VN", years=year, language="en_US")
    made_up = {day: swap_of(vi, day) for day in sorted(vi.weekend_workdays) if day.year == year}
    head = (
        f"# Ngày nghỉ lễ, tết và ngày làm bù năm {year}; † và doubtful: chưa có văn bản công bố để đối chiếu."
    )
    lines = [head, f"year: {year}", "version: 1", "off:"]
    for day in sorted(vi):
        lines += entry(day, vi[day].split("; ")[0], en[day].split("; ")[0])
    lines.append("make_up:" if made_up else "make_up: []")
    for day, replaced in made_up.items():
        lines += [f"  - date: {day}", f"    replaces: {replaced}", f"    source: {SWAPS.get(replaced, '†')}"]
    sys.stdout.write("\n".join(lines) + "\n")


def swap_of(year: holidays.HolidayBase, made_up: date) -> date:
    """Find the day off that a make-up day pays for: it names the make-up day."""
    for near in (year, holidays.country_holidays("VN", years=made_up.year - 1, language="vi")):
        for day, name in near.items():
            if made_up.strftime("%d/%m/%Y") in name:
                return day
    raise SystemExit(f"no day off is paid for by {made_up}")


def entry(day: date, vi: str, en: str) -> list[str]:
    """Write one day off with its article, its announcement and the mark of doubt."""
    source, doubtful = source_of(day, vi)
    if "thay cho" in vi:
        vi, en = "Ngày nghỉ hoán đổi", "Swapped day off"
    vi, en = vi.replace("Đán", "đán"), en.replace("29 of", "29th of the twelfth month before")
    lines = [f"  - date: {day}", f"    vi: {vi}", f"    en: {en}", f"    source: {source}"]
    return [*lines, "    doubtful: true"] if doubtful else lines


def source_of(day: date, vi: str) -> tuple[str, bool]:
    """Name the article, and the announcement where the Prime Minister decides the dates each year."""
    article = "BLLĐ 2019 Đ.112.1" if day.year > 2020 else "BLLĐ 2012 Đ.115.1"
    if "thay cho" in vi:
        return SWAPS.get(day, "†"), day not in SWAPS
    if "Văn hóa" in vi:
        return "NQ 80-NQ/TW ngày 07/01/2026 †; chưa thấy văn bản luật", True
    point = point_of(day, vi)
    if "nghỉ bù" in vi:
        return f"{article[:9]} Đ.{'111.3' if day.year > 2020 else '115.3'} (nghỉ bù)", False
    if point in ("b", "đ"):
        announced = ANNOUNCED.get(day.year)
        return f"{article}.{point}; {announced or 'chưa công bố †'}", announced is None
    return f"{article}.{point}", False


def point_of(day: date, vi: str) -> str:
    """Map a holiday to the point of the article that grants it."""
    if "Dương" in vi:
        return "a"
    if "Hùng" in vi:
        return "e"
    fixed = {(4, 30): "c", (5, 1): "d"}
    return fixed.get((day.month, day.day), "đ" if day.month in (8, 9) else "b")


if __name__ == "__main__":
    main(int(sys.argv[1]))
