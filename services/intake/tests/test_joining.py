"""What was written down for a person by number is theirs in the account that proved the number."""

from datetime import timedelta

from regulation.roles import Part
from suite.testing import citizen, signer

COUNTER, JOININGS = "/api/intake/counter", "/api/intake/joinings"


async def walk_in(stage, number):
    """Write a dossier down at the desk for somebody with an identity number."""
    async with stage.client(stage.desk()) as web:
        body = {"procedure_code": stage.PLAIN}
        draft = (await web.post(f"{COUNTER}/drafts", json=body, headers=stage.key())).json()
        answers = {"answers": {**stage.ANSWERS, "id_number": number}, "version": draft["version"]}
        assert (await web.patch(f"{COUNTER}/drafts/{draft['id']}", json=answers)).status_code == 200
        body = {"draft_id": draft["id"], "way": "desk", "confirmation": "signature"}
        body |= {"declaration_accepted": True, "declaration_version": "1"}
        answer = await web.post(f"{COUNTER}/dossiers", json=body, headers=stage.key())
    assert answer.status_code == 201, answer.text
    return str(answer.json()["code"])


def stated(caller, number, **changed):
    """Return what identity states of a number."""
    claims = {"sub": caller.subject, "aud": "motcua-number", "number": number, **changed}
    return signer().sign(claims, timedelta(minutes=5))


async def join(stage, caller, statement):
    async with stage.client(caller) as web:
        return await web.post(JOININGS, json={"statement": statement})


async def test_r_int_16_a_proven_number_finds_what_was_written_down_for_it_and_what_will_be(stage):
    number, mine = "037090007701", citizen("joined-1")
    code, other = await walk_in(stage, number), await walk_in(stage, "037090007702")
    assert (await stage.get(f"dossiers/{code}", mine)).status_code == 404
    joined = await join(stage, mine, stated(mine, number))
    assert (joined.status_code, joined.json()) == (200, {"joined_count": 1})
    told = await stage.read(code, mine)
    assert (told["owner_id"], told["timeline"][-1]["action"]) == (mine.subject, "join")
    assert told["phone"], "what is sealed opens for the new owner"
    assert (await stage.get(f"dossiers/{other}", mine)).status_code == 404
    fact = (await stage.events(code))[-1]
    assert (fact[0], fact[1]["owner_id"]) == ("intake.dossier_joined.v1", mine.subject)
    assert fact[1]["submitter_id"].startswith("person-"), "who handed in stays who handed in"
    later = await walk_in(stage, number)
    assert (await stage.read(later, mine))["owner_id"] == mine.subject
    assert (await join(stage, mine, stated(mine, number))).json() == {"joined_count": 0}
    assert (await stage.act(code, "refusal", reason="Sai", legal_basis="Điều 1")).status_code == 200
    assert Part.DOSSIER in [one["part"] for one in (await stage.get("looks", mine)).json()["items"]]


async def test_r_int_16_nobody_takes_over_by_another_name_statement_or_purpose(stage):
    number, thief = "037090007703", citizen("thief-1")
    code = await walk_in(stage, number)
    owner = citizen("joined-3")
    for statement in (
        stated(owner, number),
        stated(thief, number, aud="motcua"),
        stated(thief, number, exp=1),
        "none at all",
    ):
        assert (await join(stage, thief, statement)).status_code == 401
    assert (await join(stage, stage.desk(), stated(stage.desk(), number))).status_code == 403
    assert (await stage.get(f"dossiers/{code}", thief)).status_code == 404
    same_name = await join(stage, thief, stated(thief, "037090007704"))
    assert same_name.json() == {"joined_count": 0}, "a name joins nothing"


async def test_r_sec_20_an_erased_account_is_forgotten_by_number_too(stage):
    number, gone = "037090007705", citizen("joined-5")
    await join(stage, gone, stated(gone, number))
    await stage.hear("identity.account_erased.v1", {"account_id": gone.subject}, 2)
    code = await walk_in(stage, number)
    assert (await stage.read(code, stage.desk()))["owner_id"].startswith("person-")
