"""What a dossier costs: nearest entry, counted, said in one way."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from procedures import Charge, Fee, FeeStatus, Measure, charge, closest, money
from pydantic import TypeAdapter
from regulation.channels import Channel

FREE = Fee(FeeStatus.FREE, note="Miễn lệ phí")
HOUSE = Fee(FeeStatus.AMOUNT, 75_000, case="house", note="theo nghị quyết của HĐND tỉnh")
WORKS = Fee(FeeStatus.AMOUNT, 150_000, case="works")
COPY = Fee(FeeStatus.AMOUNT, 8_000, per=Measure("copies", "bản sao", "copy/copies"))
EXTRACT = Fee(FeeStatus.AMOUNT, 8_000, item="Bản sao trích lục", per=Measure("extracts", "bản sao", "copy"))
PAGES = Fee(
    FeeStatus.AMOUNT,
    2_000,
    per=Measure(
        "sheets", "trang", "page", 2, 1_000, 200_000, times="copies", times_unit="bản", times_unit_en="copy"
    ),
)
DESK = Fee(FeeStatus.AMOUNT, 50_000, channel="counter")
ONLINE = Fee(FeeStatus.FREE, channel="online")
BY_PROVINCE = Fee(FeeStatus.SET_BY_PROVINCE, note="NQ 12/2026")
DOLLARS = Fee(FeeStatus.AMOUNT, 20, "USD")

Words = tuple[str, str]
TABLE: list[tuple[list[Fee], str | None, str, dict[str, Any] | None, int | None, Words]] = [
    (
        [HOUSE, WORKS],
        "house",
        "online",
        {},
        75_000,
        ("75.000 đồng (theo nghị quyết của HĐND tỉnh)", "75,000 dong"),
    ),
    ([HOUSE, WORKS], "works", "post", {}, 150_000, ("150.000 đồng", "150,000 dong")),
    ([HOUSE, WORKS], None, "online", {}, None, ("Chưa công bố", "Not published")),
    ([], None, "online", {}, None, ("Chưa công bố", "Not published")),
    ([FREE], None, "online", {}, 0, ("Không thu", "No fee")),
    ([Fee(FeeStatus.AMOUNT, 0)], None, "online", {}, 0, ("Không thu", "No fee")),
    ([DESK, ONLINE], None, "counter", {}, 50_000, ("50.000 đồng", "50,000 dong")),
    ([DESK, ONLINE], None, "online", {}, 0, ("Không thu", "No fee")),
    ([DESK, ONLINE], None, "post", {}, None, ("Chưa công bố", "Not published")),
    (
        [COPY],
        None,
        "online",
        {"copies": 2},
        16_000,
        ("16.000 đồng (2 bản sao × 8.000 đồng)", "16,000 dong (2 copies × 8,000 dong)"),
    ),
    ([COPY], None, "online", {}, None, ("8.000 đồng mỗi bản sao", "8,000 dong per copy")),
    ([COPY], None, "online", None, None, ("8.000 đồng mỗi bản sao", "8,000 dong per copy")),
    (
        [FREE, EXTRACT],
        "x",
        "online",
        {"extracts": 2},
        16_000,
        ("16.000 đồng (Miễn lệ phí; 2 bản sao × 8.000 đồng)", "16"),
    ),
    ([FREE, EXTRACT], "x", "online", {"extracts": 0}, 0, ("Không thu", "No fee")),
    ([FREE, EXTRACT], "x", "online", {}, 0, ("Không thu", "No fee")),
    (
        [FREE, EXTRACT],
        "x",
        "online",
        None,
        None,
        ("Không thu; 8.000 đồng mỗi bản sao (Miễn lệ phí)", "No fee"),
    ),
    ([HOUSE, EXTRACT], "house", "online", {"extracts": 1}, 83_000, ("83.000 đồng (theo", "83,000 dong (")),
    (
        [PAGES],
        None,
        "online",
        {"sheets": 1, "copies": 1},
        2_000,
        ("2.000 đồng (1 trang × 1 bản × 2.000 đồng)", "2"),
    ),
    (
        [PAGES],
        None,
        "online",
        {"sheets": 5, "copies": 3},
        21_000,
        ("21.000 đồng (5 trang × 3 bản)", "21,000 dong (5"),
    ),
    ([PAGES], None, "online", {"sheets": 500, "copies": 2}, 400_000, ("400.000 đồng", "400,000 dong")),
    ([PAGES], None, "online", {"sheets": 5}, None, ("2.000 đồng mỗi trang", "2,000 dong per page")),
    (
        [BY_PROVINCE],
        None,
        "online",
        {},
        None,
        ("Theo nghị quyết của tỉnh (NQ 12/2026)", "Set by the province's"),
    ),
    (
        [Fee(FeeStatus.SET_BY_LAW)],
        None,
        "online",
        {},
        None,
        ("Theo quy định của pháp luật", "Set by law"),
    ),
    ([DOLLARS], None, "online", {}, 20, ("20 USD", "20 USD")),
    ([DOLLARS, EXTRACT], None, "online", {"extracts": 1}, None, ("20 USD; 8.000 đồng", "20 USD; 8,000 dong")),
]


@pytest.mark.parametrize(("fees", "case", "channel", "answers", "amount", "words"), TABLE)
def test_r_int_10_one_charge_per_case_and_channel(fees, case, channel, answers, amount, words):
    found = charge(fees, case, channel, answers)
    assert found.amount == amount
    assert found.words("vi").startswith(words[0])
    assert found.words("en").startswith(words[1])


@pytest.mark.parametrize(
    ("amount", "vi", "en"),
    [
        (0, "0 đồng", "0 dong"),
        (8_000, "8.000 đồng", "8,000 dong"),
        (1_250_000, "1.250.000 đồng", "1,250,000 dong"),
    ],
)
def test_money_is_written_as_papers_print_it(amount, vi, en):
    assert (money(amount), money(amount, "en")) == (vi, en)


@pytest.mark.parametrize("odd", [True, "2", 2.5, -1, None])
def test_what_is_no_count_multiplies_nothing(odd):
    assert charge([COPY], None, "online", {"copies": odd}).amount is None
    assert charge([FREE, EXTRACT], None, "online", {"extracts": odd}).amount == 0


CASES = st.sampled_from([None, "a", "b"])
CHANNELS = st.sampled_from([None, *map(str, Channel)])
FEES = st.lists(
    st.builds(
        Fee,
        status=st.sampled_from([FeeStatus.FREE, FeeStatus.AMOUNT]),
        amount=st.integers(0, 10**7),
        case=CASES,
        channel=CHANNELS,
        item=st.sampled_from(["", "copies"]),
        per=st.sampled_from([None, Measure("n", "bản")]),
    ),
    max_size=8,
)


@given(FEES, CASES, st.sampled_from(list(map(str, Channel))), st.integers(0, 50))
def test_the_charge_is_the_sum_of_the_nearest_entries(fees, case, channel, n):
    found = charge(fees, case, channel, {"n": n})
    expected = 0
    for item in {fee.item for fee in fees}:
        nearest = closest([fee for fee in fees if fee.item == item], case, channel)
        if nearest and nearest.status is FeeStatus.AMOUNT:
            expected += (nearest.amount or 0) * (n if nearest.per else 1)
    assert (found.amount or 0) == expected
    assert found.free is (bool(found.lines) and expected == 0)
    if expected:  # whoever owes something is never told that nothing is collected
        assert not found.words("vi").startswith("Không thu")
        assert money(expected) in found.words("vi")


@given(FEES, CASES, st.sampled_from(list(map(str, Channel))), st.integers(0, 50))
def test_a_charge_survives_being_told_as_a_fact(fees, case, channel, n):
    shape = TypeAdapter(Charge)
    found = charge(fees, case, channel, {"n": n})
    assert shape.validate_json(shape.dump_json(found)) == found


@given(FEES, CASES, st.sampled_from(list(map(str, Channel))))
def test_an_entry_of_the_very_case_and_channel_wins(fees, case, channel):
    found = closest(fees, case, channel)
    for fee in fees:
        if (fee.case, fee.channel) == (case, channel):
            assert found is not None
            assert (found.case, found.channel) == (case, channel)
        elif fee.case not in (None, case) or fee.channel not in (None, channel):
            assert found is not fee
