"""Who looked at a dossier and why is written down, cannot be taken away, and only its owner reads it."""

from datetime import timedelta

import pytest
from common.ids import uuid7
from intake.domain.errors import ForeignDossierError
from regulation.roles import Right, who_may
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from suite.testing import citizen, officer
from suite.testing.rights import let_in


async def looks(stage, code, caller=None, **query):
    answer = await stage.get("looks", caller or stage.citizen, **query)
    assert answer.status_code == 200, answer.text
    return [row for row in answer.json()["items"] if row["code"] == code]


async def test_r_acc_24_an_officers_look_says_who_when_and_why(stage):
    code, officer_id = await stage.dossier(), str(uuid7())
    who = stage.desk(subject=officer_id)
    await stage.hear(
        "identity.officer_changed.v1",
        {"officer_id": officer_id, "display_name": "Đinh Thị Hoa"},
    )
    await stage.read(code, who)
    [row] = await looks(stage, code)
    assert row["officer"] == "Đinh Thị Hoa"
    assert (row["role_label"], row["agency_name"], row["unit"]) == (
        "Cán bộ một cửa",
        "UBND phường Hoa Lư",
        "mot-cua",
    )
    assert (row["part"], row["ground"]) == ("dossier", "desk")
    assert row["first_at"].startswith("2026-12-07T01:00")


async def test_r_acc_24_looks_of_one_hour_are_one_line_with_their_count(stage):
    code, started = await stage.dossier(), stage.now
    for minutes in (0, 10, 59, 60):
        stage.now = started + timedelta(minutes=minutes)
        await stage.read(code, stage.desk())
    stage.now = started
    found = await looks(stage, code)
    assert [row["count"] for row in found] == [1, 3]
    assert found[1]["first_at"][:16] == "2026-12-07T01:00"
    assert found[1]["last_at"][:16] == "2026-12-07T01:59"


async def test_r_acc_24_files_and_papers_opened_are_told_of_and_what_was_refused_is_not(stage):
    code = await stage.dossier()
    dossier = await stage.read(code)
    [paper] = [item for item in dossier["documents"] if item["kind"] == "confirmation"]
    [file] = [file for part in dossier["components"] for file in part["files"]]
    for path in (f"files/{file['id']}", f"files/{uuid7()}", f"documents/{uuid7()}"):
        answer = await stage.get(f"dossiers/{code}/{path}", stage.desk())
        assert answer.status_code in (404, 409, 422, 403), answer.status_code
    assert await looks(stage, code) == []
    assert (
        await stage.get(f"dossiers/{code}/files/{file['id']}", stage.desk(), unscanned="open")
    ).status_code == 200
    assert (await stage.get(f"dossiers/{code}/documents/{paper['id']}", stage.desk())).status_code == 200
    assert sorted((row["part"], row["count"]) for row in await looks(stage, code)) == [
        ("file", 1),
        ("paper", 1),
    ]


async def test_r_acc_24_the_desks_search_the_owner_and_a_stranger_leave_no_line(stage):
    code = await stage.dossier()
    await stage.read(code)
    assert (await stage.get("desk/dossiers", stage.desk(), q=code)).json()["items"]
    assert (await stage.get(f"dossiers/{code}", stage.desk(stage.GIA_VIEN))).status_code == 404
    assert await looks(stage, code) == []


async def test_r_acc_24_the_ground_is_the_work_the_officer_sees_it_by(stage):
    code = await stage.accepted()
    await stage.unit_tells(code, "in_process", 5)
    unit = {"unit": "tu-phap-ho-tich", "scope": "agency"}
    await stage.read(code, officer("specialist", agency=stage.HOA_LU, subject="sp-1", **unit))
    await stage.read(code, officer("auditor", agency="H42", unit=None, subject="au-1", scope="province"))
    found = {row["ground"]: row["role_label"] for row in await looks(stage, code)}
    assert found["handling"] == "Công chức chuyên môn"
    assert found["oversight"] == "Thanh tra, kiểm tra"


async def test_r_acc_24_a_look_in_processing_is_heard_of(stage):
    code = await stage.accepted()
    told = {
        "code": code,
        "part": "draft_decision",
        "officer_id": "o-1",
        "officer_agency": stage.HOA_LU,
        "officer_unit": "lanh-dao",
        "role": "signer",
        "ground": "handling",
    }
    for _ in range(2):
        await stage.hear("processing.dossier_looked_at.v1", told, agency=stage.HOA_LU)
    [row] = [row for row in await looks(stage, code) if row["part"] == "draft_decision"]
    assert (row["role_label"], row["count"], row["officer"]) == ("Lãnh đạo ký", 2, None)


async def test_s42_no_agency_tells_of_looks_at_another_agencys_dossier(stage):
    code = await stage.accepted()
    told = {"code": code, "part": "dossier", "officer_id": "FORGER", "officer_agency": stage.HOA_LU}
    told |= {"officer_unit": None, "role": "signer", "ground": "handling"}
    with pytest.raises(ForeignDossierError):
        await stage.hear("processing.dossier_looked_at.v1", told, agency=stage.GIA_VIEN)
    assert not [row for row in await looks(stage, code) if row["officer"] == "FORGER"]


async def test_s45_a_look_that_was_refused_is_written_down_as_refused(stage):
    code, stranger = await stage.dossier(), officer("desk_officer", agency=stage.GIA_VIEN)
    assert (await stage.get(f"dossiers/{code}", stranger)).status_code == 404
    async with stage.database.sessions() as session:
        asked = text("SELECT outcome FROM audit_line WHERE subject = :code AND actor = :by")
        found = (await session.execute(asked, {"code": code, "by": stranger.subject})).scalars().all()
    assert found == [404]


async def test_r_acc_24_only_applicants_read_and_only_of_their_own(stage):
    assert await let_in(stage.app, "GET", "/api/intake/looks") == who_may(Right.FOLLOW_DOSSIER)
    code = await stage.dossier()
    await stage.read(code, stage.desk())
    assert await looks(stage, code)
    assert await looks(stage, code, citizen(str(uuid7()))) == []


async def test_r_acc_24_looks_are_read_page_by_page_the_newest_first(stage):
    owner = citizen(str(uuid7()))
    code, started = await stage.dossier(caller=owner), stage.now
    for hour in range(3):
        stage.now = started + timedelta(hours=hour)
        await stage.read(code, stage.desk())
    stage.now, cursor, seen = started, None, []
    for _ in range(3):
        answer = await stage.get("looks", owner, limit=1, **({"cursor": cursor} if cursor else {}))
        [row] = answer.json()["items"]
        assert answer.json()["total"] == 3
        seen.append(row["first_at"][11:13])
        cursor = answer.json()["next"]
    assert (seen, cursor) == (["03", "02", "01"], None)
    assert (await stage.get("looks", owner, cursor="xx")).status_code == 422


@pytest.mark.parametrize(
    "deed",
    [
        "delete from look where dossier_code = :code",
        "update look set count = 1 where dossier_code = :code",
        "update look set officer_id = 'other', count = count + 1 where dossier_code = :code",
        "update look set agency = null, count = count + 1 where dossier_code = :code",
        "update look set last_at = first_at - interval '1 day', count = count + 1 where dossier_code = :code",
    ],
)
async def test_r_acc_24_nobody_takes_a_look_away(stage, deed):
    code = await stage.dossier()
    await stage.read(code, stage.desk())
    with pytest.raises(DBAPIError, match="forbidden"):
        async with stage.database.sessions.begin() as session:
            await session.execute(text(deed), {"code": code})
    assert len(await looks(stage, code)) == 1
