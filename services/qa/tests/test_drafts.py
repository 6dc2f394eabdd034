"""Drafts between author and leader: mended, taken back, kept while typing; and texts suggested for them."""

import pytest
from qa_stage import ANSWER, CITATION, LEADER, TEXT

MENDED = ANSWER + " Không phải nộp lệ phí."


def told(text=MENDED, **changes):
    """Return what a mended draft says."""
    return {"text": text, "citations": [CITATION], "no_citation_reason": "", **changes}


async def test_r_qna_20_a_leader_mends_a_draft_and_both_versions_stand(stage):
    number = (await stage.drafted())["number"]
    assert "draft-mending" in (await stage.seen("signer", number))["actions"]
    after = await stage.does("signer", number, "draft-mending", **told())
    assert (after["state"], after["draft"]["text"], after["draft"]["by_name"]) == ("drafted", MENDED, "owner")
    assert after["draft"]["mended"]["by_name"] == "signer"
    assert [(one["text"], one["by_name"]) for one in after["mended_drafts"]] == [(ANSWER, "owner")]
    assert after["history"][-1]["deed"] == "draft_mended"
    twice = await stage.does("head", number, "draft-mending", **told(ANSWER + " Nộp tại xã."))
    assert [one["text"] for one in twice["mended_drafts"]] == [ANSWER, MENDED]
    released = await stage.does("head", number, "release", **LEADER)
    assert released["answer"]["text"] == ANSWER + " Nộp tại xã."
    assert len(released["mended_drafts"]) == 2


async def test_r_qna_20_what_was_not_changed_is_not_mended_and_nobody_else_mends(stage):
    number = (await stage.drafted())["number"]
    same = await stage.tries("signer", number, "draft-mending", **told(ANSWER))
    assert (same.status_code, same.json()["code"]) == (422, "draft-not-mended")
    for who in ("owner", "centre", "other"):
        assert (await stage.tries(who, number, "draft-mending", **told())).status_code in (403, 404)
    bare = await stage.tries("signer", number, "draft-mending", **told(citations=[]))
    assert bare.json()["code"] == "citations-missing"
    stale = await stage.tries("signer", number, "draft-mending", **told(), version=1)
    assert stale.status_code == 409


async def test_r_qna_20_whoever_submitted_a_draft_takes_it_back_and_nobody_else(stage):
    number = (await stage.drafted())["number"]
    assert "draft-withdrawal" in (await stage.seen("owner", number))["actions"]
    assert "draft-withdrawal" not in (await stage.seen("head", number))["actions"]
    other = await stage.tries("head", number, "draft-withdrawal")
    assert (other.status_code, other.json()["code"]) == (403, "draft-of-another")
    await stage.does("signer", number, "draft-mending", **told())
    back = await stage.does("owner", number, "draft-withdrawal")
    assert (back["state"], back["draft"]["text"], back["draft"]["mended"]) == ("forwarded", MENDED, None)
    assert (back["draft"]["sent_back"], back["history"][-1]["deed"]) == (None, "draft_withdrawn")
    gone = await stage.tries("signer", number, "release", **LEADER)
    assert gone.json()["code"] == "question-action-not-allowed"
    again = await stage.does("owner", number, "draft", **told(MENDED + " Nộp tại xã."), submit=True)
    assert again["state"] == "drafted"


async def test_a_draft_kept_while_typing_is_one_line_until_somebody_else_acts(stage):
    number = (await stage.forwarded())["number"]

    async def lines():
        history = (await stage.seen("owner", number))["history"]
        return [one["deed"] for one in history if one["deed"] != "asked"]

    for minute in (1, 2, 3):
        stage.at(f"2026-11-16T02:0{minute}:00+00:00")
        kept = await stage.does("owner", number, "draft", **told(f"{ANSWER} {minute}"), submit=False)
        assert kept["draft"]["at"].startswith(f"2026-11-16T02:0{minute}")
    assert await lines() == ["forwarded", "draft_saved"]
    stage.at("2026-11-16T02:04:00+00:00")
    await stage.does("head", number, "draft", **told(f"{ANSWER} 4"), submit=False)
    await stage.does("head", number, "draft", **told(f"{ANSWER} 5"), submit=True)
    stage.at("2026-11-16T02:06:00+00:00")
    await stage.does("signer", number, "draft-return", reason="Nêu rõ nơi nộp.")
    for minute in (7, 8):
        stage.at(f"2026-11-16T02:0{minute}:00+00:00")
        await stage.does("head", number, "draft", **told(f"{ANSWER} {minute}"), submit=False)
    after = ["draft_saved", "submitted", "sent_back", "draft_saved"]
    assert await lines() == ["forwarded", "draft_saved", *after]


async def test_r_qna_17_texts_cited_about_the_same_procedure_are_suggested_first(stage):
    def law(number):
        return {**CITATION, "number": number, "title": f"Luật {number}"}

    for place, (topic, procedure, number) in enumerate(
        (
            ("policies", None, "1/2026/QH16"),
            ("policies", None, "1/2026/QH16"),
            ("legal_rules", None, "2/2026/QH16"),
            ("policies", "1.001193", "3/2026/QH16"),
        )
    ):
        asked = await stage.forwarded(topic=topic, procedure=procedure, text=f"{TEXT} Lần {place}.")
        await stage.does("owner", asked["number"], "draft", text=ANSWER, citations=[law(number)], submit=True)
        await stage.does("signer", asked["number"], "release", **LEADER)
    asked = await stage.forwarded(procedure="1.001193", text=f"{TEXT} Câu mới.")
    place = f"/questions/{asked['number']}/citations"
    found = (await stage.send("owner", "GET", place)).json()
    assert [(one["number"][0], one["near"], one["used"]) for one in found] == [
        ("3", "procedure", 1),
        ("2", "topic", 1),
        ("1", "other", 2),
    ]
    narrowed = (await stage.send("signer", "GET", f"{place}?q=1/2026")).json()
    assert [one["number"] for one in narrowed] == ["1/2026/QH16"]
    assert (await stage.send("other", "GET", place)).status_code == 404


@pytest.mark.parametrize(("who", "by"), [("nobody", "email"), ("asker", "account")])
async def test_r_qna_25_who_follows_is_told_how_it_hears(stage, who, by):
    asked = await stage.asked(who)
    followed = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
    assert followed["told_by"] == by


class TestTelephoneAlone:
    """A province where a telephone number is enough."""

    @pytest.fixture
    def profile(self):
        return "quang-tri"

    async def test_r_qna_25_who_leaves_a_telephone_alone_hears_by_nothing_but_the_link(self, stage):
        values = {"name": "Nguyễn Thị Ánh", "reply_phone": "0912345678"}
        asked = await stage.asked(values=values)
        followed = (await stage.send("nobody", "POST", "/follow-ups", {"key": asked["key"]})).json()
        assert followed["told_by"] == "link"
