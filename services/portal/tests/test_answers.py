"""What the services answer in these tests is what they promise: a page that works here works there."""

import json

import pytest
from answers.intake import TrackingOut
from portal.adapters.rendering import Renderer, load_theme
from portal_stage.fakes import Asked, FakeServices, held
from portal_stage.samples import sample
from portal_stage.world import services
from starlette.responses import Response
from suite.check.shapes import NotPromisedError, answer_faults

AGENCIES = "/api/catalog/agencies/H42.101"


def recorded() -> list[tuple[str, str, object]]:
    """Return method, path and answer of everything the small province says by itself."""
    fixed = services().answers.items()
    keys = [(*key.split(" ", 1), answer) for key, answer in fixed if not isinstance(answer, Response)]
    return [one for one in keys if not callable(one[2]) and not one[1].endswith("*")]


@pytest.mark.parametrize(("method", "path", "answer"), recorded(), ids=lambda part: str(part)[:60])
def test_a_recorded_answer_has_the_names_and_types_of_its_contract(method, path, answer) -> None:
    assert answer_faults(method, path, json.loads(json.dumps(answer))) == []


@pytest.mark.parametrize(
    "changed", [{"invented": 1}, {"code": 5}, {"name": None}, {"level": ["commune"]}], ids=str
)
def test_an_answer_nobody_promises_stops_the_test_that_gives_it(changed) -> None:
    asked = Asked("GET", AGENCIES, {}, {}, None)
    good = sample("agencies")[0]
    assert held(asked, good) == good
    with pytest.raises(NotPromisedError, match=AGENCIES):
        held(asked, {**good, **changed})
    with pytest.raises(NotPromisedError, match="required"):
        held(asked, {name: value for name, value in good.items() if name != "version"})
    with pytest.raises(NotPromisedError, match="promises no"):
        FakeServices({"GET /api/catalog/nothing": good})._answer(
            Asked("GET", "/api/catalog/nothing", {}, {}, None)
        )


@pytest.mark.parametrize(
    "asked", ["found.due_words", "'x' if found.due_words", "'x' if found.due_words is defined"]
)
def test_a_page_cannot_ask_an_answer_for_what_nobody_promised(asked: str) -> None:
    found = TrackingOut.model_validate(sample("tracked"))
    page = Renderer(load_theme("ninh-binh"), ("vi",))._environment("vi", "", "citizen")
    assert page.from_string("{{ found.due_sentence }}").render(found=found) == found.due_sentence
    with pytest.raises(AttributeError, match="due_words"):
        page.from_string("{{ " + asked + " }}").render(found=found)
