"""Who looked at a person is asked of every log, by the keys of what is hers, and of agencies' own instances too."""

import json
from collections.abc import Callable
from pathlib import Path

from portal.domain.access_search import LOGS
from portal_stage.fakes import problem
from portal_stage.logged import LINE, page
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAGE, WHY, NUMBER = "/can-bo/nhat-ky-truy-cap", "Kiểm tra theo QĐ 12", "037090001234"
ACCOUNT, CODE, ASKED = "0193a1b2-0000-7000-8000-0000000000c1", "H42.101-261121-0001", "HD-2026-000001"
NOTE = "chỉ Tài khoản, Tiếp nhận, Hỏi đáp và Sổ theo dõi được tìm theo người"


def known(visitor: Visitor) -> None:
    """Let each service that knows people tell one key of what is hers, to whom sees the whole province."""
    keys = {"identity": [ACCOUNT], "intake": [CODE], "qa": [ASKED]}
    for service in LOGS:
        told = page(keys=keys.get(service, []), reach="province")
        visitor.fake.answers[f"GET /api/{service}/access-lines"] = told


def about(visitor: Visitor, service: str) -> str:
    return visitor.fake.calls("GET", f"/api/{service}/access-lines")[-1].query.get("about", "")


async def test_r_sec_22_what_is_hers_is_asked_of_services_that_know_nobody_by_name(browse: Browse) -> None:
    visitor = await browse().sign_in("auditor")
    known(visitor)
    shown = (await visitor.post(PAGE, PAGE, {"purpose": WHY, "person": NUMBER})).text
    hers = f"{ACCOUNT},{CODE},{ASKED}"
    assert {one: about(visitor, one) for one in LOGS} == {
        **dict.fromkeys(LOGS, hers),
        "identity": "",
        "intake": ACCOUNT,
        "qa": ACCOUNT,
    }
    assert NOTE not in shown
    csv = {"purpose": WHY, "person": NUMBER, "about": hers, "where": "notify"}
    await visitor.post(PAGE, f"{PAGE}/tai-ve", csv)
    assert visitor.fake.calls("GET", "/api/notify/access-lines.csv")[-1].query["about"] == hers


async def test_r_sec_22_one_part_of_the_system_is_searched_by_what_the_others_know(browse: Browse) -> None:
    visitor = await browse().sign_in("auditor")
    known(visitor)
    visitor.fake.answers["GET /api/processing/access-lines"] = page(
        {**LINE, "subject": CODE}, total=30, next="older"
    )
    typed = {"purpose": WHY, "person": NUMBER, "where": "processing", "route": "dossiers"}
    shown = (await visitor.post(PAGE, PAGE, typed)).text
    [asked] = visitor.fake.calls("GET", "/api/processing/access-lines")
    assert (asked.query["about"], asked.query["route"]) == (f"{ACCOUNT},{CODE},{ASKED}", "dossiers")
    assert 'id="log-processing"' in shown
    assert 'id="log-intake"' not in shown
    assert f'name="about" value="{ACCOUNT},{CODE},{ASKED}"' in shown
    visitor.fake.answers["GET /api/qa/access-lines"] = problem(503, "unavailable", "Bận.")
    assert "Chưa hỏi được: Hỏi đáp, phản ánh." in (await visitor.post(PAGE, PAGE, typed)).text


async def test_r_acc_18_who_sees_a_part_is_told_where_nobody_is_found_by_name(browse: Browse) -> None:
    visitor = await browse().sign_in("auditor")
    assert NOTE in (await visitor.post(PAGE, PAGE, {"purpose": WHY, "person": NUMBER})).text
    assert NOTE not in (await visitor.post(PAGE, PAGE, {"purpose": WHY})).text


async def test_r_sec_22_an_agencys_own_instance_is_asked_or_named_as_not_asked(
    browse: Browse, tmp_path: Path
) -> None:
    told = [
        {"prefix": "/api/processing/agencies/H42.101", "upstream": "services.example:80"},
        {"prefix": "/api/qa/agencies/H42.15", "upstream": "services.example:80"},
    ]
    (tmp_path / "gateway.json").write_text(json.dumps({"gateway_overrides": told}))
    visitor = await browse(gateway_file=tmp_path / "gateway.json").sign_in("auditor")
    root = "/api/processing/agencies/H42.101"
    visitor.fake.answers[f"GET {root}/access-lines"] = page(LINE)
    visitor.fake.answers["GET /api/qa/agencies/H42.15/access-lines"] = problem(503, "unavailable", "Bận.")
    shown = (await visitor.post(PAGE, PAGE, {"purpose": WHY})).text
    assert "Giải quyết hồ sơ (UBND phường Hoa Lư): 1 dòng" in shown
    assert "Chưa hỏi được: Hỏi đáp, phản ánh (" in shown
    only = await visitor.post(PAGE, PAGE, {"purpose": WHY, "where": "processing@H42.101"})
    assert 'id="log-processing@H42.101"' in only.text
    assert 'id="log-intake"' not in only.text
