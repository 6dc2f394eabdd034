"""The editor's routes over HTTP: rights, versions, idempotency, problems in two languages."""

import uuid
from typing import Any

import httpx
import pytest
from common.security import Caller
from fastapi import FastAPI
from suite.testing import citizen, client, officer

EDITOR = officer("catalogue_editor", agency="H42", scope="province", subject="bientap")
OPERATOR = officer("operator", agency="H42", subject="quantri")
AUDITOR = officer("auditor", agency="H42", scope="province", subject="thanhtra")
MARRIAGE = "1.000894"
FIELD = {"name": "Thủ tục mới", "field": "ho-tich", "levels": ["commune"]}


async def send(
    app: FastAPI, caller: Caller | None, method: str, path: str, body: Any = None, **options: Any
) -> httpx.Response:
    headers = {"Idempotency-Key": options.get("key") or str(uuid.uuid4())}
    async with client(app, caller, options.get("language", "vi")) as http:
        return await http.request(method, f"/api/catalog{path}", json=body, headers=headers)


@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("POST", f"/procedures/{MARRIAGE}/versions", {}),
        ("POST", f"/procedures/{MARRIAGE}/closure", {"decision_number": "1", "closed_from": "2027-01-01"}),
        ("GET", f"/procedures/{MARRIAGE}/history", None),
    ],
)
async def test_only_officers_with_the_role_may_edit(editable, method, path, body):
    assert (await send(editable, None, method, path, body)).status_code == 401
    assert (await send(editable, citizen(), method, path, body)).status_code == 403
    assert (await send(editable, officer("specialist"), method, path, body)).status_code == 403


async def test_a_draft_is_begun_edited_and_checked_but_not_shown(editable):
    begun = await send(editable, EDITOR, "POST", f"/procedures/{MARRIAGE}/versions", {})
    assert begun.status_code == 201
    number, content = begun.json()["version"], begun.json()["content"]
    body = {"content": {**content, "conditions": "Đủ tuổi"}, "version": begun.json()["row_version"]}
    edited = await send(editable, EDITOR, "PUT", f"/procedures/{MARRIAGE}/versions/{number}", body)
    assert edited.json()["content"]["conditions"] == "Đủ tuổi"
    again = await send(editable, EDITOR, "PUT", f"/procedures/{MARRIAGE}/versions/{number}", body)
    assert (again.status_code, again.json()["code"]) == (409, "stale-version")
    gaps = await send(editable, EDITOR, "GET", f"/procedures/{MARRIAGE}/versions/{number}/gaps")
    assert {"components", "limits.0", "forms"} <= {gap["field"] for gap in gaps.json()["items"]}
    shown = await send(editable, None, "GET", f"/procedures/{MARRIAGE}")
    assert (shown.json()["version"], shown.json()["state"]) == (1, "listed")
    assert (await send(editable, None, "GET", f"/procedures/{MARRIAGE}?version={number}")).status_code == 404


async def test_an_incomplete_publication_names_each_gap_in_the_callers_language(editable):
    begun = await send(editable, EDITOR, "POST", f"/procedures/{MARRIAGE}/versions", {})
    path = f"/procedures/{MARRIAGE}/versions/{begun.json()['version']}/publication"
    body = {"decision_number": "1/QĐ", "decision_on": "2026-11-01", "effective_on": "2026-11-01"}
    vi = await send(editable, EDITOR, "POST", path, body)
    en = await send(editable, EDITOR, "POST", path, body, language="en")
    assert (vi.status_code, vi.json()["code"]) == (422, "incomplete-version")
    assert "Thiếu thành phần hồ sơ." in {error["message"] for error in vi.json()["errors"]}
    assert "Missing: the components of the dossier." in {error["message"] for error in en.json()["errors"]}


async def test_the_same_key_makes_one_draft(editable):
    one = await send(editable, EDITOR, "POST", "/procedures/1.888888/versions", {"content": FIELD}, key="k1")
    two = await send(editable, EDITOR, "POST", "/procedures/1.888888/versions", {"content": FIELD}, key="k1")
    assert (one.status_code, two.json()["version"]) == (201, one.json()["version"])
    other = {"content": {**FIELD, "name": "Khác"}}
    three = await send(editable, EDITOR, "POST", "/procedures/1.888888/versions", other, key="k1")
    assert three.json()["code"] == "idempotency-key-reused"


async def test_an_unknown_field_of_work_is_named(editable):
    body = {"content": {**FIELD, "field": "khong-co"}}
    answer = await send(editable, EDITOR, "POST", "/procedures/1.777777/versions", body)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "unknown-field")


async def test_r_cat_01_the_directory_refuses_an_unknown_level_over_http(editable):
    body = {"code": "H42.104", "name": "UBND xã Thử", "level": "commune", "valid_from": "2026-01-01"}
    answer = await send(editable, OPERATOR, "POST", "/agencies", body)
    assert (answer.status_code, answer.json()["errors"][0]["rule"]) == (422, "unknown-level")
    assert (await send(editable, officer("specialist"), "POST", "/agencies", body)).status_code == 403


async def test_r_cat_17_the_history_is_visible_to_auditors(editable):
    closing = {"decision_number": "9/QĐ-UBND", "closed_from": "2026-11-20"}
    closed = await send(editable, EDITOR, "POST", f"/procedures/{MARRIAGE}/closure", closing)
    assert closed.json()["announced"] is True
    lines = (await send(editable, AUDITOR, "GET", f"/procedures/{MARRIAGE}/history")).json()["items"]
    assert [(line["action"], line["author"], line["decision"]) for line in lines] == [
        ("closed", "bientap", "9/QĐ-UBND"),
        ("imported", "national-import", "163/QĐ-BTP"),
    ]


async def test_r_cat_16_a_closed_procedure_leaves_search_at_once_but_its_page_stays(editable):
    found = await send(editable, None, "GET", "/procedures?q=đăng ký kết hôn")
    assert [item["code"] for item in found.json()["items"]] == [MARRIAGE]
    closing = {"decision_number": "9/QĐ-UBND", "closed_from": "2026-11-20"}
    await send(editable, EDITOR, "POST", f"/procedures/{MARRIAGE}/closure", closing)
    assert (await send(editable, None, "GET", "/procedures?q=đăng ký kết hôn")).json()["items"] == []
    page = (await send(editable, None, "GET", f"/procedures/{MARRIAGE}")).json()
    assert (page["state"], page["closed_from"], page["online"]) == ("repealed", "2026-11-20", False)


async def test_r_cat_12_a_form_is_stored_with_version_text_and_file(editable):
    data = {"id": "mau-thu", "name": "Mẫu thử", "issuing_text": "01/2026/TT", "effective_from": "2026-01-01"}
    async with client(editable, EDITOR) as http:
        stored = await http.post("/api/catalog/forms", data=data, files={"file": ("a.pdf", b"%PDF-1.7 mau")})
        wrong = await http.post("/api/catalog/forms", data=data, files={"file": ("a.exe", b"MZ\x90")})
        file = await http.get(stored.json()["href"])
    assert (stored.status_code, stored.json()["version"], stored.json()["issuing_text"]) == (
        201,
        1,
        "01/2026/TT",
    )
    assert file.content == b"%PDF-1.7 mau"
    assert (wrong.status_code, wrong.json()["errors"][0]["rule"]) == (422, "form-file")
