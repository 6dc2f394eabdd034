"""Mergers, splits and renamings: an old code keeps resolving and an old paper keeps its name."""

import datetime as dt

import pytest
from regulation.codes import (
    AgencyCode,
    AgencyHistory,
    AgencyNotKnownError,
    Change,
    Naming,
    Succession,
    SuccessionRefusedError,
)

REFORM = dt.date(2025, 7, 1)
BEFORE = dt.date(2025, 6, 30)
LATER = dt.date(2027, 1, 1)
TODAY = dt.date(2027, 6, 1)

NINH_BINH, HA_NAM, BINH_DINH, GIA_LAI = (AgencyCode(code) for code in ("H42", "H25", "H08", "H21"))
DESK, NORTH, SOUTH, CENTRE = (AgencyCode(f"H42.{group}") for group in ("101", "102", "103", "104"))


def history() -> AgencyHistory:
    """Tell what became of two provinces and a commune."""
    return AgencyHistory(
        namings=[
            Naming(HA_NAM, "Tỉnh Hà Nam", dt.date(1997, 1, 1), BEFORE),
            Naming(NINH_BINH, "Tỉnh Ninh Bình", dt.date(1992, 4, 1)),
            Naming(DESK, "UBND xã Hoa Lư", dt.date(2020, 1, 1), BEFORE),
            Naming(DESK, "UBND phường Hoa Lư", REFORM),
        ],
        successions=[
            Succession(Change.SPLIT, LATER, (DESK,), (NORTH, SOUTH), "constructed"),
            Succession(Change.RENAMED, dt.date(2027, 3, 1), (SOUTH,), (CENTRE,), "constructed"),
            Succession(Change.MERGED, REFORM, (HA_NAM, NINH_BINH), (NINH_BINH,), "NQ 202/2025/QH15"),
            Succession(Change.MERGED, REFORM, (BINH_DINH, GIA_LAI), (GIA_LAI,), "NQ 202/2025/QH15"),
        ],
    )


@pytest.mark.parametrize(
    ("code", "since", "on", "now"),
    [
        (HA_NAM, BEFORE, BEFORE, [HA_NAM]),
        (HA_NAM, BEFORE, REFORM, [NINH_BINH]),
        (NINH_BINH, BEFORE, REFORM, [NINH_BINH]),
        (BINH_DINH, dt.date(2013, 1, 1), TODAY, [GIA_LAI]),
        (DESK, REFORM, LATER - dt.timedelta(1), [DESK]),
        (DESK, REFORM, LATER, [NORTH, SOUTH]),
        (DESK, REFORM, TODAY, [NORTH, CENTRE]),
        (DESK, LATER, TODAY, [DESK]),
        (AgencyCode("H99"), BEFORE, TODAY, [AgencyCode("H99")]),
    ],
)
def test_an_old_code_resolves_to_whoever_stands_in_its_place(
    code: AgencyCode, since: dt.date, on: dt.date, now: list[AgencyCode]
) -> None:
    assert history().resolve(code, since, on) == tuple(now)


def test_a_name_is_the_name_of_its_day() -> None:
    assert history().name(DESK, dt.date(2020, 1, 1)) == "UBND xã Hoa Lư"
    assert history().name(DESK, BEFORE) == "UBND xã Hoa Lư"
    assert history().name(DESK, REFORM) == "UBND phường Hoa Lư"
    assert history().name(NINH_BINH, TODAY) == "Tỉnh Ninh Bình"
    for agency, on in ((DESK, dt.date(2019, 12, 31)), (HA_NAM, REFORM)):
        with pytest.raises(AgencyNotKnownError) as refused:
            history().name(agency, on)
        assert refused.value.params == {"agency": agency, "on": on}


def test_an_agency_knows_all_who_led_to_it() -> None:
    assert history().predecessors(NINH_BINH, REFORM) == (HA_NAM,)
    assert history().predecessors(NINH_BINH, BEFORE) == ()
    assert history().predecessors(CENTRE, TODAY) == (DESK, SOUTH)
    assert history().predecessors(CENTRE, LATER) == ()


@pytest.mark.parametrize(
    ("change", "before", "after"),
    [
        (Change.MERGED, (HA_NAM,), (NINH_BINH,)),
        (Change.MERGED, (HA_NAM, BINH_DINH), (NINH_BINH, GIA_LAI)),
        (Change.SPLIT, (DESK,), (NORTH,)),
        (Change.SPLIT, (DESK, CENTRE), (NORTH, SOUTH)),
        (Change.RENAMED, (DESK,), (NORTH, SOUTH)),
        (Change.RENAMED, (DESK, CENTRE), (NORTH,)),
    ],
)
def test_a_decision_must_fit_its_kind(
    change: Change, before: tuple[AgencyCode, ...], after: tuple[AgencyCode, ...]
) -> None:
    with pytest.raises(SuccessionRefusedError) as refused:
        Succession(change, REFORM, before, after)
    assert refused.value.params == {"change": change, "before": ", ".join(before), "after": ", ".join(after)}
