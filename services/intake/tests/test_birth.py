"""One birthplace: whoever hands a dossier in, its first row, step and paper follow from model and life cycle."""

from datetime import UTC, datetime

from common.sealed import sealed_columns
from common.sealing import Ring
from intake.domain.actors import Actor
from intake.domain.life_cycle import Action
from intake.models import Dossier, first_row
from intake.models.birth import BORN_WITH, Filed, statement
from regulation.states import State

NOON = datetime(2026, 12, 7, 5, tzinfo=UTC)
CLERK = Actor("desk-7", "officer", "H42.101", "mot-cua")


def filed(**changes: object) -> Filed:
    """Return what somebody hands in."""
    told = (
        dict.fromkeys(Filed.__annotations__, "x")
        | {"answers": {}, "applicant": {}, "submitter": {}, "check_due_at": NOON}
        | {"check_ledger": {}, "received_at": NOON}
    )
    return {**told, "owner_id": "citizen-1", "submitter_id": "citizen-2", "channel": "counter", **changes}  # type: ignore[typeddict-item]


def test_a_dossier_is_born_with_every_column_that_may_not_be_empty_and_none_that_does_not_exist():
    columns = Dossier.__table__.columns
    row = sealed_columns(Dossier, first_row(filed(), CLERK, NOON), "dossier.x", Ring(b"secret"))
    assert {c.name for c in columns if not c.nullable and row.get(c.name) is None} == set()
    assert set(row) <= set(columns.keys())
    assert set(row) - {"code"} == set(BORN_WITH)


def test_the_life_cycle_names_the_first_state_and_channel_and_actor_are_values():
    row = first_row(filed(), CLERK, NOON)
    assert (row["state"], row["channel"], row["version"]) == (State.SUBMITTED, "counter", 1)
    assert (row["owner_id"], row["submitter_id"]) == ("citizen-1", "citizen-2")
    assert {row[name] for name in ("submitted_at", "received_at", "check_started_at", "updated_at")} == {NOON}


def test_the_statement_names_each_column_with_the_type_of_the_model_and_neither_state_nor_channel():
    text = statement()
    assert "next_due_at TIMESTAMP WITH TIME ZONE" in text
    assert "answers JSONB" in text
    assert not {"'submitted'", "'online'", "'citizen'", f"'{Action.SUBMIT}'"} & set(text.split())


async def test_the_first_step_says_who_handed_in_and_the_fact_says_what_the_row_says(stage):
    code = await stage.dossier(code=stage.PLAIN)
    pool = await stage.database.pool()
    step = await pool.fetchrow("select * from step where dossier_code = $1", code)
    assert (step["action"], step["from_state"], step["to_state"]) == ("submit", None, "submitted")
    assert (step["actor_id"], step["actor_kind"]) == (stage.citizen.subject, "citizen")
    told = await pool.fetchval("select envelope->'data' from outbox where envelope->>'subject' = $1", code)
    assert f'"code": "{code}"' in told
    assert "@@" not in told
