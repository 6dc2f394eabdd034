"""One appointment: what is known has a line, what is not known has none, and it is kept as it is told."""

from dataclasses import replace

import pytest
from eforms import Text
from procedures import Appointment, Charge, FeeStatus, Line
from pydantic import TypeAdapter

FEE = Charge((Line(FeeStatus.AMOUNT, 8000, 8000),), 8000)
LIMIT = Text("2 ngày làm việc", "2 working days")
PROMISED = Appointment(LIMIT, 2, FEE, (Text("Giấy tờ tùy thân", "Identity paper"),))


@pytest.mark.parametrize(
    ("changed", "lines"),
    [
        ({}, ["Thời hạn giải quyết: 2 ngày làm việc", "Số lượng hồ sơ: 02 bộ", "Phí, lệ phí: 8.000 đồng"]),
        ({"sets": None, "limit": None}, ["Phí, lệ phí: 8.000 đồng"]),
        (
            {"sets": 1, "limit": None, "fee": Charge((Line(FeeStatus.FREE, sum=0),), 0)},
            ["Số lượng hồ sơ: 01 bộ", "Phí, lệ phí: Không thu"],
        ),
    ],
)
def test_r_int_10_only_what_is_known_has_a_line(changed, lines):
    told = replace(PROMISED, **changed)
    assert [f"{row.label.told('vi')}: {row.text.told('vi')}" for row in told.rows] == lines


def test_english_counts_one_set_and_more():
    words = [[row.text.told("en") for row in replace(PROMISED, sets=n).rows][1] for n in (1, 2)]
    assert words == ["1 set", "2 sets"]


def test_what_is_kept_reads_back_as_the_same_appointment():
    assert TypeAdapter(Appointment).validate_python(PROMISED.kept()) == PROMISED
