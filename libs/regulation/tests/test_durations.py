"""Time limits are read exactly or refused; the national catalogue's phrases are read or classified."""

import csv
import unicodedata
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest
from regulation.durations import (
    AmountNotPositiveError,
    Duration,
    Parsed,
    Unclarity,
    Unclear,
    Unit,
    UnreadableDurationError,
    classify,
    parse_amount,
    show_amount,
)

CATALOGUE = Path(__file__).parents[3] / "services/catalog/catalog/data/tthc-national-2642.csv"
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("4 wh", 4, Unit.WORKING_HOUR),
        ("½ wd", HALF, Unit.WORKING_DAY),
        ("1½ wd", Fraction(3, 2), Unit.WORKING_DAY),
        ("¼ wd", Fraction(1, 4), Unit.WORKING_DAY),
        ("¾ wd", Fraction(3, 4), Unit.WORKING_DAY),
        ("1/2 wd", HALF, Unit.WORKING_DAY),
        ("0.5 wh", HALF, Unit.WORKING_HOUR),
        ("24 h", 24, Unit.CLOCK_HOUR),
        ("5 d", 5, Unit.DAY),
        ("1 month", 1, Unit.MONTH),
        ("2 months", 2, Unit.MONTH),
        ("1 year", 1, Unit.YEAR),
        ("3 years", 3, Unit.YEAR),
        ("  4   WH ", 4, Unit.WORKING_HOUR),
    ],
)
def test_the_short_notation_is_read_exactly(text: str, amount: int | Fraction, unit: Unit) -> None:
    assert Duration.parse(text) == Duration(Fraction(amount), unit) == Duration.of(amount, unit)


@pytest.mark.parametrize(
    "text", ["4", "wh", "4 wk", "4wd5", "1.500 wd", "4 - 5 wd", "-1 wd", "1/0 wd", "½½ wd", ""]
)
def test_anything_else_is_no_duration(text: str) -> None:
    with pytest.raises(UnreadableDurationError) as refused:
        Duration.parse(text)
    assert text in refused.value.message("vi")
    assert refused.value.message("vi").startswith("“")
    assert "is not an exact time limit" in str(refused.value)


@pytest.mark.parametrize("text", ["0 wd", "0.0 wh", "0/4 d"])
def test_nothing_becomes_a_limit_of_zero(text: str) -> None:
    with pytest.raises(AmountNotPositiveError):
        Duration.parse(text)
    with pytest.raises(AmountNotPositiveError) as refused:
        Duration(Fraction(-1), Unit.DAY)
    assert refused.value.message("vi") == "Thời hạn phải lớn hơn 0, nhận được -1."


@pytest.mark.parametrize(
    "text", ["4 wh", "½ wd", "24 h", "5 d", "1 month", "2 year", "1.5 wd", "0.25 wh", "1/3 wd"]
)
def test_a_duration_writes_itself_so_that_it_can_be_read_back(text: str) -> None:
    assert str(Duration.parse(text)) == text


@pytest.mark.parametrize(
    ("text", "vi", "en"),
    [
        ("4 wh", "4 giờ làm việc", "4 working hours"),
        ("½ wd", "½ ngày làm việc", "½ working day"),
        ("1 wd", "1 ngày làm việc", "1 working day"),
        ("1.5 wd", "1,5 ngày làm việc", "1.5 working days"),
        ("24 h", "24 giờ đồng hồ", "24 clock hours"),
        ("5 d", "5 ngày", "5 calendar days"),
        ("1 month", "1 tháng", "1 month"),
        ("2 year", "2 năm", "2 years"),
    ],
)
def test_a_duration_is_said_in_both_languages(text: str, vi: str, en: str) -> None:
    assert (Duration.parse(text).words(), Duration.parse(text).words("en")) == (vi, en)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("5", 5),
        ("05", 5),
        ("1,5", Fraction(3, 2)),
        ("0.1250", Fraction(1, 8)),
        ("1.25", Fraction(5, 4)),
        ("¾", Fraction(3, 4)),
    ],
)
def test_amounts_are_exact_fractions(text: str, amount: int | Fraction) -> None:
    assert parse_amount(text) == amount


@pytest.mark.parametrize("text", ["1.500", "140,000", "1.", ".5", "5a", "", "1/0", "1/00"])
def test_amounts_that_could_mean_two_things_are_refused(text: str) -> None:
    assert parse_amount(text) is None


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (Fraction(4), "4"),
        (HALF, "½"),
        (Fraction(10), "10"),
        (Fraction(3, 2), "1.5"),
        (Fraction(5, 4), "1.25"),
        (Fraction(1, 3), "1/3"),
        (Fraction(1, 50), "0.02"),
    ],
)
def test_amounts_are_shown_as_people_write_them(amount: Fraction, shown: str) -> None:
    assert show_amount(amount) == shown


@pytest.mark.parametrize(
    ("text", "duration"),
    [
        ("5 Ngày làm việc", "5 wd"),
        ("0.5 Giờ", "½ h"),
        ("0,5 ngày làm việc", "½ wd"),
        ("1.5 Ngày làm việc", "1.5 wd"),
        ("30 Ngày", "30 d"),
        ("4 Tháng", "4 month"),
        ("1 năm", "1 year"),
        ("4 giờ làm việc", "4 wh"),
        ("4 giờ đồng hồ", "4 h"),
        ("05 ngày làm việc", "5 wd"),
        ("Không quá 05 ngày làm việc kể từ ngày nhận đủ hồ sơ hợp lệ.", "5 wd"),
        ("Trong thời hạn 15 ngày kể từ ngày nhận đủ hồ sơ hợp lệ", "15 d"),
        ("tối đa 3 ngày làm việc từ khi tiếp nhận hồ sơ", "3 wd"),
        ("2 wd", "2 wd"),
    ],
)
def test_a_clear_phrase_is_read_exactly(text: str, duration: str) -> None:
    assert classify(text) == Parsed(text, Duration.parse(duration))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("5", Unclarity.UNIT_MISSING),
        ("0", Unclarity.UNIT_MISSING),
        ("1.5", Unclarity.UNIT_MISSING),
        ("10-25", Unclarity.RANGE),
        ("10 - 25 ngày", Unclarity.RANGE),
        ("từ 10 ngày đến 25 ngày làm việc", Unclarity.RANGE),
        ("Không quy định", Unclarity.NOT_STATED),
        ("Không có thông tin", Unclarity.NOT_STATED),
        ("chưa quy định thời hạn", Unclarity.NOT_STATED),
        ("", Unclarity.NOT_STATED),
        ("-", Unclarity.NOT_STATED),
        ("trước khi tàu rời cảng", Unclarity.EVENT_BOUND),
        ("2 giờ trước khi tàu đến cảng", Unclarity.EVENT_BOUND),
        ("Ngay khi nhận được đề nghị", Unclarity.EVENT_BOUND),
        ("Tháng", Unclarity.UNREADABLE),
        ("140,000", Unclarity.UNREADABLE),
        ("0 Ngày", Unclarity.UNREADABLE),
        ("1.500 Ngày", Unclarity.UNREADABLE),
        ("5 Ngày làm việc hoặc lâu hơn", Unclarity.UNREADABLE),
        ("năm ngày", Unclarity.UNREADABLE),
    ],
)
def test_an_unclear_phrase_is_classified_and_never_becomes_zero(text: str, kind: Unclarity) -> None:
    assert classify(text) == Unclear(text, kind)


def test_composed_and_decomposed_vietnamese_read_the_same() -> None:
    for text in ("5 Ngày làm việc", "Không quy định", "trước khi tàu rời cảng", "½ giờ làm việc"):
        composed, decomposed = (
            classify(unicodedata.normalize("NFC", text)),
            classify(unicodedata.normalize("NFD", text)),
        )
        told = [one.duration if isinstance(one, Parsed) else one.kind for one in (composed, decomposed)]
        assert told[0] == told[1]


def _catalogue_phrases() -> Counter[str]:
    """Every phrase of the deadline column with the number of channel entries that print it."""
    with CATALOGUE.open(encoding="utf-8-sig", newline="") as file:
        cells = (row["kenh_thoihan_phi"] for row in csv.DictReader(file))
        entries = (entry.split("|") for cell in cells for entry in cell.split(";") if cell)
        return Counter(phrase for _channel, phrase, _fee in entries)


def test_every_phrase_of_the_national_catalogue_is_read_or_classified() -> None:
    phrases, distinct, entries = _catalogue_phrases(), Counter[str](), Counter[str]()
    for phrase, count in phrases.items():
        answer = classify(phrase)
        name = str(answer.duration.unit) if isinstance(answer, Parsed) else answer.kind.value
        distinct[name] += 1
        entries[name] += count
    for name in distinct:
        print(f"{name:>14}: {distinct[name]:4} phrases, {entries[name]:5} entries")
    assert dict(distinct) == {
        "wd": 54,
        "d": 50,
        "h": 9,
        "month": 4,
        "unit_missing": 29,
        "not_stated": 1,
        "unreadable": 3,
    }
    assert dict(entries) == {
        "wd": 4154,
        "d": 1577,
        "h": 137,
        "month": 14,
        "unit_missing": 855,
        "not_stated": 334,
        "unreadable": 6,
    }
    assert sum(distinct.values()) == 150
    assert sum(entries.values()) == 7077


def test_a_parsed_phrase_of_the_catalogue_keeps_its_number_and_its_unit() -> None:
    units = {"Ngày làm việc": Unit.WORKING_DAY, "Ngày": Unit.DAY, "Giờ": Unit.CLOCK_HOUR, "Tháng": Unit.MONTH}
    for phrase in _catalogue_phrases():
        answer = classify(phrase)
        if isinstance(answer, Parsed):
            number, _, unit = phrase.partition(" ")
            assert answer.duration == Duration(Fraction(number), units[unit])
