"""What the desk issues is signed by its agency where the profile says so, anybody can check it, or it is not issued."""

import pytest

PROFILES = ("ninh-binh", "thai-nguyen", "binh-dinh", "quang-tri", "ha-nam")
ASKED = {"component": "giay-chung-sinh", "note": "Chụp lại"}


async def issued(stage, kind, agency):
    """Let the desk of an agency try to issue one of its papers; return (code, answer)."""
    desk, source = stage.desk(agency), stage.means.rules.component_sources[0]
    code = await stage.dossier(agency=agency, source=source)
    verdict = {"giay_chung_sinh": "wrong"} if kind == "supplement" else {}
    assert (await stage.judged(code, desk, **verdict)).status_code == 200
    action, body = {
        "receipt": ("acceptance", {}),
        "supplement": ("supplement-requests", {"reason": "Mờ", "guidance": "Nộp lại", "items": [ASKED]}),
        "refusal": ("refusal", {"reason": "Không đủ điều kiện", "legal_basis": "Điều 1"}),
    }[kind]
    return code, await stage.act(code, action, desk, **body)


async def printed(stage, code, kind):
    await stage.paper(code, kind)
    return next(one for one in (await stage.read(code))["documents"] if one["kind"] == kind)


@pytest.mark.parametrize("kind", ["receipt", "supplement", "refusal"])
@pytest.mark.parametrize("profile", PROFILES)
async def test_r_int_08_the_desks_papers_are_signed_where_the_profile_says_so_and_the_user_can_check_them(
    make_stage, profile, kind
):
    stage = await make_stage(profile)
    code, answer = await issued(stage, kind, stage.HOA_LU)
    assert answer.status_code == 200, answer.text
    paper = await printed(stage, code, kind)
    assert paper["signed"] is (profile == "thai-nguyen")
    if paper["signed"]:
        told = (await stage.get(f"verifications/{paper['verification_code']}")).json()
        assert (told["valid"], told["document_kind"], told["dossier_code"]) == (True, kind, code)
        assert told["signer"] == told["agency_name"] == "UBND phường Hoa Lư"


@pytest.mark.parametrize("kind", ["receipt", "supplement", "refusal"])
@pytest.mark.parametrize("profile", ["thai-nguyen", "ninh-binh"])
async def test_r_int_08_where_nothing_can_sign_an_unsigned_paper_is_issued_only_where_that_is_allowed(
    make_stage, profile, kind
):
    stage = await make_stage(profile, signing_demonstration=False)
    code, answer = await issued(stage, kind, stage.GIA_VIEN)
    if profile == "ninh-binh":
        assert answer.status_code == 200, answer.text
        assert (await printed(stage, code, kind))["signed"] is False
    else:
        assert (answer.status_code, answer.json()["code"]) == (503, "signing-impossible")
        seen = await stage.read(code)
        assert (seen["state"], [one["kind"] for one in seen["documents"]]) == ("submitted", ["confirmation"])


async def test_r_int_08_a_changed_paper_is_told_to_whoever_checks_it(make_stage):
    stage = await make_stage("thai-nguyen")
    code, _ = await issued(stage, "receipt", stage.HOA_LU)
    number = (await printed(stage, code, "receipt"))["verification_code"]
    stored = await stage.means.files.put(stage.pdf())
    pool = await stage.database.pool()
    await pool.execute("update document set sha256 = $1 where verification_code = $2", stored.sha256, number)
    told = (await stage.get(f"verifications/{number}")).json()
    assert (told["valid"], told["problem"]) == (False, "unsigned")
