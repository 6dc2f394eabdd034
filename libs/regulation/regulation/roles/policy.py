"""The policy: one table of who may do what and how far, by requirements C; every service asks it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from regulation.roles.rights import Right
from regulation.roles.roles import APPLICANTS, OFFICER_ROLES, Role
from regulation.roles.scopes import Reach


@dataclass(frozen=True)
class Grant:
    """How far a role's right reaches; a narrowed one reaches no further than the account's own scope."""

    reach: Reach
    narrowed: bool = False

    def for_scope(self, scope: str | None) -> Reach:
        """Return how far it reaches for an account of this scope."""
        return min(self.reach, Reach.of(scope)) if self.narrowed else self.reach


@dataclass(frozen=True)
class Rule:
    """Who has a right, and where that is written."""

    source: str
    grants: Mapping[Role, Grant]


OWN, AGENCY, PROVINCE = Grant(Reach.OWN), Grant(Reach.AGENCY), Grant(Reach.PROVINCE)
UP_TO_UNIT, UP_TO_AGENCY = Grant(Reach.UNIT, narrowed=True), Grant(Reach.AGENCY, narrowed=True)
UP_TO_SUB_TREE, UP_TO_PROVINCE = Grant(Reach.SUB_TREE, narrowed=True), Grant(Reach.PROVINCE, narrowed=True)
DESK, SPECIALIST, HEAD = Role.DESK_OFFICER, Role.SPECIALIST, Role.AGENCY_HEAD
LEADERS = (Role.SIGNER, HEAD)
KEEPERS = (Role.OPERATOR, Role.COORDINATOR, Role.PROVINCE_OFFICE)
"""Whom the provinces charge with telling of an incident: the operator, the centre, the province's office."""
WATCHERS = (Role.COORDINATOR, Role.AUDITOR, Role.PROVINCE_LEADER)


def _all(roles: Iterable[Role], grant: Grant) -> dict[Role, Grant]:
    return dict.fromkeys(roles, grant)


def _rule(source: str, *parts: Mapping[Role, Grant]) -> Rule:
    return Rule(source, {role: grant for part in parts for role, grant in part.items()})


POLICY: dict[Right, Rule] = {
    Right.BEGIN_DRAFT: _rule("NB Đ.13; TN Đ.9; R-SUB-01", _all(APPLICANTS, OWN)),
    Right.SUBMIT_DOSSIER: _rule("NB Đ.13; TN Đ.9; R-SUB-14", _all(APPLICANTS, OWN)),
    Right.FOLLOW_DOSSIER: _rule("NB Đ.14; HN Đ.13; R-TRK-03", _all(APPLICANTS, OWN)),
    Right.READ_DESK: _rule(
        "TN Đ.12.1; QT Đ.11.2.e; R-INT-01; R-ACC-18",
        _all((DESK, Role.SIGNER), UP_TO_AGENCY),
        {HEAD: UP_TO_SUB_TREE},
        _all(WATCHERS, UP_TO_PROVINCE),
    ),
    Right.CHECK_DOSSIER: _rule("NB Đ.16; TN PL.B2; R-INT-03", {DESK: UP_TO_AGENCY}),
    Right.ACCEPT_DOSSIER: _rule("TN Đ.11.3; HN Đ.11; R-INT-09", {DESK: UP_TO_AGENCY}),
    Right.REFUSE_DOSSIER: _rule("NB Đ.16; R-INT-07", {DESK: UP_TO_AGENCY}),
    Right.REDIRECT_DOSSIER: _rule("NB Đ.16; R-INT-06", {DESK: UP_TO_AGENCY}),
    Right.CORRECT_CONTACT: _rule("NB Đ.22.3; R-INT-03", {DESK: UP_TO_AGENCY}),
    Right.REQUEST_SUPPLEMENT: _rule("TN Đ.11.3; R-INT-05", {DESK: UP_TO_AGENCY}, _all(LEADERS, UP_TO_AGENCY)),
    Right.APPROVE_SUPPLEMENT: _rule("NB Đ.18.3.a; R-INT-05", _all(LEADERS, UP_TO_AGENCY)),
    Right.RECEIVE_RESULT: _rule("NB Đ.25.1; TN PL.B3; R-PRC-13", {DESK: UP_TO_AGENCY}),
    Right.HAND_OVER_RESULT: _rule("NB Đ.16; HN Đ.11; R-RES-13", {DESK: UP_TO_AGENCY}),
    Right.READ_MALWARE: _rule("NB Đ.24.4; BD Đ.4.4; R-SEC-05", {HEAD: AGENCY, Role.OPERATOR: PROVINCE}),
    Right.READ_HANDLING: _rule(
        "QT Đ.11.2.e; BD Đ.8; R-PRC-16; R-ACC-18",
        {DESK: UP_TO_UNIT},
        _all((SPECIALIST, Role.SIGNER), UP_TO_AGENCY),
        {HEAD: UP_TO_SUB_TREE},
        _all(WATCHERS, UP_TO_PROVINCE),
    ),
    Right.TAKE_STEP: _rule(
        "QT Đ.25.2; TN PL.B3; R-PRC-04", {DESK: UP_TO_UNIT}, _all((SPECIALIST, *LEADERS), UP_TO_AGENCY)
    ),
    Right.HANDLE_DOSSIER: _rule("BD Đ.8; HN Đ.12; NB Đ.25.1; R-PRC-03", {SPECIALIST: UP_TO_AGENCY}),
    Right.ASSIGN_DOSSIER: _rule("BD Đ.8.2; HN Đ.12.2; R-PRC-03", _all(LEADERS, UP_TO_AGENCY)),
    Right.DECIDE_DOSSIER: _rule("BD Đ.8.2; TN PL.B3; R-PRC-11", _all(LEADERS, UP_TO_AGENCY)),
    Right.DRILL_DOWN: _rule(
        "NB Đ.21; TN Đ.24.2; QT Đ.11.2.b; R-ACC-18",
        _all((DESK, SPECIALIST, *LEADERS, Role.AGENCY_ADMIN), UP_TO_SUB_TREE),
        _all((*WATCHERS, Role.PROVINCE_OFFICE), UP_TO_PROVINCE),
    ),
    Right.EDIT_CATALOGUE: _rule("NB Đ.11.2.a; TN Đ.7.1; R-CAT-17", {Role.CATALOGUE_EDITOR: PROVINCE}),
    Right.EDIT_DIRECTORY: _rule(
        "QT Đ.29; NB Đ.9.1.a; R-CAT-01", _all((Role.OPERATOR, Role.CATALOGUE_EDITOR), PROVINCE)
    ),
    Right.READ_EDITS: _rule(
        "BD Đ.13.9; QT Đ.26.1; R-CAT-17",
        _all(
            (
                Role.AUDITOR,
                Role.CATALOGUE_EDITOR,
                Role.OPERATOR,
                Role.COORDINATOR,
                Role.PROVINCE_OFFICE,
            ),
            PROVINCE,
        ),
    ),
    Right.REGISTER_DECISION: _rule(
        "NB Đ.11.2.b; QT Đ.24; R-CAT-15", _all((Role.CATALOGUE_EDITOR, Role.PROVINCE_OFFICE), PROVINCE)
    ),
    Right.REQUEST_CHANGE: _rule(
        "NB Đ.11.1; NB Đ.11.2.b; TN Đ.7.1; R-CAT-03; R-CAT-14",
        _all((HEAD, Role.AGENCY_ADMIN), AGENCY),
        {Role.COORDINATOR: PROVINCE},
    ),
    Right.READ_DRAFTS: _rule(
        "TN Đ.7.1; TN Đ.7.6; R-CAT-18", _all((Role.CATALOGUE_EDITOR, Role.CONTENT_CONTROLLER), PROVINCE)
    ),
    Right.CHECK_CONTENT: _rule("TN Đ.7.6; R-CAT-18", {Role.CONTENT_CONTROLLER: PROVINCE}),
    Right.READ_CHANGES: _rule(
        "NB Đ.11.2; BD Đ.14.3; R-CAT-14; R-CAT-15",
        _all((HEAD, Role.AGENCY_ADMIN), AGENCY),
        _all(
            (Role.CATALOGUE_EDITOR, Role.OPERATOR, Role.COORDINATOR, Role.PROVINCE_OFFICE, Role.AUDITOR),
            PROVINCE,
        ),
    ),
    Right.READ_ACCESS_LOG: _rule("BD Đ.13.9; QT Đ.25.9; QT Đ.29.7; R-SEC-22", {Role.AUDITOR: UP_TO_PROVINCE}),
    Right.EDIT_NOTICES: _rule("NB Đ.13.1.a; R-NTF-01", {Role.OPERATOR: PROVINCE}),
    Right.READ_OFFICERS: _rule(
        "QT Đ.11.2.e; R-ACC-18",
        _all(OFFICER_ROLES - {Role.POSTAL_WORKER, Role.POLICE}, UP_TO_PROVINCE),
        {Role.AGENCY_ADMIN: AGENCY},
        _all((Role.COORDINATOR, Role.OPERATOR, Role.AUDITOR, Role.PROVINCE_OFFICE), PROVINCE),
    ),
    Right.GRANT_RIGHTS: _rule(
        "NB Đ.26; QT Đ.11.5; QT Đ.24; R-ACC-17",
        {Role.AGENCY_ADMIN: AGENCY, Role.PROVINCE_OFFICE: PROVINCE},
    ),
    Right.READ_OPERATIONS: _rule(
        "TN Đ.22; NB Đ.8; QT Đ.12.2; BD Đ.13.4; R-OPS-04; R-OPS-06",
        _all((*KEEPERS, Role.POLICE, Role.AUDITOR, Role.PROVINCE_LEADER), PROVINCE),
    ),
    Right.KEEP_OPERATIONS: _rule(
        "TN Đ.22.1.a; NB Đ.8.1; QT Đ.12.2; R-OPS-02; R-OPS-04", _all(KEEPERS, PROVINCE)
    ),
    Right.READ_CONDUCT: _rule(
        "BD Đ.4.7; HN Đ.6.7; NB Đ.18.1; TN Đ.13.1; R-SEC-08",
        _all((Role.PROVINCE_OFFICE, Role.POLICE, Role.AUDITOR, Role.PROVINCE_LEADER), PROVINCE),
    ),
    Right.KEEP_CONDUCT: _rule("BD Đ.4.7; BD Đ.13.9; R-SEC-08; R-SEC-22", {Role.PROVINCE_OFFICE: PROVINCE}),
    Right.SUSPEND_ACCOUNT: _rule(
        "BD Đ.4.7; HN Đ.6.7; NB Đ.18.1.a; TN Đ.13.1; R-SEC-08", {Role.PROVINCE_OFFICE: PROVINCE}
    ),
    Right.CONFIRM_SUSPENSION: _rule(
        "BD Đ.4.7; HN Đ.6.7; NB Đ.18.1.a; TN Đ.13.1; R-SEC-08",
        _all((Role.PROVINCE_OFFICE, Role.PROVINCE_LEADER), PROVINCE),
    ),
    Right.READ_HOLDS: _rule(
        "Luật 33/2024; NB Đ.7; TN Đ.7.5; R-SEC-20",
        _all((Role.PROVINCE_OFFICE, Role.PROVINCE_LEADER, Role.AUDITOR), PROVINCE),
    ),
    Right.HOLD_RECORDS: _rule("Luật 33/2024; NB Đ.7; TN Đ.7.5; R-SEC-20", {Role.PROVINCE_OFFICE: PROVINCE}),
    Right.CONFIRM_HOLD: _rule(
        "Luật 33/2024; NB Đ.7; TN Đ.7.5; R-SEC-20",
        _all((Role.PROVINCE_OFFICE, Role.PROVINCE_LEADER), PROVINCE),
    ),
    Right.CONFIRM_GRANTS: _rule(
        "NB Đ.26; QT Đ.11.2; QT Đ.11.5; R-ACC-17",
        _all((Role.AGENCY_ADMIN, HEAD), AGENCY),
        _all((Role.PROVINCE_OFFICE, Role.PROVINCE_LEADER), PROVINCE),
    ),
    Right.FOLLOW_QUESTION: _rule("NB Đ.10.2; TN Đ.15.2; R-QNA-25", _all(APPLICANTS, OWN)),
    Right.READ_QUESTIONS: _rule(
        "NB Đ.18.5; TN Đ.15; QT Đ.24.4; R-QNA-21; R-ACC-18",
        _all((Role.QA_OWNER, Role.SIGNER), AGENCY),
        {HEAD: Grant(Reach.SUB_TREE)},
        _all((*WATCHERS, Role.CONTENT_CONTROLLER), PROVINCE),
    ),
    Right.TRIAGE_QUESTION: _rule("NB Đ.18.5.b; TN Đ.15.3; QT Đ.24.4; R-QNA-10", {Role.COORDINATOR: PROVINCE}),
    Right.HANDLE_QUESTION: _rule(
        "NB Đ.18.5.b; TN Đ.15.3.a; R-QNA-12; R-QNA-13", _all((Role.QA_OWNER, HEAD), AGENCY)
    ),
    Right.RELEASE_ANSWER: _rule("NB Đ.18.3.a; NB Đ.18.5.b; R-QNA-20", _all(LEADERS, AGENCY)),
    Right.PREPARE_PUBLICATION: _rule(
        "TN Đ.16.1; QT Đ.24.4; R-QNA-22", _all((Role.QA_OWNER, HEAD), AGENCY), {Role.COORDINATOR: PROVINCE}
    ),
    Right.PUBLISH_ANSWER: _rule(
        "TN Đ.16.1; QT Đ.24.4; R-QNA-22", _all((Role.COORDINATOR, Role.CONTENT_CONTROLLER), PROVINCE)
    ),
    Right.BAR_ASKER: _rule("NB Đ.18.1.a; TN Đ.13.1; R-QNA-03", {Role.PROVINCE_OFFICE: PROVINCE}),
    Right.READ_FEEDBACK: _rule(
        "TN Đ.18; BD Đ.11; QT Đ.24.4; R-FBK-07; R-ACC-18",
        {Role.FEEDBACK_OWNER: AGENCY, HEAD: Grant(Reach.SUB_TREE)},
        _all((*WATCHERS, Role.PROVINCE_OFFICE, Role.CONTENT_CONTROLLER), PROVINCE),
    ),
    Right.ENTER_FEEDBACK: _rule(
        "TN Đ.17.4; BD Đ.10.2; NB Đ.22.4; R-FBK-03; R-FBK-15",
        _all((DESK, Role.FEEDBACK_OWNER), AGENCY),
        _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE),
    ),
    Right.TRIAGE_FEEDBACK: _rule(
        "TN Đ.18.3; QT Đ.24.4; BD Đ.13.4; R-FBK-07",
        _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE),
    ),
    Right.HANDLE_FEEDBACK: _rule(
        "QT Đ.25.7; TN Đ.18.2; BD Đ.11; R-FBK-08; R-FBK-12", _all((Role.FEEDBACK_OWNER, HEAD), AGENCY)
    ),
    Right.PUBLISH_FEEDBACK: _rule(
        "QT Đ.24.4; TN Đ.6.2; R-FBK-13",
        _all((Role.COORDINATOR, Role.PROVINCE_OFFICE, Role.CONTENT_CONTROLLER), PROVINCE),
    ),
    Right.RATE_DOSSIER: _rule("NB Đ.10.4; TN Đ.6.3; R-SAT-01; R-SAT-05", _all(APPLICANTS, OWN)),
    Right.OFFER_RATING: _rule("NB Đ.10.4; R-SAT-01", {DESK: UP_TO_AGENCY}),
    Right.LOG_CALL: _rule(
        "NB Đ.8.2; TN Đ.11.5.c; TN Đ.11.6.b; R-NTF-13; R-TRK-08",
        _all((DESK, SPECIALIST, *LEADERS), UP_TO_AGENCY),
        {Role.COORDINATOR: UP_TO_PROVINCE},
    ),
    Right.URGE_AGENCY: _rule(
        "NB Đ.22.2; TN Đ.24.4; QT Đ.24.3; BD Đ.13.1; HN Đ.9.6; R-NTF-10",
        _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE),
    ),
    Right.FOLLOW_UP_RATING: _rule("NB Đ.10.4; R-SAT-05", {HEAD: AGENCY, Role.COORDINATOR: PROVINCE}),
    Right.BUILD_SURVEY: _rule(
        "TN Đ.24.4; TN Đ.6.3; QT Đ.7.6; R-SAT-02", _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE)
    ),
    Right.READ_EVALUATIONS: _rule(
        "NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04", _all((*WATCHERS, Role.PROVINCE_OFFICE), PROVINCE)
    ),
    Right.EVALUATE_AGENCIES: _rule(
        "NB Đ.22.1; BD Đ.13.6; QT Đ.23; R-SAT-04", _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE)
    ),
    Right.READ_IMPROVEMENTS: _rule(
        "BD Đ.13.4; HN Đ.9.4; NB Đ.22.4; NB Đ.28; R-FBK-14; R-ORG-05",
        _all((*WATCHERS, Role.PROVINCE_OFFICE), PROVINCE),
    ),
    Right.KEEP_IMPROVEMENTS: _rule(
        "BD Đ.13.4; BD Đ.20; HN Đ.15; NB Đ.22.4; NB Đ.28; QT Đ.31.3; TN Đ.25.4; R-FBK-14; R-ORG-05",
        _all((Role.COORDINATOR, Role.PROVINCE_OFFICE), PROVINCE),
    ),
}


def who_may(right: Right) -> frozenset[Role]:
    """Return the roles that have a right, however far it reaches."""
    return frozenset(POLICY[right].grants)


def rights_of(roles: Iterable[str]) -> frozenset[Right]:
    """Return every right that one of the roles has."""
    held = frozenset(roles)
    return frozenset(right for right in Right if held & who_may(right))


def reach_of(right: Right, roles: Iterable[str], scope: str | None) -> Reach:
    """Return how far an account reaches with a right: the widest of its roles, each narrowed as the table says."""
    grants = POLICY[right].grants
    held = [grants[Role(role)].for_scope(scope) for role in roles if role in grants]
    return max(held, default=Reach.NONE)
