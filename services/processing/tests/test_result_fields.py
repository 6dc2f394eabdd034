"""The lines of a result are an e-form: typed, checked before a proposal, and printed as they are stored."""

import io
from datetime import date

import pytest
from common.errors import InvalidInputError
from eforms import read_form
from procedures import Procedure
from processing.adapters.typst_printer import TypstPrinter
from processing.domain.decision import Proposal, check_proposal
from processing.domain.document import PaperFacts, compose
from processing.domain.outcomes import Outcome
from pypdf import PdfReader
from suite.check.shapes import fact

TODAY = date(2026, 11, 26)
RESULT = {
    "child_name": "Nguyễn Minh Anh",
    "child_born_on": "2026-11-15",
    "child_sex": "female",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "Bệnh viện Sản nhi Ninh Bình",
    "child_home_town": "Gia Viễn, Ninh Bình",
    "mother_name": "Nguyễn Thị Ánh",
}
OWN = TypstPrinter().definition("birth_certificate")
FORM = read_form(OWN)


def proposed(outcome=Outcome.GRANT, **changes):
    reasons = ("Hồ sơ không đúng.", "Điều 16 Luật Hộ tịch") if outcome is Outcome.REJECT else (None, None)
    return check_proposal(Proposal(outcome, {**RESULT, **changes}, *reasons), FORM, TODAY)


@pytest.mark.parametrize(
    ("line", "typed", "field", "rule"),
    [
        ("child_id", "Ninh Bình", "content.child_id", "identity-number"),
        ("child_id", "123456789", "content.child_id", "identity-number"),
        ("requester_id", "Ninh Bình", "content.requester_id", "identity-number"),
        ("child_name", "Nguyễn Văn 2", "content.child_name", "letters"),
        ("child_sex", "khác", "content.child_sex", "enum"),
        (
            "child_born_on",
            {"day": "31", "month": "2", "year": "2026"},
            "content.child_born_on.day",
            "no-such-day",
        ),
        ("child_born_on", "2026-11-27", "content.child_born_on", "past"),
        ("mother_born_on", "2020", "content.mother_born_on", "block"),
        ("child_name", "", "content.child_name", "required"),
    ],
)
def test_p2_a_line_that_is_no_answer_of_its_kind_stops_the_proposal(line, typed, field, rule):
    with pytest.raises(InvalidInputError) as refused:
        proposed(**{line: typed})
    assert (field, rule) in [(problem.field, problem.rule) for problem in refused.value.problems()]


def test_p2_the_lines_are_kept_in_their_stored_form():
    kept = proposed(
        mother_name="H’Hen Niê", mother_born_on={"year": "1996"}, child_id="037 126 000 001"
    ).content
    assert (kept["mother_name"], kept["mother_born_on"], kept["child_id"]) == (
        "H'Hen Niê",
        "1996",
        "037126000001",
    )


def test_a_rejection_needs_no_lines():
    assert proposed(Outcome.REJECT, child_id="").content["child_name"] == RESULT["child_name"]


def test_t5_a_partial_date_is_printed_as_it_is_known(published):
    facts = PaperFacts(
        code="H42.101-261126-0001",
        procedure_name="Đăng ký khai sinh",
        outcome=Outcome.GRANT,
        template="birth_certificate",
        issuer="UBND phường Hoa Lư",
        superior=None,
        number="1",
        day=TODAY,
        content=proposed(mother_born_on="1996", father_born_on="1994-07").content,
        reasons=None,
        legal_basis=None,
        signer_name="Phạm Thị Lan",
        signer_roles=(),
        verification_code="",
        verification_url="",
        published=Procedure.model_validate(fact("catalog.procedure_published.v1", published())),
    )
    values = compose(facts, OWN, "Giấy khai sinh")["values"]
    assert (values["mother_born_on"], values["father_born_on"]) == ("1996", "07/1994")
    assert (values["child_born_on"], values["child_sex"]) == ("15/11/2026", "Nữ")


async def test_p2_the_service_refuses_an_identity_number_that_is_none(stage):
    await stage.act("an", "claim")
    answer = await stage.propose(content={**RESULT, "child_id": "Ninh Bình"})
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == ["content.child_id"]


PERMIT = {
    "data": {"required": ["floor_area"], "properties": {"floor_area": {"type": "number", "maximum": 5000}}},
    "pages": [
        {
            "id": "permit",
            "title": {"vi": "Giấy phép", "en": "Permit"},
            "fields": [
                {
                    "name": "floor_area",
                    "widget": "number",
                    "decimals": 2,
                    "unit": "m²",
                    "label": {"vi": "Tổng diện tích sàn", "en": "Floor area"},
                }
            ],
        }
    ],
}


async def test_p2_the_lines_of_a_result_are_published_with_the_procedure(stage, published):
    version = published(version=2, result={"name": "Giấy phép", "template": "result", "form": PERMIT})
    await stage.hear("catalog.procedure_published.v1", version)
    code = "H42.101-261207-0002"
    await stage.accept(code, procedure_version=2)
    await stage.act("an", "claim", code)
    shown = (await stage.get("an", f"/dossiers/{code}")).json()
    assert shown["result_form"] == PERMIT
    for typed, rule in (("nhiều", "number"), ("9.000", "maximum")):
        refused = await stage.propose(code=code, content={"floor_area": typed})
        assert [(e["field"], e["rule"]) for e in refused.json()["errors"]] == [("content.floor_area", rule)]
    proposed = (await stage.propose(code=code, content={"floor_area": "120,5"})).json()
    assert proposed["proposal"]["content"] == {"floor_area": 120.5}
    draft = await stage.get("lan", f"/dossiers/{code}/draft-document")
    text = " ".join(PdfReader(io.BytesIO(draft.content)).pages[0].extract_text().split())
    assert "Tổng diện tích sàn: 120,5 m²" in text
