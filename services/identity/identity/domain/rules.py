"""What the province's regulation says about accounts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from regulation.codes import DEFAULT_PATTERN
from regulation.retention import Retention

from identity.domain.acceptance import PasswordAge
from identity.domain.sessions import Idling


@dataclass(frozen=True)
class AccountRules:
    """The values of the regulation profile that this service obeys.

    Source: `accounts.citizen_source`, `accounts.first_login_change`, `accounts.default_scope`,
    `accounts.rights_granted_by`, `accounts.second_factor`, `security.*session_idle_minutes`, `retention.*`,
    `dossier_code.pattern`, `accounts.password_max_age_days`,
    `accounts.npd_commitment_required`, `accounts.review_cycle`, `roles.*`
    """

    citizen_source: tuple[str, ...] = ("local",)
    first_login_change: bool = True
    default_scope: str = "own"
    office_grants: bool = False
    """Whether only the office of the province's committee grants rights."""
    bodies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Which bodies the regulation names for the posts of the province."""
    review_months: int = 0
    """After how many months unused accounts are reviewed; 0 for never."""
    commitment_needed: bool = False
    """Whether the population database is used only after a personal commitment."""
    password_age: PasswordAge = field(default_factory=PasswordAge)
    """How old a password may be, and what becomes of an older one."""
    second_factor: frozenset[str] = frozenset()
    """The roles of whom a second factor is asked."""
    one_sign_in: bool = False
    """Whether an officer's account is in use in one place at a time; a demonstration lets several people try it."""
    idling: Idling = field(default_factory=Idling)
    code_pattern: str = DEFAULT_PATTERN
    """How the province writes dossier codes."""
    retention: Retention = field(default_factory=lambda: Retention({}))

    @property
    def alone(self) -> Idling | None:
        """Give how long sign-ins wait, where an officer's account is in use in one place at a time. Source: R-ACC-16"""
        return self.idling if self.one_sign_in else None
