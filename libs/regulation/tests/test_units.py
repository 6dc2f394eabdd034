"""The administrative units: two tiers, each code once, each name whole."""

from regulation.units import communes, provinces, unit_name


def test_the_country_has_34_provinces_and_3321_communes_each_with_one_code() -> None:
    below = [commune for province in provinces() for commune in communes(province.code)]
    assert (len(provinces()), len(below)) == (34, 3321)
    assert len({unit.code for unit in (*provinces(), *below)}) == 34 + 3321


def test_a_code_is_told_by_its_full_name_and_an_unknown_one_as_it_stands() -> None:
    assert [unit_name(code) for code in ("37", "14329", "99999")] == [
        "Tỉnh Ninh Bình",
        "Phường Hoa Lư",
        "99999",
    ]
    assert communes("99") == ()
