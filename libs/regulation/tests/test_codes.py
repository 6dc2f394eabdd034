"""Codes: both shapes of an agency, the daily serial of a dossier, procedures, sectors, results, verification."""

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from regulation.codes import (
    DEFAULT_PATTERN,
    AgencyCode,
    AgencyShape,
    CodePattern,
    DossierCode,
    PatternRefusedError,
    ProcedureCode,
    ResultCode,
    SectorCode,
    SerialRefusedError,
    UnreadableAgencyCodeError,
    UnreadableDossierCodeError,
    UnreadableProcedureCodeError,
    UnreadableResultCodeError,
    UnreadableSectorCodeError,
    UnreadableVerificationCodeError,
    UnwritableShapeError,
    VerificationCode,
    codes_within,
    day_of_receipt,
    next_code,
)
from regulation.codes.verification import ALPHABET
from regulation.profiles import PROVINCES, load

DAY = dt.date(2026, 9, 5)
AT = dt.datetime(2026, 9, 5, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=7)))

groups = st.text("0123456789ABCDXYZ", min_size=2, max_size=3)
tops = st.builds("{}{:02d}".format, st.sampled_from("GH"), st.integers(0, 99))
dotted = st.builds(lambda top, below: ".".join([top, *below]), tops, st.lists(groups, max_size=4))
days = st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31))


@pytest.mark.parametrize(
    ("text", "shape", "path", "parent"),
    [
        ("H42", AgencyShape.DOTTED, ("H42",), None),
        ("H42.15", AgencyShape.DOTTED, ("H42", "15"), "H42"),
        ("H42.15.03", AgencyShape.DOTTED, ("H42", "15", "03"), "H42.15"),
        ("H42.101", AgencyShape.DOTTED, ("H42", "101"), "H42"),
        ("H42.15.03.H08", AgencyShape.DOTTED, ("H42", "15", "03", "H08"), "H42.15.03"),
        ("000.00.00.G15", AgencyShape.FOUR_GROUPS, ("G15",), None),
        ("000.00.15.H42", AgencyShape.FOUR_GROUPS, ("H42", "15"), "000.00.00.H42"),
        ("000.03.15.H42", AgencyShape.FOUR_GROUPS, ("H42", "15", "03"), "000.00.15.H42"),
        ("012.03.15.H42", AgencyShape.FOUR_GROUPS, ("H42", "15", "03", "012"), "000.03.15.H42"),
        ("012.00.15.H42", AgencyShape.FOUR_GROUPS, ("H42", "15", "00", "012"), "000.00.15.H42"),
        ("012.00.00.H42", AgencyShape.FOUR_GROUPS, ("H42", "00", "00", "012"), "000.00.00.H42"),
        ("000.00.X0.H42", AgencyShape.FOUR_GROUPS, ("H42", "X0"), "000.00.00.H42"),
        ("000.00.BD.H08", AgencyShape.FOUR_GROUPS, ("H08", "BD"), "000.00.00.H08"),
    ],
)
def test_an_agency_code_knows_its_shape_its_path_and_its_parent(
    text: str, shape: AgencyShape, path: tuple[str, ...], parent: str | None
) -> None:
    code = AgencyCode(text)
    assert (code.shape, code.path, code.parent()) == (shape, path, parent)
    assert (code.top, code.level) == (path[0], len(path))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "42",
        "H4",
        "H422",
        "X42",
        "H42.",
        "H42.1",
        "H42.1503",
        "h42",
        " H42",
        "H42 15",
        "000.15.H42",
        "00.00.15.H42",
        "000.00.15.X42",
        "000.000.15.H42",
        "H42" + ".123" * 9,
    ],
)
def test_a_text_of_neither_shape_is_no_agency_code(text: str) -> None:
    with pytest.raises(UnreadableAgencyCodeError) as refused:
        AgencyCode(text)
    assert refused.value.params == {"text": text}


def test_an_agency_code_is_at_most_35_characters_long() -> None:
    longest = "H42" + ".123" * 8
    assert len(longest) == 35
    assert AgencyCode(longest) == longest
    with pytest.raises(UnreadableAgencyCodeError):
        AgencyCode(longest.replace("H42.123", "H42.12.123"))


def test_an_agency_code_is_read_as_people_type_it() -> None:
    assert AgencyCode.parse("  h42.15.bd\n") == "H42.15.BD"


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("H42", "000.00.00.H42"),
        ("H42.15", "000.00.15.H42"),
        ("H42.15.03", "000.03.15.H42"),
        ("H42.15.03.012", "012.03.15.H42"),
        ("G15", "000.00.00.G15"),
    ],
)
def test_both_shapes_name_the_same_agency(short: str, long: str) -> None:
    assert AgencyCode(short).four_groups() == long
    assert AgencyCode(long).dotted() == short
    assert AgencyCode(short).same_as(long)
    assert AgencyCode(long).same_as(short.lower())
    assert not AgencyCode(short).same_as("H99")


@pytest.mark.parametrize("text", ["H42.101", "H42.15.03.12", "H42.15.03.012.01"])
def test_an_agency_with_other_groups_cannot_be_written_in_four(text: str) -> None:
    with pytest.raises(UnwritableShapeError) as refused:
        AgencyCode(text).four_groups()
    assert refused.value.params == {"text": text}


@pytest.mark.parametrize(
    ("code", "above", "within"),
    [
        ("H42.15.03", "H42", True),
        ("H42.15.03", "H42.15", True),
        ("H42.15", "H42.15", True),
        ("H42.15", "H42.15.03", False),
        ("H42.151", "H42.15", False),
        ("000.03.15.H42", "H42.15", True),
        ("H42.15", "000.00.00.G42", False),
    ],
)
def test_an_agency_stands_within_those_above_it(code: str, above: str, within: bool) -> None:
    assert AgencyCode(code).within(above) is within


def test_who_stands_below_an_agency_is_found_among_all_and_no_neighbour_of_like_name() -> None:
    known = ["H42.15.03", "H42.151", "H42.16", "H42", "H42.15.03.01"]
    assert codes_within("H42.15", known) == ["H42.15", "H42.15.03", "H42.15.03.01"]
    assert codes_within("H42.15", []) == ["H42.15"]


@given(dotted)
def test_climbing_from_parent_to_parent_ends_at_the_province(text: str) -> None:
    code = AgencyCode(text)
    steps = 1
    while (above := code.parent()) is not None:
        assert code.within(above)
        assert above.level == code.level - 1
        code, steps = above, steps + 1
    assert code == text[:3]
    assert steps == len(text.split("."))


@given(st.lists(st.sampled_from(["01", "15", "BD"]), max_size=2), tops)
def test_a_code_survives_the_way_into_four_groups_and_back(below: list[str], top: str) -> None:
    code = AgencyCode(".".join([top, *below]))
    assert code.four_groups().dotted() == code
    assert code.four_groups().four_groups() == code.four_groups()


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sub_14_a_dossier_code_is_agency_day_and_serial_of_the_day(profile: str) -> None:
    pattern = load(profile).text("dossier_code.pattern")
    first = next_code(None, "H42.15.03", AT)
    assert first.format(pattern) == "H42.15.03-260905-0001"
    second = next_code(first, "H42.15.03", AT + dt.timedelta(hours=2))
    assert second.format(pattern) == "H42.15.03-260905-0002"
    assert DossierCode.parse(second.format(pattern), pattern) == second
    assert load(profile).text("dossier_code.issue_at") == "submission"


@pytest.mark.parametrize("profile", PROVINCES)
def test_r_sub_14_the_serial_restarts_daily_and_counts_per_agency(profile: str) -> None:
    pattern = load(profile).text("dossier_code.pattern")
    last = DossierCode("H42.15.03", DAY, 417)
    assert next_code(last, "H42.15.03", AT + dt.timedelta(days=1)) == DossierCode(
        "H42.15.03", DAY + dt.timedelta(days=1), 1
    )
    assert next_code(None, "H42.101", AT) == DossierCode("H42.101", DAY, 1)
    with pytest.raises(ValueError, match=r"was not given by H42.101"):
        next_code(last, "H42.101", AT)
    codes = Counter(
        DossierCode(agency, day, serial).format(pattern)
        for agency in ("H42.101", "H42.15.03")
        for day in (DAY, DAY + dt.timedelta(days=1))
        for serial in (1, 2, 9_999, 10_000)
    )
    assert set(codes.values()) == {1}


def test_r_sub_14_a_serial_is_never_reused_when_the_clock_steps_back() -> None:
    last = DossierCode("H42.101", DAY, 7)
    assert next_code(last, "H42.101", AT - dt.timedelta(days=1)) == DossierCode("H42.101", DAY, 8)


def test_r_sub_14_the_day_is_the_local_day_of_receipt() -> None:
    assert day_of_receipt(dt.datetime(2026, 9, 4, 16, 59, tzinfo=dt.UTC)) == dt.date(2026, 9, 4)
    assert day_of_receipt(dt.datetime(2026, 9, 4, 17, 0, tzinfo=dt.UTC)) == dt.date(2026, 9, 5)
    with pytest.raises(ValueError, match=r"^an instant needs a zone$"):
        day_of_receipt(dt.datetime(2026, 9, 4, 17, 0))  # noqa: DTZ001


def test_a_serial_grows_beyond_four_digits() -> None:
    code = next_code(DossierCode("H42.101", DAY, 9_999), "H42.101", AT)
    assert str(code) == "H42.101-260905-10000"
    assert DossierCode.parse(str(code)) == code


@pytest.mark.parametrize("serial", [0, -1])
def test_a_serial_starts_at_one(serial: int) -> None:
    with pytest.raises(SerialRefusedError) as refused:
        DossierCode("H42", DAY, serial)
    assert refused.value.params == {"serial": serial}


def test_a_dossier_code_names_a_readable_agency() -> None:
    with pytest.raises(UnreadableAgencyCodeError):
        DossierCode("Hoa Lư", DAY, 1)


@given(
    dotted,
    days,
    st.integers(1, 123_456),
    st.sampled_from([DEFAULT_PATTERN, "HS/{serial}/{agency}/{yyyymmdd}"]),
)
def test_a_dossier_code_survives_writing_and_reading(
    agency: str, day: dt.date, serial: int, pattern: str
) -> None:
    code = DossierCode(agency, day, serial)
    assert DossierCode.parse(f" {code.format(pattern).lower()} ", pattern) == code


def test_dossier_codes_sort_by_agency_day_and_serial() -> None:
    codes = [DossierCode("H42", DAY, 10_000), DossierCode("H42", DAY, 2), DossierCode("H08", DAY, 3)]
    assert [str(code) for code in sorted(codes)] == ["H08-260905-0003", "H42-260905-0002", "H42-260905-10000"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "H42-260905",
        "H42-260905-007",
        "H42-260905-00007",
        "H42-261305-0007",
        "H42-260905-0000",
        "H42.1-260905-0007",
        "H42_260905_0007",
        "X42-260905-0007",
        "H42-260905-0007 x",
        "H42-260905-000７",
    ],
)
def test_a_text_of_another_pattern_is_no_dossier_code(text: str) -> None:
    with pytest.raises(UnreadableDossierCodeError) as refused:
        DossierCode.parse(text)
    assert refused.value.params == {"text": text}


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("{agency}-{yymmdd}-{serial}", "000.00.15.H42-260905-0007"),
        ("{agency}-{yyyymmdd}-{serial}", "000.00.15.H42-20260905-0007"),
        ("HS.{serial}/{yymmdd}/{agency}", "HS.0007/260905/000.00.15.H42"),
        ("hs {yymmdd} {serial} {agency} vn", "hs 260905 0007 000.00.15.H42 vn"),
    ],
)
def test_a_province_may_order_its_codes_otherwise(pattern: str, written: str) -> None:
    code = DossierCode("000.00.15.H42", DAY, 7)
    assert code.format(pattern) == written
    assert DossierCode.parse(written, pattern) == code
    assert CodePattern.compile(pattern).pattern == pattern


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "{agency}",
        "{agency}-{serial}",
        "{agency}-{yymmdd}",
        "{yymmdd}-{serial}",
        "{agency}{yymmdd}-{serial}",
        "{agency}-{yymmdd}{serial}",
        "{agency}-{yymmdd}-{serial}-{serial}",
        "{agency}-{yymmdd}-{yyyymmdd}-{serial}",
        "{agency}-{year}-{serial}",
        "{agency}-{yymmdd}-{serial}-{year}",
    ],
)
def test_a_pattern_needs_agency_day_and_serial_once_each_and_apart(pattern: str) -> None:
    with pytest.raises(PatternRefusedError) as refused:
        CodePattern.compile(pattern)
    assert refused.value.params == {"pattern": pattern}
    assert pattern in refused.value.message("vi")
    assert "{agency}" in refused.value.message("en")


@pytest.mark.parametrize(
    ("typed", "code", "procedure", "case", "agency"),
    [
        ("1001193", "1.001193", "1.001193", None, None),
        (" 1.001193 ", "1.001193", "1.001193", None, None),
        ("1 001 193", "1.001193", "1.001193", None, None),
        ("1.001193.01", "1.001193.01", "1.001193", "01", None),
        ("100119301", "1.001193.01", "1.001193", "01", None),
        ("3.000181.000.00.00.h22", "3.000181.000.00.00.H22", "3.000181", None, "000.00.00.H22"),
        ("3.000181.02.H22.15", "3.000181.02.H22.15", "3.000181", "02", "H22.15"),
    ],
)
def test_a_procedure_code_is_read_as_people_type_it(
    typed: str, code: str, procedure: str, case: str | None, agency: str | None
) -> None:
    read = ProcedureCode.normalise(typed)
    assert (read, read.procedure, read.case, read.agency) == (code, procedure, case, agency)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1",
        "1.00119",
        "1.0011933",
        "1001193011",
        "10011930",
        "khai sinh",
        "1.001193.1",
        "1.001193.001.X22",
        "1.001193.000.00.H22",
        "1.001193-01",
    ],
)
def test_anything_else_is_no_procedure_code(typed: str) -> None:
    with pytest.raises(UnreadableProcedureCodeError) as refused:
        ProcedureCode.normalise(typed)
    assert "text" in refused.value.params


@given(st.from_regex(r"[0-9]\.[0-9]{6}(\.[0-9]{2})?", fullmatch=True).filter(str.isascii))
def test_a_procedure_code_is_found_again_without_its_dots(text: str) -> None:
    assert ProcedureCode.normalise(text.replace(".", "")) == ProcedureCode(text)


def test_a_sector_code_names_its_ministry_and_its_letters() -> None:
    assert (SectorCode("G15-TP07").top, SectorCode("G15-TP07").sector) == ("G15", "TP07")
    for text in ("G15", "G15-", "G15TP07", "15-TP07", "G15-tp07", "G15-TP07-1", "G15-T"):
        with pytest.raises(UnreadableSectorCodeError) as refused:
            SectorCode(text)
        assert refused.value.params == {"text": text}


@pytest.mark.parametrize(
    ("text", "agency", "number"),
    [
        ("KQ.G15.000031", "G15", "000031"),
        ("KQ.H42.123456", "H42", "123456"),
        ("000.00.00.G15-KQ003208", "000.00.00.G15", "003208"),
        ("H42.15-KQ000001", "H42.15", "000001"),
    ],
)
def test_a_result_code_names_who_defined_it_and_its_number(text: str, agency: str, number: str) -> None:
    assert (ResultCode(text).agency, ResultCode(text).number) == (agency, number)


@pytest.mark.parametrize(
    "text",
    ["", "KQ.000031", "KQ.X15.000031", "KQ.G15.00031", "000.00.G15-KQ003208", "G15-KQ03208", "-KQ003208"],
)
def test_anything_else_is_no_result_code(text: str) -> None:
    with pytest.raises(UnreadableResultCodeError) as refused:
        ResultCode(text)
    assert refused.value.params == {"text": text}


def test_a_verification_code_is_four_groups_of_four() -> None:
    assert VerificationCode.from_random(bytes(10)) == "0000-0000-0000-0000"
    assert VerificationCode.from_random(bytes([0] * 9 + [1])) == "1000-0000-0000-000Y"
    assert VerificationCode.from_random(bytes([0] * 9 + [32])) == "0100-0000-0000-000Z"
    assert VerificationCode.from_random(bytes([0] * 9 + [16])) == "G000-0000-0000-000Z"
    assert VerificationCode.from_random(bytes([0] * 9 + [17])) == "H000-0000-0000-000X"
    assert VerificationCode.from_random(b"\xff" * 10) == "ZZZZ-ZZZZ-ZZZZ-ZZZF"
    for length in (9, 11):
        with pytest.raises(ValueError, match=r"^10 random bytes are needed$"):
            VerificationCode.from_random(bytes(length))


@given(st.binary(min_size=10, max_size=10))
def test_a_verification_code_is_read_as_people_type_it(entropy: bytes) -> None:
    code = VerificationCode.from_random(entropy)
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert VerificationCode.parse(typed) == VerificationCode(code) == code


@given(st.binary(min_size=10, max_size=10), st.integers(0, 15), st.sampled_from(ALPHABET))
def test_one_mistyped_symbol_is_always_caught(entropy: bytes, place: int, symbol: str) -> None:
    symbols = list(VerificationCode.from_random(entropy).replace("-", ""))
    if symbols[place] == symbol:
        return
    symbols[place] = symbol
    with pytest.raises(UnreadableVerificationCodeError):
        VerificationCode.parse("".join(symbols))


@pytest.mark.parametrize(
    "text", ["", "0000-0000-0000-000", "0000-0000-0000-00000", "0000-0000-0000-000U", "ừ" * 16]
)
def test_anything_else_is_no_verification_code(text: str) -> None:
    with pytest.raises(UnreadableVerificationCodeError) as refused:
        VerificationCode.parse(text)
    assert refused.value.params == {"text": text}


def test_a_printed_verification_code_keeps_its_hyphens() -> None:
    with pytest.raises(UnreadableVerificationCodeError):
        VerificationCode("0000000000000000")
    with pytest.raises(UnreadableVerificationCodeError):
        VerificationCode("0000-0000-0000-0001")
