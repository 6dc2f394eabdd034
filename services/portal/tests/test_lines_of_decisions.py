"""What a decision takes over from the application: every answer that belongs to the line, told whole."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from portal_stage.samples import AGENCY, CODE, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PLACE = {"province": "37", "commune": "14329", "detail": "Số 5, đường Tràng An"}
WHERE = "Số 5, đường Tràng An, Phường Hoa Lư, Tỉnh Ninh Bình"
HOSPITAL = "Bệnh viện Sản nhi Ninh Bình"


@pytest.mark.parametrize(
    ("answers", "line"),
    [
        ({"born_at_facility": True, "facility_name": HOSPITAL, "birth_place": PLACE}, f"{HOSPITAL}, {WHERE}"),
        ({"born_at_facility": False, "birth_place": PLACE}, WHERE),
        ({"born_at_facility": True, "facility_name": HOSPITAL}, HOSPITAL),
    ],
)
async def test_the_place_of_birth_names_hospital_and_address(
    browse: Browse, answers: dict[str, Any], line: str
) -> None:
    officer = await browse().sign_in("specialist")
    form = sample("handled")["result_form"]
    field = next(one for page in form["pages"] for one in page["fields"] if one["name"] == "birth_place")
    field["sources"] = ["facility_name", "birth_place"]
    officer.fake.answers[f"GET /api/processing/agencies/{AGENCY}/dossiers/{CODE}"] = sample(
        "handled", actions=["proposal"], result_form=form
    )
    procedure = sample("dossier")["procedure"] | {"eform": sample("draft")["eform"]}
    officer.fake.answers[f"GET /api/intake/dossiers/{CODE}"] = sample(
        "dossier", answers=answers, procedure=procedure
    )
    page = (await officer.get(f"/can-bo/giai-quyet/{CODE}/de-xuat")).text
    shown = re.search(r'<input[^>]*name="c-birth_place"[^>]*value="([^"]*)"', page)
    assert shown
    assert html.unescape(shown[1]) == line
