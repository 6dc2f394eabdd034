"""A form is filled in on the screen and printed, and the page says where it goes."""

from collections.abc import Callable

from portal_stage.samples import sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PLACE = "/thu-tuc/1.001193/dien-va-in"


async def test_r_sub_19_a_form_is_filled_in_printed_and_says_where_it_goes(browse: Browse) -> None:
    person = browse()
    form = sample("dossier")["procedure"]["eform"]["definition"]
    told = sample("procedure", online=False)
    told["content"]["eform"] = {"definition": form}
    person.fake.answers["GET /api/catalog/procedures/1.001193"] = told
    assert f'href="{PLACE}"' in (await person.get("/thu-tuc/1.001193")).text
    page = (await person.get(PLACE)).text
    assert 'name="requester_name"' in page
    assert 'name="child_name"' in page
    typed = {"requester_name": "Lê Thị Hương Giang", "child_name": "Lê An"}
    printed = await person.post(PLACE, PLACE, typed)
    assert printed.status_code == 200
    for words in (
        "Lê Thị Hương Giang",
        "Lê An",
        "chưa được nộp",
        "Nộp ở đâu",
        told["offers"][0]["agency_name"],
    ):
        assert words in printed.text, words
    again = await person.post(PLACE, PLACE, {**typed, "next": "edit"})
    assert 'value="Lê An"' in again.text
    assert person.fake.calls("POST", "/api/intake/drafts") == []


async def test_a_procedure_without_a_form_has_nothing_to_fill_in(browse: Browse) -> None:
    person = browse()
    told = sample("procedure")
    told["content"]["eform"] = None
    person.fake.answers["GET /api/catalog/procedures/1.001193"] = told
    assert (await person.get(PLACE)).status_code == 404
