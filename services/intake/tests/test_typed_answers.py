"""What people type reaches the dossier in one stored form, and what cannot be true is refused at its question."""

import json

import pytest

WHERE = {"procedure_version": 1}


async def answer_of(stage, **changes):
    """Submit everything at once with some answers changed."""
    return await stage.submit(
        procedure_code=stage.PLAIN,
        agency=stage.HOA_LU,
        answers={**stage.ANSWERS, **changes},
        **WHERE,
    )


async def test_t1_t2_t7_t8_what_was_pasted_is_stored_in_one_form(stage):
    sent = await answer_of(
        stage,
        full_name="\u202aH’Hen\u00a0 Niê\u200b",
        id_number="037 090 001 234\ufeff",
        phone="+81 90–1234–5678",
        email="Mau@ThưĐiệnTử.vn",
        copies="2",
    )
    assert sent.status_code == 201, sent.text
    kept = (await stage.read(sent.json()["code"]))["answers"]
    assert [kept[name] for name in ("full_name", "id_number", "phone", "email", "copies")] == [
        "H'Hen Niê",
        "037090001234",
        "+819012345678",
        "mau@xn--thint-6ya62ii46m3ja.vn",
        2,
    ]


@pytest.mark.parametrize("words", ["H'Hen", "HHen", "h‘hen niê", "H`HEN"])
async def test_t1_any_spelling_of_a_name_finds_it_at_the_desk(stage, words):
    sent = await answer_of(stage, full_name="H’Hen Niê")
    found = (await stage.get("desk/dossiers", stage.desk(), q=words, limit=200)).json()["items"]
    assert sent.json()["code"] in {row["code"] for row in found}


async def test_t6_a_pasted_code_is_found(stage):
    code = (await answer_of(stage)).json()["code"]
    for pasted in (f"{code}.", code.replace("-", " "), code.replace("-", "–"), f"\u200b{code}\ufeff"):
        assert (await stage.get(f"tracking/{pasted}")).json()["code"] == code


@pytest.mark.parametrize(
    ("changes", "field", "rule"),
    [
        ({"child_name": "test@@@"}, "child_name", "letters"),
        ({"child_name": "<b>An</b>"}, "child_name", "letters"),
        ({"child_name": "Nguyễn Văn 2"}, "child_name", "letters"),
        ({"born_on": {"day": "29", "month": "2", "year": "2025"}}, "born_on.day", "no-such-day"),
        ({"born_on": {"day": "5", "month": "11", "year": "26"}}, "born_on.year", "year"),
        ({"born_on": "2030-02-31"}, "born_on.day", "no-such-day"),
        ({"born_on": "2030-01-01"}, "born_on", "past"),
        ({"copies": "1,250"}, "copies", "notation"),
    ],
)
async def test_t3_t4_t9_each_fault_is_told_by_its_own_rule(stage, changes, field, rule):
    refused = await answer_of(stage, **changes)
    assert refused.status_code == 422
    assert [(error["field"], error["rule"]) for error in refused.json()["errors"]] == [(field, rule)]


async def saved(stage, **changes):
    """Save answers as a program does that writes JSON as Python would: with NaN, and with half a character."""
    draft = await stage.draft(stage.PLAIN, stage.HOA_LU)
    body = json.dumps({"answers": changes, "version": draft["version"]})
    async with stage.client(stage.citizen) as web:
        headers = {"Content-Type": "application/json"}
        return await web.patch(f"/api/intake/drafts/{draft['id']}", content=body, headers=headers)


async def test_half_a_character_is_dropped_like_everything_that_cannot_be_seen(stage):
    answer = await saved(stage, full_name="Nguyễn \ud83d An")
    assert (answer.status_code, answer.json()["answers"]["full_name"]) == (200, "Nguyễn An")


@pytest.mark.parametrize("number", [float("nan"), float("-inf"), 2**60])
async def test_a_number_that_is_none_is_told_at_its_question(stage, number):
    answer = await saved(stage, copies=number)
    assert answer.status_code == 200, answer.text
    assert {problem["field"] for problem in answer.json()["problems"]} == {"copies"}


async def test_a_number_that_cannot_be_stored_is_refused(stage):
    assert (await saved(stage, copies=2**70)).json()["code"] == "unwritable"


@pytest.mark.parametrize(
    "odd",
    ["1e400", "9" * 400, "[" * 60 + "]" * 60, '{"a":' * 900 + "1" + "}" * 900, '"\\ud800"'],
    ids=lambda odd: odd[:9],
)
@pytest.mark.parametrize("question", ["copies", "full_name", "nobody_asks"])
async def test_json_that_python_reads_and_nothing_keeps_breaks_no_page(stage, question, odd):
    draft = await stage.draft(stage.PLAIN, stage.HOA_LU)
    body = f'{{"answers": {{"{question}": {odd}}}, "version": {draft["version"]}}}'
    async with stage.client(stage.citizen) as web:
        headers = {"Content-Type": "application/json"}
        sent = await web.patch(f"/api/intake/drafts/{draft['id']}", content=body, headers=headers)
        read = await web.get(f"/api/intake/drafts/{draft['id']}")
    assert sent.status_code in (200, 422), sent.text
    assert read.status_code == 200, read.text
