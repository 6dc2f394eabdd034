"""What is a number of a person or an address among other words, and what only has as many digits."""

import pytest
from regulation.text import number_key, without_numbers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("037090001234", "<037090001234>"),
        ("Ánh +84 912 345 678", "Ánh <0912345678>"),
        ("(091) 234-5678 hoặc 0912.345.679", "<0912345678> hoặc <0912345679>"),
        ("B 1234567", "<b1234567>"),
        ("Anh@Example.org, khai sinh", "<anh@example.org>, khai sinh"),
        ("H42.101-261207-0001", "H42.101-261207-0001"),
        ("1.001193", "1.001193"),
        ("2026-12-07", "2026-12-07"),
        ("2026-12-07T08:00:00Z", "2026-12-07T08:00:00Z"),
        ("01901234-5678-7abc-8def-012345678901", "01901234-5678-7abc-8def-012345678901"),
        ("Công ty 5 sao", "Công ty 5 sao"),
        ("", ""),
    ],
)
def test_numbers_and_addresses_are_taken_out_and_codes_days_and_identifiers_stay(
    typed: str, kept: str
) -> None:
    assert without_numbers(typed, lambda word: f"<{word}>") == kept


def test_a_number_is_the_same_however_it_is_written() -> None:
    ways = ("0912345678", "+84 912 345 678", "84912345678", "0912.345.678", "(091) 234-5678")
    assert {number_key(way) for way in ways} == {"0912345678"}
