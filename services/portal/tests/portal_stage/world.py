"""A small province at work: everything the services answer while the gallery and the page tests run."""

from datetime import UTC, datetime
from typing import Any

from identity.domain.work import new_task
from starlette.responses import Response

from portal_stage.asked import questions
from portal_stage.authorised import authorised
from portal_stage.books import registers
from portal_stage.catalogue import catalog
from portal_stage.fakes import Asked, FakeServices, pdf, problem
from portal_stage.logged import OFFICER, logs
from portal_stage.ordered import orders
from portal_stage.reported import reports
from portal_stage.samples import AGENCY, CODE, DRAFT, OPINION, PLACES, asked_opinion, sample, tokens
from portal_stage.surveyed import surveys
from portal_stage.told import feedback

INTAKE, IDENTITY, CATALOG = "/api/intake", "/api/identity", "/api/catalog"
PROCESSING = f"/api/processing/agencies/{AGENCY}"


TASK = new_task(b"a secret of the tests", datetime.now(UTC), cost=1).text
ACCOUNT = {
    "id": "o-7",
    "login": "chuyenvien.hoalu",
    "full_name": "Phạm Văn Hùng",
    "agency": AGENCY,
    "unit": "tu-phap-ho-tich",
    "roles": ["specialist"],
    "role_names": ["Công chức chuyên môn"],
    "waiting_names": [],
    "scope_label": "Việc của chính mình",
    "waiting_scope_label": None,
    "scope": "own",
    "active": True,
    "must_change_password": False,
    "version": 4,
    "delivered": None,
}


GRANTABLE = [
    {"role": "specialist", "name": "Công chức chuyên môn", "held": True, "second_word": False},
    {"role": "signer", "name": "Lãnh đạo ký", "held": False, "second_word": True},
]
SCOPES = [
    {"scope": "own", "name": "Việc của chính mình", "held": True, "second_word": False},
    {"scope": "province", "name": "Toàn tỉnh", "held": False, "second_word": True},
]
PROPOSAL = {
    "id": "g-1",
    "officer_id": "o-7",
    "full_name": "Phạm Văn Hùng",
    "login": "chuyenvien.hoalu",
    "email": "chuyenvien.hoalu@motcua.example",
    "agency": AGENCY,
    "role_names": ["Lãnh đạo ký"],
    "scope_label": "Cả cơ quan",
    "proposed_by": "Vũ Minh Tuấn",
    "proposed_at": "2026-11-20T03:00:00Z",
    "actions": ["confirmation", "refusal"],
}


PASSKEY = {
    "id": "k-1",
    "name": "Khóa USB ở cơ quan",
    "added_at": "2026-11-20T03:00:00Z",
    "last_used_at": "2026-11-26T03:00:00Z",
    "copied_at": None,
}
ENROLLED = {
    "enrolled": True,
    "mandatory": True,
    "app_since": "2026-11-20T03:00:00Z",
    "passkey_count": 1,
    "codes_left": 9,
}
COPIED = {
    **PASSKEY,
    "id": "k-2",
    "name": "Điện thoại cũ",
    "last_used_at": None,
    "copied_at": "2026-11-26T03:00:00Z",
}


def figures() -> dict[str, Any]:
    """Give the public figures of three months."""
    months = ("2026-09", "2026-10", "2026-11")
    rows = [_figures(month, AGENCY, "UBND phường Hoa Lư", 20 + n, n) for n, month in enumerate(months)]
    rows += [
        _figures(month, "H42.15", "Sở Tư pháp tỉnh Ninh Bình", 12 + n, 1) for n, month in enumerate(months)
    ]
    totals = [_figures(month, "province", "Tổng", 32 + 2 * n, n + 1) for n, month in enumerate(months)]
    return {
        "as_of": "2026-11-21T03:00:00Z",
        "newest_fact_at": None,
        "waiting_count": 0,
        "age_seconds": 0.0,
        "overdue_now": 1,
        "rows": rows,
        "totals": totals,
        "identity": {"holds": True, "checked_at": None, "breach_count": 0},
    }


SUSPENSION = {
    "id": "sus-1",
    "full_name": "Trần Văn Đức",
    "decision_number": "15/QĐ-VP",
    "ground": "Nộp hồ sơ có giấy tờ giả nhiều lần",
    "appeal": "Thanh tra tỉnh, trong 90 ngày",
    "until_on": "2026-12-31",
    "proposed_by": "Phạm Văn Hùng",
    "proposed_at": "2026-11-26T03:00:00Z",
    "confirmed_at": None,
    "actions": ["confirmation", "ending"],
}


HOLD = {
    "id": "hold-1",
    "kind": "dossier",
    "kind_label": "Hồ sơ",
    "subject": "H42.101-261120-0001",
    "subject_name": "",
    "state": "proposed",
    "state_label": "Chờ xác nhận, đã giữ",
    "keeps": True,
    "decision_number": "21/QĐ-TTr",
    "ground": "Thanh tra đột xuất",
    "until_on": "2027-12-31",
    "proposed_by": "Phạm Văn Hùng",
    "proposed_at": "2026-11-26T03:00:00Z",
    "confirmed_by": "",
    "confirmed_at": None,
    "release_number": None,
    "release_ground": None,
    "release_proposed_by": "",
    "ended_at": None,
    "actions": ["confirmation", "refusal"],
}
IN_FORCE = {
    **HOLD,
    "id": "hold-2",
    "kind": "account",
    "kind_label": "Tài khoản",
    "subject_name": "Trần Văn Đức",
    "state": "in_force",
    "state_label": "Đang giữ",
    "confirmed_by": "Lê Thị Hoa",
    "confirmed_at": "2026-11-27T03:00:00Z",
    "actions": ["release"],
}


def _figures(period: str, key: str, name: str, received: int, late: int) -> dict[str, Any]:
    done = received - 3
    return {
        "period": period,
        "first": f"{period}-01",
        "last": f"{period}-28",
        "key": key,
        "name": name,
        "name_en": None,
        "level": "commune",
        "carried_over": 2,
        "received": received,
        "finished": done,
        "finished_early": 4,
        "finished_on_time": done - 4 - late,
        "finished_late": late,
        "in_progress": 5,
        "paused": 0,
        "withdrawn": 0,
        "on_time_percent": round(100 * (done - late) / done, 1),
    }


def save_page(asked: Asked) -> dict[str, Any]:
    """Keep what was typed, and complain about an empty child's name."""
    values = asked.body["values"]
    wrong = []
    if not values.get("child_name", "x"):
        message = "Hãy trả lời mục “Họ, chữ đệm và tên khai sinh”."
        wrong = [{"field": "child_name", "rule": "required", "message": message}]
    kept = {
        **sample("draft")["answers"],
        **{name: value for name, value in values.items() if value is not None},
    }
    return dict(sample("draft", answers=kept, problems=wrong))


def name_submitter(asked: Asked) -> dict[str, Any]:
    """Keep who hands in, and complain about one without a telephone."""
    values, wrong = asked.body["values"], []
    if values.get("submitter_standing") != "self" and not values.get("submitter_phone"):
        message = "Hãy trả lời mục “Số điện thoại của người nộp thay”."
        wrong = [{"field": "submitter_phone", "rule": "required", "message": message}]
    draft = sample("draft")
    return dict(draft, submitter={**draft["submitter"], "answers": values}, problems=wrong)


def all_of(*items: Any) -> dict[str, Any]:
    """Give a list answer that has no further page."""
    return {"items": list(items), "total": len(items)}


def page_of(*items: Any) -> dict[str, Any]:
    """Give a list answer."""
    return {"items": list(items), "total": len(items), "next": None}


def services() -> FakeServices:
    """Give the fake services of the province."""
    answers = {
        **catalog(),
        **identity(),
        **helped(),
        **authorised(),
        **intake(),
        **counter(),
        **officers(),
        **others(),
        **registers(),
        **questions(),
        **feedback(),
        **surveys(),
        **logs(),
    }
    return FakeServices(answers)


def standing() -> dict[str, Any]:
    """How accounts stand: what closes and suspends them."""
    return {
        f"GET {IDENTITY}/me/account-standing": {
            "limited": False,
            "closing_at": None,
            "erased_from": None,
            "closing_days": 30,
            "suspension": None,
        },
        f"GET {IDENTITY}/suspensions": {"items": [SUSPENSION]},
        f"POST {IDENTITY}/suspensions": Response(status_code=204),
        f"POST {IDENTITY}/suspensions/sus-1/confirmation": Response(status_code=204),
        f"POST {IDENTITY}/suspensions/sus-1/ending": Response(status_code=204),
        f"GET {IDENTITY}/holds": {"items": [HOLD, IN_FORCE]},
        f"POST {IDENTITY}/holds": Response(status_code=204),
        f"POST {IDENTITY}/holds/hold-1/confirmation": Response(status_code=204),
        f"POST {IDENTITY}/holds/hold-1/refusal": Response(status_code=204),
        f"POST {IDENTITY}/holds/hold-2/release": Response(status_code=204),
        f"POST {IDENTITY}/me/closing": Response(status_code=204),
        f"POST {IDENTITY}/me/control-lost": Response(status_code=204),
        f"DELETE {IDENTITY}/me/closing": Response(status_code=204),
    }


def identity() -> dict[str, Any]:
    """Answer as the accounts."""
    begun = {
        "registration_id": "reg-1",
        "sent_to": "c***@motcua.example",
        "expires_at": "2026-11-26T03:00:00Z",
        "delivered": True,
    }
    entry = {"at": "2026-11-21T01:00:00Z", "action": "signed_in", "address": "203.0.113.7", "device": "phone"}
    return {
        f"GET {IDENTITY}/declaration": {
            "version": "1",
            "vi": "Tôi cam đoan khai đúng.",
            "en": "I declare it is true.",
        },
        f"GET {IDENTITY}/work": {"task": TASK, "expires_at": "2026-11-26T03:00:00Z"},
        f"POST {IDENTITY}/sessions": tokens(),
        f"POST {IDENTITY}/sessions/refresh": tokens(),
        f"DELETE {IDENTITY}/sessions/current": {},
        f"POST {IDENTITY}/registrations": begun,
        f"POST {IDENTITY}/registrations/reg-1/verification": tokens(),
        f"POST {IDENTITY}/registrations/reg-1/code": begun,
        f"POST {IDENTITY}/password-resets": {"reset_id": "res-1", "expires_at": "2026-11-26T03:00:00Z"},
        f"POST {IDENTITY}/password-resets/res-1/confirmation": Response(status_code=204),
        f"PUT {IDENTITY}/me/password": tokens(),
        f"GET {IDENTITY}/me": sample("me"),
        f"PATCH {IDENTITY}/me": sample("me"),
        **standing(),
        f"POST {IDENTITY}/me/email-changes": {
            "change_id": "ch-1",
            "sent_to": "m•••i@motcua.example",
            "expires_at": "2026-11-26T03:00:00Z",
        },
        f"POST {IDENTITY}/me/email-changes/ch-1/verification": sample("me"),
        f"POST {IDENTITY}/me/phone-proofs": {"proof_id": "pr-1", "expires_at": "2026-11-26T03:00:00Z"},
        f"POST {IDENTITY}/me/phone-proofs/pr-1/verification": sample("me"),
        f"GET {IDENTITY}/me/access-log": page_of({**entry, "system": "Android", "browser": "Chrome"}),
    }


def helped() -> dict[str, Any]:
    """Answer as the accounts that an administrator looks after."""
    return {
        f"GET {IDENTITY}/officers": page_of(ACCOUNT),
        f"GET {IDENTITY}/officers/{OFFICER}": {**ACCOUNT, "id": OFFICER},
        f"GET {IDENTITY}/officers/o-7/standing": {
            "officer": ACCOUNT,
            "locked": True,
            "enrolled": True,
            "password_is_shown": True,
            "first_password_days": 7,
            "lock_minutes": 15,
            "actions": ["first-password", "factor-clearing", "unlocking"],
            "grantable": GRANTABLE,
            "scopes": SCOPES,
        },
        f"POST {IDENTITY}/officers/o-7/first-password": {
            "officer": ACCOUNT,
            "password": "mHt7Kw3pRz9dQa",
            "delivered": True,
        },
        f"POST {IDENTITY}/officers/o-7/factor-clearing": Response(status_code=204),
        f"POST {IDENTITY}/officers/o-7/unlocking": Response(status_code=204),
        f"GET {IDENTITY}/officers/o-7": ACCOUNT,
        f"PATCH {IDENTITY}/officers/o-7": {**ACCOUNT, "waiting_names": ["Lãnh đạo ký"]},
        f"GET {IDENTITY}/me/second-factor": ENROLLED,
        f"POST {IDENTITY}/me/second-factor/recovery-codes": {
            "recovery_codes": ["abcdef-ghjkmn-pqrstu-vwxyz2"]
        },
        f"GET {IDENTITY}/me/second-factor/passkeys": {"app": True, "items": [PASSKEY, COPIED]},
        f"GET {IDENTITY}/grant-proposals": {"items": [PROPOSAL, {**PROPOSAL, "id": "g-2", "actions": []}]},
        f"POST {IDENTITY}/grant-proposals/g-1/confirmation": Response(status_code=204),
        f"POST {IDENTITY}/grant-proposals/g-1/refusal": Response(status_code=204),
    }


def _begun(draft: dict[str, Any]) -> dict[str, Any]:
    """Return a draft as it stands in a list."""
    names = ("id", "version", "procedure_code", "procedure_name", "agency", "agency_name", "updated_at")
    return {name: draft[name] for name in names} | {"applicant_name": "Lê Văn Mới"}


def intake() -> dict[str, Any]:
    """Answer as intake to its citizen and to the public."""
    receipt = {
        "code": CODE,
        "agency": AGENCY,
        "submitted_at": "2026-11-20T08:40:00Z",
        "check_due_at": "2026-11-20T10:00:00Z",
        "confirmation_url": f"/api/intake/dossiers/{CODE}/documents/d-1",
        "next_steps": [],
    }
    draft = sample("draft")
    return {
        f"POST {INTAKE}/drafts": sample("draft"),
        f"GET {INTAKE}/drafts": all_of(_begun(draft)),
        f"GET {INTAKE}/drafts/{DRAFT}": sample("draft"),
        f"DELETE {INTAKE}/drafts/{DRAFT}": Response(status_code=204),
        f"PUT {INTAKE}/drafts/{DRAFT}/pages/*": save_page,
        f"PATCH {INTAKE}/drafts/{DRAFT}": sample("draft"),
        f"PUT {INTAKE}/drafts/{DRAFT}/result-channel": sample("draft", result_channel="online"),
        f"PUT {INTAKE}/drafts/{DRAFT}/submitter": name_submitter,
        f"POST {INTAKE}/drafts/{DRAFT}/attachments": draft["attachments"][0],
        f"POST {INTAKE}/dossiers": receipt,
        f"GET {INTAKE}/dossiers": page_of(sample("row")),
        f"GET {INTAKE}/dossiers/{CODE}": sample("dossier"),
        f"GET {INTAKE}/dossiers/{CODE}/documents/*": lambda _: pdf(),
        f"GET {INTAKE}/dossiers/{CODE}/files/*": lambda _: pdf("giay-chung-sinh.pdf"),
        f"POST {INTAKE}/dossiers/{CODE}/*": sample("dossier"),
        f"PUT {INTAKE}/dossiers/{CODE}/*": sample("dossier"),
        f"PATCH {INTAKE}/dossiers/{CODE}/*": sample("dossier"),
        f"GET {INTAKE}/looks": page_of(sample("look")),
        **vault(),
        f"GET {INTAKE}/changes": {"items": [sample("changed")]},
        f"GET {INTAKE}/requests": all_of(sample("open_request")),
        f"GET {INTAKE}/tracking/{CODE}": sample("tracked"),
        f"GET {INTAKE}/tracking/LIMIT": lambda _: problem(429, "too-many-requests", "Chậm lại."),
        f"GET {INTAKE}/verifications/V-1": sample("verified"),
    }


def vault() -> dict[str, Any]:
    """Answer as intake about the papers it keeps for its citizen."""
    offers = all_of(sample("vault_offer"))
    return {
        f"GET {INTAKE}/drafts/{DRAFT}/earlier-answers": all_of(sample("earlier")),
        f"POST {INTAKE}/drafts/{DRAFT}/earlier-answers": sample("draft"),
        f"GET {INTAKE}/dossiers/{CODE}/vault-papers": offers,
        f"POST {INTAKE}/dossiers/{CODE}/vault-papers": all_of(sample("draft")["attachments"][0]),
        f"GET {INTAKE}/desk/dossiers/{CODE}/vault-papers": offers,
        f"PUT {INTAKE}/desk/dossiers/{CODE}/vault-papers/*": sample("vault_offer"),
        f"GET {INTAKE}/counter/drafts/{DRAFT}/vault-papers": offers,
        f"POST {INTAKE}/counter/drafts/{DRAFT}/paper-copies": sample("accepted_copy"),
        f"POST {INTAKE}/counter/drafts/{DRAFT}/vault-papers": all_of(sample("draft")["attachments"][0]),
        f"GET {INTAKE}/vault/papers": page_of(sample("vault_paper"), sample("vault_paper", id="p-2")),
        f"GET {INTAKE}/vault/papers/*": lambda _: pdf("giay-chung-sinh.pdf"),
        f"GET {INTAKE}/vault/export": lambda _: pdf("kho-du-lieu.zip"),
        f"PUT {INTAKE}/vault/papers/*": sample("vault_paper", offered=False),
        f"GET {INTAKE}/drafts/{DRAFT}/vault-papers": all_of(sample("vault_offer")),
        f"POST {INTAKE}/drafts/{DRAFT}/vault-papers": all_of(sample("draft")["attachments"][0]),
    }


def counter() -> dict[str, Any]:
    """Answer as intake to an officer who writes a dossier down for somebody."""
    draft = sample("draft")
    receipt = {
        "code": CODE,
        "agency": AGENCY,
        "submitted_at": "2026-11-20T08:40:00Z",
        "check_due_at": "2026-11-20T10:00:00Z",
        "confirmation_url": f"/api/intake/dossiers/{CODE}/documents/d-1",
        "next_steps": [],
    }
    return {
        f"POST {INTAKE}/counter/dossiers": receipt,
        f"POST {INTAKE}/counter/people": sample("people"),
        f"GET {INTAKE}/desk/late-entries": sample("late"),
        f"POST {INTAKE}/counter/drafts": sample("draft"),
        f"GET {INTAKE}/counter/drafts": all_of(_begun(draft)),
        f"GET {INTAKE}/counter/drafts/{DRAFT}": sample("draft"),
        f"PATCH {INTAKE}/counter/drafts/{DRAFT}": sample("draft"),
        f"DELETE {INTAKE}/counter/drafts/{DRAFT}": Response(status_code=204),
        f"PUT {INTAKE}/counter/drafts/{DRAFT}/submitter": name_submitter,
        f"POST {INTAKE}/counter/drafts/{DRAFT}/attachments": draft["attachments"][0],
        f"DELETE {INTAKE}/counter/drafts/{DRAFT}/attachments/*": Response(status_code=204),
    }


def officers() -> dict[str, Any]:
    """Answer as the desk's lists and the dossiers the specialists handle."""
    return {
        f"GET {INTAKE}/dossiers/{CODE}/acceptance": sample("outlook", due=sample("due")),
        f"GET {INTAKE}/desk/dossiers": sample("queue"),
        f"GET {INTAKE}/desk/counts": sample("desk_counts"),
        f"GET {INTAKE}/desk/choices": sample("choices"),
        f"POST {INTAKE}/desk/views": sample("choices")["views"][0],
        f"PATCH {INTAKE}/desk/views/*": sample("choices")["views"][0],
        f"DELETE {INTAKE}/desk/views/*": Response(status_code=204),
        f"GET {INTAKE}/desk/applicants": [{"code": CODE, "applicant_name": "Nguyễn Thị Ánh"}],
        f"GET {PROCESSING}/dossiers": {**page_of(sample("handled_row")), "capped": False},
        f"GET {PROCESSING}/dossiers/counts": sample("handled_counts"),
        f"GET {PROCESSING}/dossiers/choices": {
            name: told for name, told in sample("choices").items() if name != "views"
        },
        f"GET {PROCESSING}/dossiers.csv": Response(
            f"Mã hồ sơ;Hẹn trả\r\n{CODE};x\r\n", media_type="text/csv"
        ),
        f"GET {PROCESSING}/dossiers/{CODE}": sample("handled"),
        f"GET {PROCESSING}/dossiers/{CODE}/draft-document": lambda _: pdf("du-thao.pdf"),
        f"POST {PROCESSING}/dossiers/{CODE}/*": sample("handled"),
        f"GET {PROCESSING}/officers": sample("officers"),
        f"GET {PROCESSING}/consulted-places": PLACES,
        f"GET {PROCESSING}/dossiers/{CODE}/control-slip": lambda _: pdf("phieu-kiem-soat.pdf"),
        f"GET {PROCESSING}/colleagues": sample("colleagues"),
        f"GET {PROCESSING}/absences": [sample("absence")],
        f"POST {PROCESSING}/absences*": sample("absence"),
        **orders(),
        f"POST {PROCESSING}/transfers": {"moved": [CODE], "left": []},
        f"GET {PROCESSING}/consultations": [asked_opinion()],
        f"GET {PROCESSING}/consultations/{OPINION}": asked_opinion(),
        f"POST {PROCESSING}/consultations/{OPINION}/answer": asked_opinion(standing="answered"),
    }


def others() -> dict[str, Any]:
    """Answer as the inbox and the statistics."""
    return {
        "GET /api/notify/messages": page_of(sample("message")),
        f"GET /api/notify/dossiers/{CODE}/notices": sample("reached"),
        f"POST /api/notify/dossiers/{CODE}/calls": sample("reached")["calls"][0],
        "GET /api/notify/overdue-agencies": {"items": [sample("overdue_agency")]},
        f"POST /api/notify/overdue-agencies/{AGENCY}/reminders": sample("reminder"),
        "GET /api/notify/own-arrivals": sample("arrivals"),
        "PUT /api/notify/own-arrivals": sample("arrivals"),
        "GET /api/notify/messages/unread-count": {"unread": 1},
        "POST /api/notify/messages/m-1/reading": sample("message"),
        "GET /api/stats/public": figures(),
        "GET /api/stats/overdue": sample("overdue_list"),
        "GET /api/stats/overdue.pdf": Response(b"%PDF-1.7", media_type="application/pdf"),
        "POST /api/stats/instructions": sample("overdue_list")["instructions"][0],
        "GET /api/stats/public.csv": Response("period\n", media_type="text/csv"),
        **reports(),
    }
