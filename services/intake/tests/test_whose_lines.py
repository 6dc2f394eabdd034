"""An inspector who asks the access log about a person finds who looked at the dossiers that name her."""

from typing import Any

import pytest
from suite.testing import officer


async def found(stage: Any, person: str, **reach: str) -> list[tuple[str, str]]:
    who = officer(
        "auditor", subject="inspector", unit=None, **{"agency": "H42", "scope": "province", **reach}
    )
    told = {"purpose": "Kiểm tra theo QĐ 12", "person": person, "deed": "view"}
    answer = await stage.get("access-lines", who, **told)
    assert answer.status_code == 200, answer.text
    return [(item["actor"], item["subject"]) for item in answer.json()["items"]]


@pytest.mark.parametrize("person", ["037090001234", "0912 345 678", "Anh@example.org", "nguyen thi anh"])
async def test_r_sec_22_who_looked_at_a_persons_dossier_is_found_by_the_person(
    stage: Any, person: str
) -> None:
    code = await stage.dossier()
    dossier = await stage.read(code, stage.desk(subject="looked"))
    [file] = [file for part in dossier["components"] for file in part["files"]]
    await stage.get(f"dossiers/{code}/files/{file['id']}", stage.desk(subject="took"), unscanned="open")
    lines = await found(stage, person)
    assert ("looked", code) in lines
    assert ("took", f"{code}/{file['id']}") in lines
    assert code not in {subject for _, subject in await found(stage, "037090009999")}
    assert ("looked", code) in await found(stage, person, agency=stage.HOA_LU, scope="agency")
    elsewhere = await found(stage, person, agency=stage.GIA_VIEN, scope="agency")
    assert code not in {subject.split("/")[0] for _, subject in elsewhere}
