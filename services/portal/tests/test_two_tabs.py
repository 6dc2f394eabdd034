"""One page of a draft open twice: a tab changes what was typed in it; a clash is told with both values."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from portal.domain.rivals import Merged, merge
from portal_stage.fakes import Asked
from portal_stage.samples import DRAFT, sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
PAGE, AUTOSAVE = f"/ban-nhap/{DRAFT}/khai/requester", f"/ban-nhap/{DRAFT}/tu-luu/requester"
DRAFTS = f"/api/intake/drafts/{DRAFT}"
SHOWN = re.compile(r'name="shown" value="([^"]+)"')


@pytest.mark.parametrize(
    ("shown", "typed", "kept", "merged"),
    [
        ({"a": "1"}, {"a": "1"}, {"a": "2"}, Merged({}, {})),
        ({"a": "1"}, {"a": "3"}, {"a": "1"}, Merged({"a": "3"}, {})),
        ({"a": "1"}, {"a": "3"}, {"a": "2"}, Merged({}, {"a": "3"})),
        ({"a": "1"}, {"a": "2"}, {"a": "2"}, Merged({"a": "2"}, {})),
        ({"a": None}, {"a": "3"}, {}, Merged({"a": "3"}, {})),
        ({"a": "1"}, {"a": None}, {}, Merged({"a": None}, {})),
        ({"a": "1"}, {"a": None}, {"a": "2"}, Merged({}, {"a": None})),
        ({}, {"a": "3"}, {"a": "2"}, Merged({}, {"a": "3"})),
        ({"a": {"x": 1}}, {"a": {"x": 1}, "b": "2"}, {"a": {"x": 9}}, Merged({"b": "2"}, {})),
    ],
)
def test_each_answer_is_settled_by_what_was_shown_typed_and_kept(
    shown: Any, typed: Any, kept: Any, merged: Merged
) -> None:
    assert merge(shown, typed, kept) == merged


@pytest.mark.parametrize(
    ("typed", "kept", "merged"),
    [
        ("account", None, Merged({"a": "account"}, {})),
        ("account", "account", Merged({}, {})),
        ("account", "other tab", Merged({}, {})),
        ("mine", None, Merged({"a": "mine"}, {})),
        ("mine", "account", Merged({"a": "mine"}, {})),
        ("mine", "other tab", Merged({}, {"a": "mine"})),
    ],
)
def test_what_the_account_offered_is_nobodys_word_until_it_is_kept(
    typed: str, kept: str | None, merged: Merged
) -> None:
    assert merge({"a": None}, {"a": typed}, {"a": kept}, {"a": "account"}) == merged


async def two_tabs(browse: Browse) -> tuple[Visitor, dict[str, str], dict[str, Any]]:
    """Open a page of a draft that remembers, and give the fields of its form and the answers kept."""
    citizen = await browse().sign_in()
    answers: dict[str, Any] = sample("draft")["answers"]

    def keep(asked: Asked) -> Any:
        answers.update(asked.body.get("values") or asked.body.get("answers") or {})
        return sample("draft", answers=answers, problems=[])

    citizen.fake.answers[f"GET {DRAFTS}"] = lambda _: sample("draft", answers=answers)
    citizen.fake.answers[f"PUT {DRAFTS}/pages/*"] = keep
    citizen.fake.answers[f"PATCH {DRAFTS}"] = keep
    page = (await citizen.get(PAGE)).text
    boxes = dict(re.findall(r'<input[^>]* name="(requester_\w+)"[^>]* value="([^"]*)"', page))
    shown = SHOWN.search(page)
    assert shown is not None
    return citizen, {**boxes, "shown": shown[1]}, answers


async def test_an_older_tab_does_not_revert_what_a_newer_one_saved(browse: Browse) -> None:
    citizen, tab, answers = await two_tabs(browse)
    await citizen.post(PAGE, PAGE, {**tab, "requester_email": "moi@motcua.example"})
    older = await citizen.post(PAGE, PAGE, {**tab, "requester_phone": "0987654321"})
    assert older.status_code == 303
    assert answers["requester_email"] == "moi@motcua.example"
    assert answers["requester_phone"].endswith("987654321")


async def test_the_same_answer_given_twice_is_told_with_both_values_and_the_second_save_holds(
    browse: Browse,
) -> None:
    citizen, tab, answers = await two_tabs(browse)
    await citizen.post(PAGE, PAGE, {**tab, "requester_email": "mot@motcua.example"})
    clash = await citizen.post(PAGE, PAGE, {**tab, "requester_email": "hai@motcua.example"})
    assert clash.status_code == 422
    assert answers["requester_email"] == "mot@motcua.example"
    assert 'href="#requester_email">Một trang khác vừa lưu “mot@motcua.example”' in clash.text
    assert 'value="hai@motcua.example"' in clash.text
    seen = SHOWN.search(clash.text)
    assert seen is not None
    again = {**tab, "shown": seen[1], "requester_email": "hai@motcua.example"}
    assert (await citizen.post(PAGE, PAGE, again)).status_code == 303
    assert answers["requester_email"] == "hai@motcua.example"


async def test_typing_on_after_an_autosave_of_the_same_tab_is_no_clash(browse: Browse) -> None:
    citizen, tab, answers = await two_tabs(browse)
    saved = await citizen.post(PAGE, AUTOSAVE, {**tab, "requester_email": "n@motcua.example"})
    assert "Đã lưu lúc" in saved.text
    seen = SHOWN.search(saved.text)
    assert seen is not None
    sent = await citizen.post(PAGE, PAGE, {**tab, "shown": seen[1], "requester_email": "nam@motcua.example"})
    assert sent.status_code == 303
    assert answers["requester_email"] == "nam@motcua.example"


async def test_an_autosave_never_writes_over_another_tab(browse: Browse) -> None:
    citizen, tab, answers = await two_tabs(browse)
    await citizen.post(PAGE, PAGE, {**tab, "requester_email": "mot@motcua.example"})
    told = await citizen.post(PAGE, AUTOSAVE, {**tab, "requester_email": "hai@motcua.example"})
    assert "vừa được sửa ở một trang khác" in told.text
    assert answers["requester_email"] == "mot@motcua.example"


async def test_a_note_that_is_not_ours_changes_nothing_about_saving(browse: Browse) -> None:
    citizen, tab, answers = await two_tabs(browse)
    sent = await citizen.post(PAGE, PAGE, {**tab, "shown": "forged", "requester_email": "x@motcua.example"})
    assert sent.status_code in (303, 422)
    assert "@motcua.example" in answers["requester_email"]
