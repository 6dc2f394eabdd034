"""An online dossier ends at the desk by one of the lawful outcomes, and by nothing else."""

import pytest
from asyncpg import PostgresError
from intake.api import ROUTERS
from intake.domain.life_cycle import TRANSITIONS, Action
from regulation.states import State

LAWFUL = {
    Action.ACCEPT: "acceptance",
    Action.REQUEST_SUPPLEMENT: "supplement-requests",
    Action.REDIRECT: "redirection",
    Action.REFUSE: "refusal",
}
"""Accept, ask for a supplement, direct to the competent agency, refuse: each with its paper, grounds and clock."""
BY_THE_UNIT = {Action.SUPPLY, Action.REJECT, Action.COMPLETE}
"""What only an accepted dossier knows: its answer leads back to the step, or the unit decides with a signed paper."""
WITHOUT = (
    ("acceptance", {}),
    ("refusal", {"reason": "Mời đến quầy"}),
    ("refusal", {"reason": "Mời đến quầy", "legal_basis": " "}),
    ("redirection", {"reason": "Mời đến quầy"}),
    ("redirection", {"reason": "Mời đến quầy", "competent_agency": "H42.101"}),
    ("supplement-requests", {"reason": "Mời đến quầy", "guidance": "Đến quầy", "items": []}),
    (
        "supplement-requests",
        {"reason": "Đến quầy", "guidance": "Đến quầy", "free_items": [{"text": "Đến bộ phận một cửa"}]},
    ),
)


def leaving(state):
    """Return the actions that lead from a state to another one."""
    return {
        action for (before, action), after in TRANSITIONS.items() if before is state and after is not state
    }


def test_r_sec_02_nothing_but_a_lawful_outcome_leads_away_from_the_desk():
    assert leaving(State.SUBMITTED) == set(LAWFUL)
    # from waiting for the applicant the desk only refuses, and the law asks for grounds
    assert leaving(State.SUPPLEMENT_REQUESTED) - BY_THE_UNIT == {Action.REFUSE, Action.RESUBMIT}


def test_r_sec_02_no_route_deletes_a_dossier():
    gone = [
        route.path
        for router in ROUTERS
        for route in router.routes
        if "DELETE" in getattr(route, "methods", ()) and "dossiers" in route.path
    ]
    assert gone == []


@pytest.mark.parametrize(("action", "body"), WITHOUT)
async def test_r_sec_02_who_is_only_told_to_come_to_the_desk_is_not_sent_away(stage, action, body):
    code = await stage.dossier()
    refused = await stage.act(code, action, **body)
    assert refused.status_code in (409, 422), refused.text
    told = await stage.read(code)
    assert (told["state"], [one["action"] for one in told["timeline"]]) == ("submitted", ["submit"])


async def test_r_sec_02_the_database_deletes_no_dossier(stage):
    code = await stage.dossier()
    pool = await stage.database.pool()
    for statement in ("delete from step where dossier_code = $1", "delete from dossier where code = $1"):
        with pytest.raises(PostgresError):
            await pool.execute(statement, code)
    assert (await stage.read(code))["code"] == code
