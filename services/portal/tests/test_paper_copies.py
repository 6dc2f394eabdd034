"""The desk copies on paper what is electronic; nobody else is offered it, and what counts no more has no copy."""

from collections.abc import Callable

from portal_stage.samples import CODE, at, revoked
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
DESK, INTAKE = f"/can-bo/tiep-nhan/{CODE}", f"/api/intake/dossiers/{CODE}"


async def test_r_res_16_the_desk_prints_a_copy_of_a_paper_and_of_a_file(browse: Browse) -> None:
    clerk = await browse().sign_in("desk_officer")
    clerk.fake.answers[f"GET {INTAKE}"] = at("result_ready", "desk_officer", documents=revoked())
    page = (await clerk.get(DESK)).text
    assert f'href="{DESK}/van-ban/d-3/tai-ve?ban-giay=1"' in page
    assert f"{DESK}/van-ban/d-2/tai-ve?ban-giay=1" not in page, "what counts no more"
    answer = await clerk.get(f"{DESK}/van-ban/d-3/tai-ve?ban-giay=1")
    assert answer.headers["content-type"] == "application/pdf"
    assert clerk.fake.calls("GET", f"{INTAKE}/documents/d-3/paper-copy")
    assert clerk.fake.calls("GET", f"{INTAKE}/documents/d-3") == []


async def test_r_res_16_who_handles_a_dossier_or_owns_it_is_offered_no_copy(browse: Browse) -> None:
    for visitor, place in (
        (await browse().sign_in("specialist"), f"/can-bo/giai-quyet/{CODE}"),
        (await browse().sign_in(), f"/ho-so-cua-toi/{CODE}"),
    ):
        text = (await visitor.get(place)).text
        assert CODE in text
        assert "ban-giay" not in text
