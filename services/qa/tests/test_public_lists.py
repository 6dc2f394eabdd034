"""What everybody reads: lists by their indexes, a search that is never behind, a feed that says all of an answer."""

import asyncio
from base64 import b64encode
from xml.etree import ElementTree

import pytest
from common.cursors import write_cursor
from qa.queries import answer_index
from qa.queries.answers import decided_last, public_answers
from qa.queries.citations import cited_before
from qa.queries.feedback import public_results
from qa_stage import ANSWER, TEXT
from sqlalchemy import event
from suite.testing import officer

ATOM = "{http://www.w3.org/2005/Atom}"
GONE = "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
MANY = """insert into question (number, announced, state, key_hash, asker_kind, consent_name, topic, title,
    title_key, text, doubts, asked_at, agency, procedure, forwarded_at, returned_count, interim, answer, answered_at,
    closed_at, publication, published_no, line_count, version)
select 'HD-2026-' || lpad(g::text, 6, '0'), 1, 'answered', 'k' || g, 'individual', false, 'legal_rules',
    'Khai sinh', 'x', 'x', '[]', now(), 'H42.' || (100 + g % 50), '1.00' || (1000 + g % 90), now(), 0, '[]',
    '{"citations": []}', '2026-11-16'::timestamptz - g * interval '1 minute', now(),
    jsonb_build_object('state', case when g % 10 = 0 then 'published' else 'proposed' end,
        'title', 'Khai sinh ' || g, 'question', '', 'answer', 'Nộp tại xã.', 'with_name', false,
        'decided_at', '2026-11-16T00:00:00+00:00'),
    case when g % 10 = 0 then g end, 1, 1
from generate_series(1, $1::int) g"""
RESULTS = """insert into feedback (number, announced, state, key_hash, channel, came_at, category, title, text,
    involved, replied_at, publication, line_count, version)
select 'PA-' || g, 1, 'replied', 'k' || g, 'portal', now(), 'system', 'x', 'x', '[]', now() - g * interval '1 minute',
    jsonb_build_object('state', case when g % 10 = 0 then 'published' else 'proposed' end), 1, 1
from generate_series(1, $1::int) g"""


CENTRE = officer("coordinator", agency="H42", scope="province")


@pytest.fixture
async def crowded(stage):
    """Give a stage with twenty thousand answered questions, two thousand of them public."""
    pool = await stage.database.pool()
    for one in (MANY, RESULTS):
        await pool.execute(one, 20_000)
    await pool.execute("analyze")
    return stage


async def plan_of(stage, read):
    """Give the plans of the statements a read sends."""
    sent = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        sent.append((statement, parameters))

    engine = stage.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        async with stage.database.sessions() as session:
            await read(session)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    pool = await stage.database.pool()
    plans = [await pool.fetch(f"explain {statement}", *parameters) for statement, parameters in sent]
    return "\n".join(line for plan in plans for (line,) in plan)


@pytest.mark.parametrize(
    ("read", "index"),
    [
        (public_answers, "ix_question_shown"),
        (lambda session: public_answers(session, procedure="1.001050"), "ix_question_about"),
        (lambda session: public_answers(session, agency="H42.110"), "ix_question_"),
        (lambda session: public_answers(session, topic="legal_rules"), "ix_question_shown"),
        (lambda session: decided_last(session, 50), "ix_question_public"),
        (lambda session: cited_before(session, CENTRE, "luật"), "ix_question_answered"),
        (lambda session: public_results(session, limit=20), "ix_feedback_shown"),
    ],
)
async def test_no_public_list_reads_the_whole_table(crowded, read, index):
    plan = await plan_of(crowded, read)
    assert index in plan
    assert "Seq Scan" not in plan, plan


@pytest.mark.parametrize("warm", [False, True])
async def test_a_list_is_counted_whole_and_narrowed(crowded, warm, monkeypatch):
    index = crowded.app.state.built.index
    if warm:
        await index.warm(crowded.database)
    else:
        monkeypatch.setattr(index, "_under_way", lambda _database: None)
    for query, count in (
        ("", 2_000),
        ("?agency=H42", 2_000),
        ("?agency=H42.110", 400),
        ("?procedure=1.001030", 222),
        ("?agency=H42.110&procedure=1.001010", 45),
        ("?procedure=9.999999", 0),
    ):
        told = (await crowded.send("nobody", "GET", f"/answers{query}")).json()
        assert told["total"] == count, query
        assert len(told["items"]) == min(20, count)


async def test_every_answer_that_fits_is_reached_page_by_page(crowded):
    seen, cursor, total = [], "", None
    while cursor is not None:
        place = f"/answers?q=khai sinh&agency=H42.110&limit=50&cursor={cursor}"
        told = (await crowded.send("nobody", "GET", place)).json()
        seen += [one["number"] for one in told["items"]]
        assert {one["agency"] for one in told["items"]} == {"H42.110"}
        cursor, total = told["next"], told["total"]
    assert len(seen) == len(set(seen)) == total >= 100
    for cursor in ("xx", write_cursor(-1), write_cursor(1.5), b64encode(b"[1e400]").decode()):
        wrong = await crowded.send("nobody", "GET", f"/answers?q=khai sinh&cursor={cursor}")
        assert wrong.status_code == 422, cursor


@pytest.mark.parametrize(
    "q", ["HD-2026-000010", "hd 2026 10", "HD\u20132026\u2013000010", "ＨＤ-2026-000010"]
)
async def test_a_number_finds_its_published_answer(crowded, q):
    told = (await crowded.send("nobody", "GET", f"/answers?q={q}")).json()
    assert [one["number"] for one in told["items"]] == ["HD-2026-000010"]
    assert (await crowded.send("nobody", "GET", "/answers?q=HD-2026-000011")).json()["items"] == []


async def test_a_code_finds_what_was_answered_about_its_procedure(crowded):
    told = (await crowded.send("nobody", "GET", "/answers?q=1.001010&limit=5")).json()
    assert (told["total"], {one["procedure"] for one in told["items"]}) == (223, {"1.001010"})


async def test_what_was_taken_off_is_not_shown_while_the_index_is_behind(stage, monkeypatch):
    asked = await stage.published()
    place = "/answers?q=khai sinh"
    assert (await stage.send("nobody", "GET", place)).json()["total"] == 1
    go_on, real = asyncio.Event(), answer_index._changed

    async def slow(*asked_of):
        await go_on.wait()
        return await real(*asked_of)

    monkeypatch.setattr(answer_index, "_changed", slow)
    monkeypatch.setattr(answer_index, "PATIENCE", 0.05)
    await stage.does("centre", asked["number"], "publication/withdrawal", reason="Văn bản đã được thay thế.")
    assert (await stage.send("nobody", "GET", place)).json()["items"] == []
    go_on.set()


async def test_the_index_is_built_when_the_service_starts(stage):
    asked = await stage.published()
    index = stage.app.state.built.index
    async with stage.app.router.lifespan_context(stage.app):
        for _ in range(400):
            if index._snapshot is not None:
                break
            await asyncio.sleep(0.05)
    assert asked["number"] in index._snapshot.cards


async def fed(stage, **headers):
    """Read the feed."""
    answer = await stage.people["nobody"].get("/api/qa/answers.atom", headers=headers)
    return answer, ElementTree.fromstring(answer.content) if answer.content else None


async def test_r_qna_23_the_feed_says_all_of_an_answer_the_last_published_first(stage):
    old = await stage.answered(text=TEXT + " Câu hỏi cũ.")
    stage.at("2026-11-16T03:00:00+00:00")
    young = await stage.published()
    stage.at("2026-11-18T03:00:00+00:00")
    told = {"title": "Khai sinh đã lâu", "question": TEXT, "answer": ANSWER}
    await stage.does("owner", old["number"], "publication", **told)
    await stage.does("controller", old["number"], "publication/confirmation")
    answer, feed = await fed(stage)
    assert feed.findtext(f"{ATOM}id") == "urn:motcua:thai-nguyen:qa:answers"
    entries = feed.findall(f"{ATOM}entry")
    assert [one.findtext(f"{ATOM}id") for one in entries] == [
        f"urn:motcua:thai-nguyen:qa:{one['number']}" for one in (old, young)
    ]
    assert (
        entries[0].findtext(f"{ATOM}updated")
        == feed.findtext(f"{ATOM}updated")
        == "2026-11-18T03:00:00+00:00"
    )
    said = entries[0].findtext(f"{ATOM}content")
    assert all(
        word in said
        for word in (ANSWER, "60/2014/QH13", "Quốc hội", "20/11/2014", "Phạm Văn Dũng, Giám đốc", "tham khảo")
    )
    assert entries[0].find(f"{ATOM}link").get("href") == f"/hoi-dap/tra-loi/{old['number']}"
    assert answer.headers["cache-control"] == "public, max-age=300"


async def test_r_qna_23_who_keeps_a_copy_hears_what_was_taken_off_and_asks_cheaply(stage):
    asked = await stage.published()
    first, _ = await fed(stage)
    again, nothing = await fed(stage, **{"If-None-Match": first.headers["etag"]})
    assert (again.status_code, nothing) == (304, None)
    stage.at("2026-11-19T03:00:00+00:00")
    await stage.does("centre", asked["number"], "publication/withdrawal", reason="Văn bản đã được thay thế.")
    answer, feed = await fed(stage, **{"If-None-Match": first.headers["etag"]})
    assert answer.status_code == 200
    assert feed.findall(f"{ATOM}entry") == []
    gone = feed.find(GONE)
    assert gone.get("ref") == f"urn:motcua:thai-nguyen:qa:{asked['number']}"
    assert gone.get("when") == "2026-11-19T03:00:00+00:00"
    assert "khai sinh" not in answer.text


async def test_the_feed_stands_whatever_an_answer_holds(stage):
    asked = await stage.published("Khai sinh & nhận con <ở nước ngoài>")
    pool = await stage.database.pool()
    await pool.execute(
        "update question set publication = jsonb_set(publication, '{answer}', $1::jsonb) where number = $2",
        '"Đất\uffff ]]> ở\ufffe"',
        asked["number"],
    )
    _, feed = await fed(stage, **{"Accept-Language": "en"})
    assert feed.find(f"{ATOM}entry").findtext(f"{ATOM}content").startswith("Đất ]]> ở")
    rights = feed.find(f"{ATOM}rights")
    assert (rights.get("{http://www.w3.org/XML/1998/namespace}lang"), rights.text[:14]) == (
        "en",
        "May be reused ",
    )
