"""Each route lets in exactly the roles that the policy gives its right."""

from regulation.roles import Right, who_may
from suite.testing.rights import left_open, let_in

TEXTS = {"vi": "Hồ sơ {{ code }}", "en": "Dossier {{ code }}"}


async def test_r_acc_18_texts_of_notices_are_read_and_written_by_who_may_edit_them(stage):
    templates = "/api/notify/templates"
    body = {"version": 1, "subject": TEXTS, "body": TEXTS, "sms": TEXTS}
    assert await let_in(stage.app, "GET", templates) == who_may(Right.EDIT_NOTICES)
    assert await let_in(stage.app, "PUT", f"{templates}/dossier_refused", body) == who_may(Right.EDIT_NOTICES)


OWN = {"GET /api/notify/messages", "GET /api/notify/messages/unread-count"}
"""Everybody who is signed in has messages of his own."""


async def test_r_acc_18_who_lacks_the_right_of_a_route_is_told_so_before_anything_else(stage):
    assert await left_open(stage.app, OWN) == []
