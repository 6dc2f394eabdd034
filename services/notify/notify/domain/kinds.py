"""The notices that exist, and which of them the law requires."""

from enum import StrEnum


class Kind(StrEnum):
    """What a notice is about (loại thông báo)."""

    DOSSIER_SUBMITTED = "dossier_submitted"
    SUPPLEMENT_REQUESTED = "supplement_requested"
    SUPPLEMENT_REMINDED = "supplement_reminded"
    CONTACT_CORRECTED = "contact_corrected"
    DOSSIER_RESUBMITTED = "dossier_resubmitted"
    DOSSIER_SUPPLEMENTED = "dossier_supplemented"
    DOSSIER_REDIRECTED = "dossier_redirected"
    DOSSIER_REFUSED = "dossier_refused"
    DOSSIER_ACCEPTED = "dossier_accepted"
    DOSSIER_REJECTED = "dossier_rejected"
    RESULT_READY = "result_ready"
    RESULT_EARLY = "result_early"
    RESULT_REVOKED = "result_revoked"
    RESULT_REPLACED = "result_replaced"
    DOSSIER_RETURNED = "dossier_returned"
    DOSSIER_OVERDUE = "dossier_overdue"
    DOSSIER_EXTENDED = "dossier_extended"
    OFFICER_ASSIGNED = "officer_assigned"
    OFFICER_DIGEST = "officer_digest"
    OFFICER_AGENCY_URGED = "officer_agency_urged"
    OFFICER_OVERDUE = "officer_overdue"
    OFFICER_ARRIVALS = "officer_arrivals"
    OFFICER_DESK_DIGEST = "officer_desk_digest"
    OFFICER_DUE_SOON = "officer_due_soon"
    OFFICER_IDLE = "officer_idle"
    OFFICER_SUPPLEMENT_DRAFTED = "officer_supplement_drafted"
    OFFICER_CONSULTED = "officer_consulted"
    OFFICER_CONSULTATION_DUE_SOON = "officer_consultation_due_soon"
    OFFICER_CONSULTATION_LAPSED = "officer_consultation_lapsed"
    OFFICER_CONSULTATION_WITHDRAWN = "officer_consultation_withdrawn"
    OFFICER_OPINION_GIVEN = "officer_opinion_given"
    OFFICER_OPINION_MISSING = "officer_opinion_missing"
    QUESTION_RECEIVED = "question_received"
    QUESTION_REFUSED = "question_refused"
    QUESTION_FORWARDED = "question_forwarded"
    QUESTION_RETURNED = "question_returned"
    QUESTION_MOVED = "question_moved"
    QUESTION_INTERIM = "question_interim"
    QUESTION_ANSWERED = "question_answered"
    OFFICER_QUESTION_ASKED = "officer_question_asked"
    OFFICER_QUESTION_FORWARDED = "officer_question_forwarded"
    OFFICER_QUESTION_RETURNED = "officer_question_returned"
    OFFICER_QUESTION_RETURN_ASKED = "officer_question_return_asked"
    OFFICER_QUESTION_RETURN_DECLINED = "officer_question_return_declined"
    OFFICER_QUESTION_RECALLED = "officer_question_recalled"
    OFFICER_QUESTION_DRAFTED = "officer_question_drafted"
    OFFICER_QUESTION_SENT_BACK = "officer_question_sent_back"
    OFFICER_QUESTION_DUE_SOON = "officer_question_due_soon"
    OFFICER_QUESTION_OVERDUE = "officer_question_overdue"
    OFFICER_QUESTION_URGED = "officer_question_urged"
    FEEDBACK_RECEIVED = "feedback_received"
    FEEDBACK_FORWARDED = "feedback_forwarded"
    FEEDBACK_REPLIED = "feedback_replied"
    FEEDBACK_CLOSED = "feedback_closed"
    OFFICER_FEEDBACK = "officer_feedback"
    OFFICER_FEEDBACK_RETURNED = "officer_feedback_returned"
    OFFICER_FEEDBACK_RECALLED = "officer_feedback_recalled"
    OFFICER_FEEDBACK_INVOLVED = "officer_feedback_involved"
    OFFICER_FEEDBACK_DUE = "officer_feedback_due"
    OFFICER_SURVEY_DUE = "officer_survey_due"
    OFFICER_CHANGE_OVERDUE = "officer_change_overdue"
    OFFICER_ALARM = "officer_alarm"
    OFFICER_ELSEWHERE = "officer_elsewhere"
    OFFICER_ACCOUNT_LOST = "officer_account_lost"
    SYSTEM_INCIDENT = "system_incident"
    SYSTEM_PLANNED = "system_planned"
    SYSTEM_CHANGED = "system_changed"
    SYSTEM_OVER = "system_over"


DESK = frozenset({Kind.OFFICER_ARRIVALS, Kind.OFFICER_DESK_DIGEST})
"""Notices to the one-stop desk about what waits there. Source: NB Đ.24.1; R-NTF-10"""
SYSTEM = frozenset({Kind.SYSTEM_INCIDENT, Kind.SYSTEM_PLANNED, Kind.SYSTEM_CHANGED, Kind.SYSTEM_OVER})
"""Notices about the system itself; they name no dossier and lead to the page of its state."""

ASKERS = frozenset(kind for kind in Kind if kind.value.startswith("question_"))
"""Notices to who asked a question. Source: NB Đ.10.2; TN Đ.15.2; R-QNA-25"""
ANSWERERS = frozenset(kind for kind in Kind if kind.value.startswith("officer_question_"))
"""Notices to who sorts and answers questions. Source: NB Đ.18.5.b; TN Đ.15.3.a; R-NTF-06"""

STOOD_IN = frozenset(
    {
        Kind.OFFICER_ASSIGNED,
        Kind.OFFICER_DUE_SOON,
        Kind.OFFICER_OVERDUE,
        Kind.OFFICER_OPINION_GIVEN,
        Kind.OFFICER_OPINION_MISSING,
    }
)
"""Notices about a dossier an officer handles, which whoever stands in sees too. Source: BD Đ.14.5; R-INT-21"""
CONSULTED = frozenset(
    {
        Kind.OFFICER_CONSULTED,
        Kind.OFFICER_CONSULTATION_DUE_SOON,
        Kind.OFFICER_CONSULTATION_LAPSED,
        Kind.OFFICER_CONSULTATION_WITHDRAWN,
    }
)
"""Notices to who is asked for an opinion on a dossier of others. Source: TN Đ.11.4.d; R-PRC-07"""

SENDERS = frozenset(kind for kind in Kind if kind.value.startswith("feedback_"))
"""Notices to who sent feedback. Source: TN Đ.18.2; TN Đ.18.3; BD Đ.11; R-NTF-09"""
FEEDBACK_OFFICERS = frozenset(kind for kind in Kind if kind.value.startswith("officer_feedback"))
"""Notices to who sorts and handles feedback. Source: TN Đ.18.3; BD Đ.11; R-FBK-07; R-FBK-09; R-FBK-12"""

# Notices with a legal effect for the applicant: no quiet hour may hold them back.
# Source: NB Đ.15.2; TN Đ.11.4.c; BD Đ.8.2; HN Đ.11.1; R-NTF-14
LEGAL = frozenset(
    {
        Kind.SUPPLEMENT_REQUESTED,
        Kind.DOSSIER_REDIRECTED,
        Kind.DOSSIER_REFUSED,
        Kind.DOSSIER_ACCEPTED,
        Kind.DOSSIER_REJECTED,
        Kind.RESULT_READY,
        Kind.RESULT_EARLY,
        Kind.RESULT_REVOKED,
        Kind.RESULT_REPLACED,
        Kind.DOSSIER_OVERDUE,
        Kind.DOSSIER_EXTENDED,
        Kind.QUESTION_REFUSED,
        Kind.QUESTION_INTERIM,
        Kind.QUESTION_ANSWERED,
    }
)

PAPERS = frozenset(
    {
        Kind.SUPPLEMENT_REQUESTED,
        Kind.DOSSIER_REDIRECTED,
        Kind.DOSSIER_REFUSED,
        Kind.DOSSIER_ACCEPTED,
        Kind.DOSSIER_REJECTED,
        Kind.DOSSIER_EXTENDED,
    }
)
"""Notices of a signed paper: receipt, supplement request, refusal, apology with the new date.

Source: TN Đ.11.3.b; TN Đ.11.4.c; TN Đ.11.4.g; R-NTF-03
"""


def result_kind(*, early: bool) -> Kind:
    """Return which notice tells of a result. Source: TN Đ.11.5.c; BD Đ.3.4; R-NTF-08"""
    return Kind.RESULT_EARLY if early else Kind.RESULT_READY
