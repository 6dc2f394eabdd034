"""An agency's officers are led to its own instance, by the file that tells the gateway the same."""

import json
import os

import pytest
from portal.adapters.ways import Ways

USUAL = "http://province"
ROWS = [
    {"prefix": "/api/processing/agencies/H42.15", "upstream": "10.0.0.5:8104"},
    {"prefix": "/api/processing/agencies/H42.15.03", "upstream": "10.0.0.6:8104"},
]


@pytest.fixture
def told(tmp_path):
    ticks = iter(range(1000))
    file = tmp_path / "gateway.json"
    file.write_text(json.dumps({"gateway_overrides": ROWS, "gateway_rate_scale": 2}))
    return Ways(lambda _: USUAL, file, lambda: float(next(ticks)))


def test_agencies_with_an_instance_are_known_by_service(told):
    assert (told.apart("processing"), told.apart("qa")) == (("H42.15", "H42.15.03"), ())


@pytest.mark.parametrize(
    ("agency", "base"),
    [
        ("H42.15", "http://10.0.0.5:8104"),
        ("H42.15.07", "http://10.0.0.5:8104"),
        ("H42.15.03", "http://10.0.0.6:8104"),
        ("H42.15.03.01", "http://10.0.0.6:8104"),
        ("H42.151", USUAL),
        ("H42", USUAL),
        ("", USUAL),
    ],
)
def test_the_nearest_agency_with_an_instance_answers(told, agency, base):
    assert told("processing", f"/api/processing/agencies/{agency}") == base
    assert told("processing", f"/api/processing/agencies/{agency}/dossiers") == base


def test_a_change_of_the_file_takes_effect_and_a_broken_one_changes_nothing(told):
    path = ROWS[0]["prefix"]
    assert told("processing", path) != USUAL
    for number, (text, base) in enumerate(
        [
            ("{", "http://10.0.0.5:8104"),
            (
                json.dumps({"gateway_overrides": [{"prefix": "/api", "upstream": "10.0.0.9:1"}]}),
                "http://10.0.0.5:8104",
            ),
            ('{"gateway_overrides": []}', USUAL),
        ],
        1,
    ):
        told.file.write_text(text)
        os.utime(told.file, ns=(number, number))
        assert told("processing", path) == base
    told.file.unlink()
    assert told("processing", path) == USUAL
    assert Ways(lambda _: USUAL)("processing", path) == USUAL
