"""The rules of the catalogue as tables."""

import unicodedata
from datetime import date
from fractions import Fraction

import pytest
from catalog.domain.agencies import AgencyEntry, Level, agency_problems
from catalog.domain.completeness import check_process
from catalog.domain.content import Content
from catalog.domain.errors import ProcessTooLongError
from catalog.domain.national import NationalRow, read_national, slug
from catalog.domain.national_parts import channel_parts, stated_fee
from catalog.domain.service_levels import SchemeRules
from catalog.domain.summaries import Terms, filing
from catalog.main import scheme_rules
from catalog.usecases.import_catalog import ImportReport
from procedures import Case, Fee, FeeStatus, Limit, Process, Step
from procedures.levels import Scheme
from regulation.clock import Rule

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
DAY = date(2025, 7, 1)
EIGHT = Fraction(8)
LEVELS = {
    "province": Level("province", "Cấp tỉnh", "Province", 1, date(1945, 9, 2)),
    "district": Level("district", "Cấp huyện", "District", 2, date(1945, 9, 2), DAY),
    "commune": Level("commune", "Cấp xã", "Commune", 3, date(1945, 9, 2)),
}


@pytest.mark.parametrize(
    ("entry", "rules"),
    [
        (AgencyEntry("H42.104", "UBND xã A", "commune", "H42", DAY), []),
        (AgencyEntry("H42.104", "UBND xã A", "hamlet", "H42", DAY), ["unknown-level"]),
        (AgencyEntry("H42.104", "UBND huyện A", "district", "H42", DAY), ["unknown-level"]),
        (AgencyEntry("H42.104", "UBND huyện A", "district", "H42", date(2020, 1, 1)), []),
        (AgencyEntry("H42.104", "UBND xã A", "commune", "H99", DAY), ["unknown-parent"]),
        (AgencyEntry("H42.104", "UBND xã A", "commune", "H42.104", DAY), ["unknown-parent"]),
        (AgencyEntry("xa", "UBND xã A", "commune", "H42", DAY), ["code-shape"]),
        (AgencyEntry("H42.104", "UBND xã A", "commune", "H42", DAY, DAY), ["dates-reversed"]),
    ],
)
def test_r_cat_01_an_agency_with_unknown_level_or_parent_is_rejected(entry, rules):
    assert [problem.rule for problem in agency_problems(entry, LEVELS, {"H42", "H42.104"})] == rules


@pytest.mark.parametrize("profile", PROFILES)
def test_r_cat_07_each_level_allows_what_the_scheme_says(profile):
    rules = scheme_rules(profile)
    allowed = {level: [str(action) for action in rules.actions(level)] for level in ("1", "2", "3", "4")}
    if profile == "quang-tri":
        assert set(map(tuple, allowed.values())) == {("read",)}
        assert rules.problems("3", None, False, "offers.0")[0].rule == "unknown-service-level"
        return
    assert allowed == {
        "1": ["read"],
        "2": ["read", "download"],
        "3": ["read", "download", "submit"],
        "4": ["read", "download", "submit", "pay"],
    }
    assert rules.problems("3", None, False, "offers.0") == []
    assert rules.problems("full", None, False, "offers.0")[0].rule == "unknown-service-level"


@pytest.mark.parametrize("profile", PROFILES)
def test_r_cat_08_full_and_partial_with_the_reason_stored(profile):
    rules = scheme_rules(profile)
    if profile != "quang-tri":
        assert rules.problems("full", None, False, "o")[0].rule == "unknown-service-level"
        assert [rules.propose(level) for level in ("full", "partial", "information")] == ["4", "3", "2"]
        return
    assert "pay" in rules.actions("full")
    assert "submit" not in rules.actions("information")
    assert rules.problems("partial", " ", False, "o")[0].rule == "partial-reason-missing"
    assert rules.problems("partial", "Phải đối chiếu bản chính", False, "o") == []
    assert [rules.propose(level) for level in "4321"] == ["full", "partial", "information", "information"]


@pytest.mark.parametrize("profile", PROFILES)
def test_r_cat_11_a_procedure_with_forms_needs_the_level_of_the_profile(profile):
    rules = scheme_rules(profile)
    least = {"ninh-binh": 2, "binh-dinh": 2, "ha-nam": 2, "thai-nguyen": 1, "quang-tri": None}[profile]
    assert (rules.least_with_forms if profile != "thai-nguyen" else rules.least_with_forms or 1) == least
    found = [problem.rule for problem in rules.problems("1", None, True, "o")]
    if least is None:
        assert found == ["unknown-service-level"]
    else:
        assert found == (["level-too-low-for-forms"] if least == 2 else [])
        assert rules.problems("1", None, False, "o") == []
        assert rules.problems("2", None, True, "o") == []


def process(*hours: str) -> Process:
    steps = tuple(Step(f"s{n}", f"Bước {n}", "u", "specialist", said) for n, said in enumerate(hours))
    return Process(1, "1/QĐ", DAY, steps)


@pytest.mark.parametrize(
    ("hours", "limits", "fits"),
    [
        (("4 wh", "2 wh", "2 wh"), ["1 wd"], True),
        (("4 wh", "2 wh", "3 wh"), ["1 wd"], False),
        (("½ wd", "½ wd"), ["1 wd", "3 wd"], True),
        (("1 wd", "1 wh"), ["3 wd", "1 wd"], False),
        (("10 wd",), ["15 d"], True),
        (("11 wd",), ["15 d"], False),
        (("100 wd",), [], True),
    ],
)
def test_r_prc_02_the_steps_fit_into_the_shortest_published_limit(hours, limits, fits):
    published = [Limit(text=amount, rule="working_days", amount=amount) for amount in limits]
    edited = Content(name="x", field="x", limits=tuple(published), process=process(*hours))
    if fits:
        check_process(edited, EIGHT)
    else:
        with pytest.raises(ProcessTooLongError):
            check_process(edited, EIGHT)


@pytest.mark.parametrize(
    ("day_hours", "fits"), [(EIGHT, True), (Fraction(15, 2), False), (Fraction(7), False)]
)
def test_r_prc_02_a_limit_in_days_holds_the_hours_of_the_provinces_own_day(day_hours, fits):
    limits = (Limit(text="1 ngày", rule="working_days", amount="1 wd"),)
    edited = Content(name="x", field="x", limits=limits, process=process("4 wh", "4 wh"))
    if fits:
        check_process(edited, day_hours)
    else:
        with pytest.raises(ProcessTooLongError):
            check_process(edited, day_hours)


def test_steps_that_are_still_unclear_are_left_to_the_gaps():
    check_process(
        Content(name="x", field="x", limits=(Limit("1 ngày", None, "1 wd"),), process=process("lâu")), EIGHT
    )


def test_a_limit_without_unit_is_flagged_and_never_guessed():
    stated = "online|5 Ngày làm việc|Miễn phí;counter|120|50 VNĐ;post|Không có thông tin|"
    channels, limits, _, flags = channel_parts(stated)
    assert channels == ("online", "counter", "post")
    assert [(limit.amount, limit.rule, limit.flag) for limit in limits] == [
        ("5 wd", "working_days", None),
        (None, None, "unit_missing"),
        (None, None, "not_stated"),
    ]
    assert [flag.reason for flag in flags] == ["limit-unit_missing", "limit-not_stated", "fee-implausible"]


@pytest.mark.parametrize(
    ("text", "status", "amount", "currency"),
    [
        ("Miễn phí", "free_nationally", None, "VND"),
        ("100,000 VNĐ", "amount", 100_000, "VND"),
        ("10 USD", "amount", 10, "USD"),
        ("25 VNĐ", "not_published", None, "VND"),
        ("Không có thông tin", "not_published", None, "VND"),
        ("", "not_published", None, "VND"),
    ],
)
def test_a_fee_is_never_printed_as_free_without_the_province(text, status, amount, currency):
    fee = stated_fee(text, "online")
    assert (fee.status.value, fee.amount, fee.currency) == (status, amount, currency)


def row(number: int, **values: str) -> NationalRow:
    usual = {"ma_tthc": "1.000001", "ten": "Tên", "linh_vuc": "Hộ tịch", "cap_thuc_hien": "Cấp xã"}
    return NationalRow(number, {**usual, **values})


def test_r_cat_29_duplicate_codes_are_refused_on_import_with_row_value_and_reason():
    rows = [row(2), row(3, ten="Khác"), row(4, ma_tthc="1000001"), row(5, ma_tthc="1.000002")]
    reading = read_national(rows, [])
    assert sorted(reading.contents) == ["1.000001", "1.000002"]
    assert [(remark.row, remark.value, remark.reason) for remark in reading.refused] == [
        (3, "1.000001", "duplicate-code (row 2)"),
        (4, "1000001", "duplicate-code (row 2)"),
    ]


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"ma_tthc": "abc"}, "code-unreadable"),
        ({"ma_tthc": ""}, "code-unreadable"),
        ({"ten": " "}, "name-missing"),
        ({"linh_vuc": ""}, "field-missing"),
        ({"cap_thuc_hien": "Cấp thôn"}, "unknown-level"),
    ],
)
def test_a_bad_row_is_refused_with_its_reason(values, reason):
    reading = read_national([row(7, **values)], [])
    assert [(remark.row, remark.reason) for remark in reading.refused] == [(7, reason)]


def test_applicants_are_split_outside_brackets_only():
    reading = read_national(
        [row(2, doi_tuong="Tổ chức (không bao gồm doanh nghiệp, HTX), Công dân Việt Nam")], []
    )
    assert reading.contents["1.000001"].applicants == (
        "Tổ chức (không bao gồm doanh nghiệp, HTX)",
        "Công dân Việt Nam",
    )


def test_the_code_of_a_field_is_its_name_without_marks():
    assert slug("Thi đua – Khen thưởng") == slug("Thi đua khen thưởng") == "thi-dua-khen-thuong"


def test_information_services_take_no_dossier_in_either_scheme():
    for scheme, level in ((Scheme.FULL_PARTIAL, "information"), (Scheme.LEVELS_1_4, "2")):
        assert "submit" not in SchemeRules(scheme).actions(level)


def levels_of(*cells: str) -> tuple[list[tuple[str, ...]], list[tuple[int, str, str]]]:
    """Read a table of one column of levels: what came in, and what was refused by value."""
    rows = [
        NationalRow(
            number, {"ma_tthc": f"9.{number:06}", "ten": "Thử", "linh_vuc": "Hộ tịch", "cap_thuc_hien": cell}
        )
        for number, cell in enumerate(cells, start=2)
    ]
    reading = read_national(rows, [])
    told = ImportReport(refused=reading.refused).refused_values()
    return [content.levels for content in reading.contents.values()], told


@pytest.mark.parametrize(
    ("cell", "levels"),
    [
        ("Cấp Bộ", ("ministry",)),
        ("Cấp Tỉnh, Cấp Xã", ("province", "commune")),
        ("CẤP TỈNH;cấp  xã", ("province", "commune")),
        ("Cấp\u00a0xã", ("commune",)),
        (unicodedata.normalize("NFD", "Cấp tỉnh, Cơ quan khác"), ("province", "other")),
        ("Cấp xã\nCấp tỉnh", ("commune", "province")),
        ("Cấp xã, cấp Xã", ("commune",)),
    ],
)
def test_vocabulary_values_are_compared_without_case_blanks_lists_and_unicode_form(cell, levels):
    assert levels_of(cell) == ([levels], [])


def test_r_cat_29_what_stays_unknown_is_told_by_value_and_count_first():
    read, refused = levels_of("Cấp Huyện", "Cấp xã", "Cấp Tỉnh, Cấp Huyện", "Cấp Thôn")
    assert read == [("commune",)]
    assert refused == [(2, "Cấp Huyện", "unknown-level"), (1, "Cấp Thôn", "unknown-level")]


@pytest.mark.parametrize(
    ("stated", "channels"),
    [
        ("Online|5 Ngày làm việc|Miễn phí", ("online",)),
        ("Trực tiếp|5 Ngày làm việc|;TRỰC TUYẾN||", ("counter", "online")),
        ("Dịch vụ bưu chính||", ("post",)),
    ],
)
def test_channels_are_read_however_a_table_writes_them(stated, channels):
    assert channel_parts(stated)[0] == channels


def test_a_channel_nobody_knows_is_flagged_and_left_out():
    channels, limits, fees, flags = channel_parts("bồ câu|5 Ngày làm việc|;online||")
    assert (channels, len(limits), len(fees)) == (("online",), 1, 1)
    assert flags[0].reason == "channel-unknown"


CASES = (Case("new", "Mới"), Case("old", "Cũ"))
FREE = Fee(FeeStatus.FREE)


@pytest.mark.parametrize(
    ("terms", "fee", "time"),
    [
        (Terms(), "Chưa công bố", "Chưa công bố"),
        (Terms(fees=(FREE,)), "Không thu", "Chưa công bố"),
        (Terms(fees=(Fee(FeeStatus.AMOUNT, 75_000),)), "75.000 đồng", "Chưa công bố"),
        (
            Terms(
                CASES,
                fees=(Fee(FeeStatus.AMOUNT, 75_000, case="new"), Fee(FeeStatus.AMOUNT, 150_000, case="old")),
            ),
            "Tùy trường hợp",
            "Chưa công bố",
        ),
        (Terms(limits=(Limit("1 ngày", Rule.WORKING_DAYS, "1 wd"),)), "Chưa công bố", "1 ngày"),
        (
            Terms(
                channels=("online", "counter"),
                limits=(
                    Limit("1 ngày", Rule.WORKING_DAYS, "1 wd", channel="online"),
                    Limit("3 ngày", Rule.WORKING_DAYS, "3 wd", channel="counter"),
                ),
            ),
            "Chưa công bố",
            "Tùy trường hợp",
        ),
        (Terms(limits=(Limit("5", flag="unit_missing"),)), "Chưa công bố", "Chưa công bố"),
    ],
)
def test_a_list_says_fee_and_time_in_a_word(terms, fee, time):
    assert (terms.fee()["vi"], terms.time()["vi"]) == (fee, time)


@pytest.mark.parametrize(
    ("route", "online", "offered", "where"),
    [
        ("own", True, True, "online"),
        ("own", False, True, "desk"),
        ("own", False, False, "elsewhere"),
        ("ministry", False, True, "elsewhere"),
        ("national", False, False, "elsewhere"),
    ],
)
def test_a_list_says_where_a_procedure_is_filed(route, online, offered, where):
    assert filing(route, online, offered) == where
