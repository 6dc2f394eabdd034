"""Every profile shows a province of its own: name, agency codes, places that exist, colours."""

import json

import pytest
import yaml
from catalog.adapters.demo_pack import read_demo_pack
from identity.main import demo_accounts
from regulation.units import communes
from suite.demo.example import example
from suite.run.places import checkout
from suite.run.provinces import STANDARD, province, provinces, retell

OTHERS = [name for name in provinces() if name != STANDARD]
THEMES = checkout() / "services/portal/portal/themes"


@pytest.mark.parametrize("profile", provinces())
def test_its_places_exist_in_the_national_list(profile: str) -> None:
    one = province(profile)
    found = {commune.code: commune.name for commune in communes(one["unit"])}
    assert found[one["ward"]["code"]] == f"Phường {one['ward']['name']}"
    assert {f"Xã {place['name']}" for place in one["communes"]} <= set(found.values())


@pytest.mark.parametrize("profile", provinces())
def test_it_has_its_own_title(profile: str) -> None:
    theme = yaml.safe_load((THEMES / f"{profile}.yaml").read_text("utf-8"))
    assert theme["names"]["vi"] == f"Cổng Dịch vụ công tỉnh {province(profile)['name']}"


@pytest.mark.parametrize("profile", OTHERS)
def test_nothing_of_the_standard_province_is_left(profile: str) -> None:
    def told(text: str) -> str:
        return retell(text, profile)

    pack = read_demo_pack(told)
    seen = json.dumps([pack.directory, pack.procedures, demo_accounts(told)], default=str, ensure_ascii=False)
    seen += json.dumps(vars(example(profile)), ensure_ascii=False)
    for word in ("H42", "Ninh Bình", "Hoa Lư", "hoalu", "Gia Viễn", "Yên Mô", "ninhbinh", "14329"):
        assert word not in seen
    assert f"{province(profile)['code']}.101" in seen


def test_a_profile_without_a_province_shows_the_standard_one() -> None:
    assert province("national-2026") == province(STANDARD)
    assert retell("UBND phường Hoa Lư, H42.101", "national-2026") == "UBND phường Hoa Lư, H42.101"


def test_words_are_put_in_at_once_and_never_twice() -> None:
    assert retell("Hoa Lư, tỉnh Ninh Bình (H42)", "thai-nguyen") == "Phan Đình Phùng, tỉnh Thái Nguyên (H55)"


@pytest.mark.parametrize("profile", provinces())
def test_every_officer_of_the_demonstration_works_in_a_unit_that_has_a_name(profile: str) -> None:
    def told(text: str) -> str:
        return retell(text, profile)

    named = {
        (one["code"], unit)
        for one in read_demo_pack(told).directory["agencies"]
        for unit in one.get("units", {})
    }
    works = {(one["agency"], one["unit"]) for one in demo_accounts(told) if one["kind"] == "officer"}
    assert works - named == set()
