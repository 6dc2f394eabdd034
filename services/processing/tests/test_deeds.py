"""What may be done with a dossier in processing is a table of step, right and reach."""

from dataclasses import replace

import pytest
from processing.domain.deeds import DEEDS, Deed, InHand, Whereabouts, possible_deeds
from suite.testing import officer

UNIT = "tu-phap-ho-tich"
FREE = InHand(Whereabouts("H42.101", UNIT, None), "in_process", "task", "specialist", None, drafted=False)
HELD = replace(FREE, where=replace(FREE.where, officer_id="an"))
DRAFTED = replace(HELD, drafted=True)
REVIEW = replace(HELD, step_kind="review", step_role="signer", proposed_by="an")
SIGN = replace(REVIEW, step_kind="sign", state="awaiting_signature")
AN = officer("specialist", unit=UNIT, scope="own", subject="an")
BINH = officer("specialist", unit=UNIT, scope="own", subject="binh")
OTHER = officer("specialist", unit="dia-chinh", scope="agency", subject="cuong")
HEAD = officer("agency_head", subject="lan")
ABOVE = officer("agency_head", subject="lan", agency="H42", scope="sub_tree")
BOTH = officer("agency_head", "specialist", unit=UNIT, subject="an")
LEADERS = ["assignment", "transfer", "sending-back", "approval"]


@pytest.mark.parametrize(
    ("here", "who", "deeds"),
    [
        (FREE, AN, ["claim"]),
        (FREE, OTHER, []),
        (FREE, HEAD, ["assignment"]),
        (FREE, ABOVE, []),
        (FREE, officer("auditor", scope="province"), []),
        (HELD, AN, ["proposal", "consultation", "supplement-draft", "transfer"]),
        (HELD, BINH, []),
        (replace(HELD, standing_in=True), BINH, ["transfer"]),
        (HELD, HEAD, ["assignment", "transfer"]),
        (DRAFTED, AN, ["proposal", "step-completion", "consultation", "supplement-draft", "transfer"]),
        (DRAFTED, replace(AN, agency="H42.15"), []),
        (REVIEW, AN, ["transfer"]),
        (REVIEW, HEAD, LEADERS),
        (REVIEW, BOTH, ["assignment", "transfer", "sending-back"]),
        (REVIEW, ABOVE, []),
        (SIGN, HEAD, [*LEADERS, "signature"]),
        (SIGN, BOTH, ["assignment", "transfer", "sending-back"]),
        (SIGN, ABOVE, []),
        (replace(SIGN, state="result_ready"), HEAD, []),
        (replace(SIGN, state="rejected"), HEAD, []),
    ],
)
def test_deeds_follow_step_right_and_reach(here, who, deeds):
    assert possible_deeds(here, who) == deeds


def test_every_deed_has_its_line():
    assert list(DEEDS) == list(Deed)
