"""What tells of a person is found however it is written, and cut where it stands."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from qa.domain.masking import MASK, doubtful_in, found_in, masked, own_words, without

NAME = "Nguyễn Thị Ánh Tuyết"
SELF = {
    "full_name": NAME,
    "id_number": "000190000077",
    "phone": "+84912345678",
    "email": "nguyen.tuyet@motcua.example",
    "address": "Số 12 Lê Lợi, Tân Cương",
}
OWN = own_words(SELF)
APART = st.text("  .,-–/_·*\n\t()\u00a0:|", max_size=3)
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def written(number: str, script: str, gaps: list[str], size: int) -> str:
    """Write a number in digits of a script, with something between every few of them."""
    told = [script[int(digit)] for digit in number]
    parts = ["".join(told[place : place + size]) for place in range(0, len(told), size)]
    return parts[0] + "".join(gap + part for gap, part in zip(gaps, parts[1:], strict=False))


NUMBERS = st.one_of(
    st.from_regex(r"0[35789]\d{8}", fullmatch=True),
    st.from_regex(r"0[0-9]{2}[0-3]\d{8}", fullmatch=True),
    st.from_regex(r"[1-3]\d{8}", fullmatch=True),
).filter(lambda number: number.isascii())
GAPS = st.lists(APART, min_size=12, max_size=12)


@given(
    NUMBERS, st.sampled_from(DIGITS), GAPS, st.integers(1, 6), st.sampled_from(["CCCD", "số ", "sđt:", ""])
)
def test_r_qna_22_no_number_of_somebody_passes_whatever_stands_between_its_digits(
    number, script, gaps, size, before
):
    text = f"Xin hỏi {before}{written(number, script, gaps, size)}, cảm ơn."
    doubted = [one for one in doubtful_in("text", text, ()) if one.kind in ("phone", "id_number")]
    found = "".join(one.text for one in doubted)
    assert sum(letter.isdigit() for letter in found) == len(number), text
    own = [SELF["full_name"], number]
    assert not any(letter.isdigit() for letter in masked(text, own)), "the own number goes wherever it stands"


@given(
    NUMBERS, st.lists(st.sampled_from(["", ".", "-", "/", "  ", "\n", "_", "·"]), min_size=12, max_size=12)
)
def test_r_qna_22_the_number_of_a_third_person_is_masked_too(number, gaps):
    text = f"CCCD{written(number, DIGITS[0], gaps, 3)}x"
    assert masked(text, ()) == f"CCCD{MASK}x"


@pytest.mark.parametrize(
    "said",
    [
        "Nguyễn.Thị.Ánh.Tuyết",
        "Nguyễn-Thị-Ánh-Tuyết",
        "Nguyễn_Thị/Ánh Tuyết",
        "Nguyễn&nbsp;Thị Ánh Tuyết",
        "NGUYEN THI ANH TUYET",
        "Nguyễn Thị Ánh Тuyết",
        "Ｎguyễn Thị Ánh Tuyết",
        "bàNguyễnThịÁnhTuyết",
        "Nguyễn\u200b Thị Ánh Tuy\u200bết",
        "Nguyê\u0303n Thi\u0323 A\u0301nh Tuyê\u0301t",
        "nguyen.tuyet (a) motcua.example",
        "nguyen.tuyet＠motcua.example",
        "nguyen.tuyet @ motcua.example",
        "nguyen.tuyet [at] motcua dot example",
        "số 12 phố Lê Lợi",
        "12, đường Lê Lợi",
        "000,190,000,077",
        "000190\n000077",
        "O912 345 678",
    ],
)
def test_r_qna_22_nothing_of_the_asker_passes_in_another_spelling(said: str) -> None:
    found = found_in("answer", f"Trả lời {said} như sau.", OWN)
    assert [one.kind for one in found] == ["own"]
    left = masked(f"Trả lời {said} như sau.", OWN)
    assert left.startswith("Trả lời ")
    assert left.endswith(f"{MASK} như sau.")


@pytest.mark.parametrize(
    "text",
    [
        "Theo Nghị định 61/2018/NĐ-CP ngày 23/04/2018, Quyết định 12345/2025/QĐ-UBND ngày 5/6/2025.",
        "Từ 01/01/2026 đến 31/12/2026, trong 15 ngày; các năm 2018, 2019, 2020.",
        "Phí 1.200.000.000 đồng, lệ phí 200.000.000 VND, tổng đài 1900 1000.",
        "Các Điều 12, 13, 14, 15, 16 và 17 của Luật.",
        "Hồ sơ H42.101-261116-0001, thủ tục 1.001193.000.00.00.H42.",
    ],
)
def test_numbers_of_nobody_stay(text: str) -> None:
    assert found_in("question", text, OWN) == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("Hộ chiếu B1234567", ["id_number"]),
        ("CCCD037084001234", ["id_number"]),
        ("someone＠motcua.example", ["email"]),
        ("0912345678-1 hoặc 0987,654,321", ["phone", "phone"]),
        ("037084001234, 0987654321, 037084001235", ["id_number", "phone", "id_number"]),
    ],
)
def test_what_has_the_form_of_a_persons_data_is_found(text: str, kinds: list[str]) -> None:
    assert [one.kind for one in found_in("text", text, ())] == kinds


def test_a_piece_is_cut_where_it_stands_not_wherever_it_is_repeated() -> None:
    text = "0912345678 và 0912345678@hoang-thi-lan.example"
    assert masked(text, ()) == f"{MASK} và {MASK}"
    assert masked("CCCD 037  084  001  234", ()) == f"CCCD {MASK}"


def test_the_last_words_of_a_name_and_pairs_of_digits_are_in_doubt() -> None:
    text = "Chào Ánh Tuyết, số 03, 70, 84, 00, 12, 34; ông:Lê.Văn.Khoa"
    assert [one.text for one in doubtful_in("answer", text, OWN)] == [
        "03, 70, 84, 00, 12, 34",
        "Lê.Văn.Khoa",
        "Ánh Tuyết",
    ]


def test_a_short_name_is_no_part_of_other_words() -> None:
    assert found_in("answer", "phạt lê anhthu", ["Lê Anh"]) == []
    assert [one.kind for one in found_in("answer", "ông Lê-Anh.", ["Lê Anh"])] == ["own"]


def test_erasure_reaches_whatever_is_kept_however_deep() -> None:
    kept = {"text": NAME, "citations": [{"title": f"Gửi {NAME}", "issuer": "-"}], "mended": {"text": NAME}}
    told = {**kept, "no_citation_reason": f"Của {NAME}", "full_name": NAME, "by": "0193"}
    left = without(told, OWN)
    assert NAME not in str({**left, "full_name": ""})
    assert left["full_name"] == NAME, "who answered is named like who asked"


@pytest.mark.parametrize(
    "piece",
    ["a", "0", "0 ", "1, ", "a@", "a.", "Nguyễn Thị ", "12 Lê ", "0912345678 ", "_-", "&nbsp;", "ông "],
)
def test_the_longest_text_is_looked_through_at_once_and_in_a_time_that_grows_with_it(piece: str) -> None:
    def took(letters: int) -> float:
        text = (piece * letters)[:letters]
        began = time.process_time()
        masked(text, OWN)
        doubtful_in("text", text, OWN)
        return time.process_time() - began

    took(100)
    assert took(20_000) < 1
    assert took(20_000) < 12 * max(took(5_000), 0.01)
