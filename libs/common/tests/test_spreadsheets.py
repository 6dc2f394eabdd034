"""What a spreadsheet program set to Vietnamese or to English makes of a table."""

from datetime import UTC, date, datetime

import pytest
from common.spreadsheets import table


@pytest.mark.parametrize(
    ("cell", "vi", "en"),
    [
        ("Nguyễn Thị Ánh", "Nguyễn Thị Ánh", "Nguyễn Thị Ánh"),
        ("H42.101-261121-0001", "H42.101-261121-0001", "H42.101-261121-0001"),
        ("2026-Q4", "2026-Q4", "2026-Q4"),
        (87.5, "87,5", "87.5"),
        (1250, "1250", "1250"),
        (None, "", ""),
        (date(2026, 3, 4), "2026-03-04", "2026-03-04"),
        (datetime(2026, 3, 4, 15, 40, 7, tzinfo=UTC), "2026-03-04 15:40", "2026-03-04 15:40"),
        ("2026", "2026", "2026"),
        ("1.001193", "'1.001193", "'1.001193"),
        ("2026-11", "'2026-11", "'2026-11"),
        ("02/2026", "'02/2026", "'02/2026"),
        ("0912345678", "'0912345678", "'0912345678"),
        ("037199001234567890", "'037199001234567890", "'037199001234567890"),
        ("12E5", "'12E5", "'12E5"),
        ("=1+1", "'=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)", "'@SUM(A1)"),
        ("An; Bình", '"An; Bình"', "An; Bình"),
        ("An, Bình", "An, Bình", '"An, Bình"'),
        ('Tổ "3"\nthôn Đông', '"Tổ ""3""\nthôn Đông"', '"Tổ ""3""\nthôn Đông"'),
    ],
)
def test_a_cell_is_read_as_what_it_is(cell: object, vi: str, en: str) -> None:
    assert table([[cell, 1.5]], "vi") == f"{vi};1,5\r\n"
    assert table([[cell, 1.5]], "en") == f"{en},1.5\r\n"
