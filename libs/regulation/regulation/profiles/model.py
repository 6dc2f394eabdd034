"""A regulation profile: the values one province works under, each with the article that fixes it."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from regulation.durations import Duration
from regulation.errors import RegulationError
from regulation.profiles.kinds import Value
from regulation.profiles.limits import BORROWING, Limit
from regulation.profiles.texts import Citation, citations

T = TypeVar("T")


@dataclass(frozen=True)
class Problem:
    """One thing wrong with a profile file, and the line it stands on."""

    file: str
    line: int
    key: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.key}: {self.what}"


class ProfileRefusedError(RegulationError):
    """The profile cannot be loaded; `problems` names each line and why."""

    code = "profile-refused"
    vi = "Không nạp được bộ quy chế:\n{listed}"
    en = "The profile cannot be loaded:\n{listed}"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.file, problem.line, problem.key)))
        super().__init__(listed="\n".join(str(problem) for problem in self.problems))


class UnknownProfileError(RegulationError):
    """There is no profile of that name."""

    code = "unknown-profile"
    vi = "Không có bộ quy chế “{name}”. Các bộ hiện có: {names}."
    en = "There is no profile “{name}”. There are: {names}."


class ProfileNotInForceError(RegulationError):
    """The regulation was not in force on the day asked for."""

    code = "profile-not-in-force"
    vi = "Quy chế “{name}” có hiệu lực từ {since}, chưa áp dụng cho ngày {on}."
    en = "The regulation “{name}” is in force from {since}, not on {on}."


class UnknownKeyError(RegulationError):
    """The profile has no such key."""

    code = "unknown-profile-key"
    vi = "Bộ quy chế không có khóa “{key}”."
    en = "A profile has no key “{key}”."


class WrongKindError(RegulationError):
    """The key holds another kind of value than the one asked for."""

    code = "wrong-kind-of-profile-value"
    vi = "Khóa “{key}” không phải {kind}: {value}."
    en = "The key “{key}” is no {kind}: {value}."


@dataclass(frozen=True)
class Leaf:
    """One value of a profile: what it is, which article fixes it, and what the reader should know.

    `usual` is what the default says of the same key.
    """

    key: str
    value: Value
    source: str
    note: str = ""
    file: str = ""
    line: int = 0
    inherited: bool = False
    usual: Value = None

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Name the places of legal texts this value rests on."""
        return citations(self.source)


@dataclass(frozen=True)
class Profile:
    """A regulation profile (quy chế) in one version; a running dossier keeps the version of its intake.

    `valid_from` is the first local day of this version, `valid_to` the day the next one starts.
    Source: requirements §A; R-ORG-06, R-ORG-07
    """

    name: str
    vi: str
    en: str
    leaves: Mapping[str, Leaf]
    valid_from: dt.date
    valid_to: dt.date | None = None

    @property
    def version(self) -> str:
        """Name this version by its first day, as `load(name, on=…)` finds it again."""
        return self.valid_from.isoformat()

    def get(self, key: str) -> Leaf:
        """Give the leaf of a key. Raises: UnknownKeyError."""
        if key not in self.leaves:
            raise UnknownKeyError(key=key)
        return self.leaves[key]

    def flag(self, key: str) -> bool:
        """Give yes or no; a value that does not apply (null) is no. Raises: UnknownKeyError, WrongKindError."""
        leaf = self.get(key)
        return False if leaf.value is None else self._typed(leaf, bool, "flag")

    def text(self, key: str) -> str:
        """Give a text, an option or the wording of a limit. Raises: UnknownKeyError, WrongKindError."""
        leaf = self.get(key)
        return str(leaf.value) if isinstance(leaf.value, Limit) else self._typed(leaf, str, "text")

    def number(self, key: str) -> int:
        """Give a whole number. Raises: UnknownKeyError, WrongKindError."""
        leaf = self.get(key)
        if isinstance(leaf.value, bool):
            raise WrongKindError(key=key, kind="number", value=leaf.value)
        return self._typed(leaf, int, "number")

    def percent(self, key: str) -> Decimal:
        """Give a share of a hundred. Raises: UnknownKeyError, WrongKindError."""
        return self._typed(self.get(key), Decimal, "percentage")

    def day(self, key: str) -> dt.date:
        """Give a local date. Raises: UnknownKeyError, WrongKindError."""
        return self._typed(self.get(key), dt.date, "date")

    def listing(self, key: str) -> tuple[str, ...]:
        """Give the tokens of a list in order, without their qualifiers; null is an empty list.

        Raises: UnknownKeyError, WrongKindError.
        """
        return tuple(token for token, _ in self.qualified(key))

    def qualified(self, key: str) -> tuple[tuple[str, str], ...]:
        """Give each token with its qualifier, empty when it has none: (`sms`, `encouraged`).

        Raises: UnknownKeyError, WrongKindError.
        """
        leaf = self.get(key)
        tokens = () if leaf.value is None else self._typed(leaf, tuple, "list")
        return tuple((token.partition("@")[0], token.partition("@")[2]) for token in tokens)

    def record(self, key: str) -> Mapping[str, object]:
        """Give the named fields of a composed value. Raises: UnknownKeyError, WrongKindError."""
        leaf = self.get(key)
        if not isinstance(leaf.value, Mapping):
            raise WrongKindError(key=key, kind="record", value=leaf.value)
        return leaf.value

    def limit(self, key: str) -> Limit:
        """Give a time limit with its word or its start. Raises: UnknownKeyError, WrongKindError."""
        return self._typed(self.get(key), Limit, "time limit")

    def duration(self, key: str) -> Duration:
        """Give the number of a time limit; `promptly` and `national` borrow the number of the default.

        Raises: UnknownKeyError, WrongKindError when no number exists (`none`, `same_day_15h`, `inside_check`).
        Source: R-CAT-14, R-FBK-08
        """
        limit, usual = self.limit(key), self.get(key).usual
        if limit.word in BORROWING and isinstance(usual, Limit):
            limit = usual
        if limit.duration is None:
            raise WrongKindError(key=key, kind="duration", value=limit)
        return limit.duration

    def basis(self, key: str) -> tuple[Citation, ...]:
        """Give the legal texts and places a value rests on. Raises: UnknownKeyError."""
        return self.get(key).citations

    def resting_on_replaced_texts(self, on: dt.date) -> tuple[Leaf, ...]:
        """List the leaves that cite a text which another has replaced by that day.

        Source: R-ORG-06
        """
        return tuple(
            leaf for leaf in self.leaves.values() if any(cited.text.replaced(on) for cited in leaf.citations)
        )

    def _typed(self, leaf: Leaf, kind: type[T], name: str) -> T:
        if not isinstance(leaf.value, kind):
            raise WrongKindError(key=leaf.key, kind=name, value=leaf.value)
        return leaf.value
