"""Headings of papers as a table: one agency has one heading, whichever service prints it."""

import pytest
from regulation.letterhead import full_name, is_council, issuer_lines, place_of, superior_line

PROVINCE = "UBND tỉnh Ninh Bình"


@pytest.mark.parametrize(
    ("agency", "superior", "place", "above"),
    [
        ("UBND phường Hoa Lư", PROVINCE, "Hoa Lư", ""),
        ("UBND xã Yên Mô", None, "Yên Mô", ""),
        ("Ủy ban nhân dân Hoa Lư", None, "Hoa Lư", ""),
        (PROVINCE, None, "Ninh Bình", ""),
        ("Sở Tư pháp", PROVINCE, "Ninh Bình", PROVINCE),
        ("Sở Tư pháp", "Ủy ban nhân dân tỉnh Ninh Bình", "Ninh Bình", PROVINCE),
        ("Sở Tư pháp", None, "", ""),
        ("Bảo hiểm xã hội tỉnh Ninh Bình", None, "Ninh Bình", ""),
        ("Trung tâm Phục vụ hành chính công phường Hoa Lư", PROVINCE, "Hoa Lư", PROVINCE),
        ("Phòng Lao động - Thương binh và Xã hội", "UBND PHƯỜNG HOA LƯ", "HOA LƯ", "UBND PHƯỜNG HOA LƯ"),
    ],
)
def test_r_prc_11_place_and_body_above_in_a_heading(agency, superior, place, above):
    assert (place_of(agency, superior), superior_line(agency, superior)) == (place, above)


def test_r_prc_11_the_name_in_a_heading():
    assert (full_name("UBND phường Hoa Lư"), full_name("Sở Tư pháp")) == (
        "Ủy ban nhân dân phường Hoa Lư",
        "Sở Tư pháp",
    )
    assert issuer_lines("UBND phường Hoa Lư") == ["Ủy ban nhân dân", "phường Hoa Lư"]
    assert issuer_lines("Sở Tư pháp") == ["Sở Tư pháp"]
    assert [is_council(name) for name in ("uỷ ban nhân dân xã A", "UBNDX")] == [True, False]
