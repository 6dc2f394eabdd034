"""A table of new officers: which column is which, what each line says, and what is wrong with it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from common.errors import DomainError, FieldProblem, InvalidInputError
from regulation.roles import Role, Scope
from regulation.text import fold

from identity.domain.grants import parted, scope_parted
from identity.domain.officers import Officer, officer

MOST_ROWS, MOST_BYTES = 20_000, 5_000_000
COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "login": ("ten dang nhap", "login"),
    "full_name": ("ho va ten", "ho ten", "full name", "full_name"),
    "id_number": ("so dinh danh", "so dinh danh ca nhan", "cccd", "id number", "id_number"),
    "email": ("thu dien tu", "email", "e-mail"),
    "phone": ("dien thoai", "so dien thoai", "phone"),
    "agency": ("ma co quan", "co quan", "agency"),
    "unit": ("bo phan", "ma bo phan", "unit"),
    "roles": ("vai tro", "roles"),
    "scope": ("pham vi", "pham vi du lieu", "scope"),
}
"""What the heading of each column may be called, with or without marks."""
NEEDED: Final = ("login", "full_name", "id_number", "email", "agency", "roles")


class TableUnreadableError(DomainError):
    """The file is no table that can be read here."""

    code = "table-unreadable"
    vi = "Không đọc được tệp. Hãy dùng tệp CSV (UTF-8) hoặc XLSX, tối đa 5 MB và 20.000 dòng."
    en = "The file cannot be read. Use CSV (UTF-8) or XLSX, up to 5 MB and 20,000 rows."


class ColumnsMissingError(DomainError):
    """A column that every officer needs is not there."""

    code = "columns-missing"
    vi = "Thiếu cột: {columns}. Dòng đầu của bảng phải là tên các cột."
    en = "Missing columns: {columns}. The first row of the table names the columns."


class TableChangedError(DomainError):
    """What is imported is what was looked at before."""

    code = "table-changed"
    vi = "Tệp này không phải tệp vừa kiểm tra. Hãy kiểm tra lại trước khi nhập."
    en = "This is not the file that was checked. Check it again before importing."


class RowsWrongError(DomainError):
    """Lines are wrong, and nobody said to leave them out."""

    code = "rows-wrong"
    vi = "Có {count} dòng sai. Sửa tệp, hoặc chọn bỏ qua các dòng sai."
    en = "{count} rows are wrong. Mend the file, or choose to leave them out."


@dataclass(frozen=True)
class Line:
    """One line of a table by the number people see, its cells by column, and the columns of cells that are merged."""

    number: int
    cells: Mapping[str, str]
    merged: tuple[str, ...] = ()


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a line: the column, and why in both languages."""

    line: int
    column: str
    vi: str
    en: str


@dataclass
class Checked:
    """The officers a table says, each with its line, and what is wrong with the others."""

    good: list[tuple[int, Officer]] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    @property
    def wrong_lines(self) -> int:
        """How many lines are wrong; one may be so in several ways."""
        return len({one.line for one in self.wrong})


def columns(heading: Sequence[str]) -> dict[int, str]:
    """Tell which column stands where.

    Raises: ColumnsMissingError naming what is not there.
    """
    names = {spelling: name for name, spellings in COLUMNS.items() for spelling in spellings}
    found = {
        place: names[word]
        for place, text in enumerate(heading)
        if (word := " ".join(fold(text).split())) in names
    }
    missing = [COLUMNS[name][0] for name in NEEDED if name not in found.values()]
    if missing:
        raise ColumnsMissingError(field="file", rule="columns", columns=", ".join(missing))
    return found


def checked(lines: Iterable[Line], default_scope: str) -> Checked:
    """Check every line as if it were entered by hand, and against those above it.

    Source: NB Đ.2.3; NB Đ.1.2.b; R-ACC-11; R-ACC-17; R-ACC-18
    """
    seen: dict[tuple[str, str], int] = {}
    found = Checked()
    for line in lines:
        problems = [*_merged(line)]
        made = None if problems else _officer(line, default_scope, problems)
        if made is not None:
            problems += _waits(line, made)
            problems += _repeats(line, made, seen)
        if problems or made is None:
            found.wrong += problems
        else:
            found.good.append((line.number, made))
    return found


def role_named(text: str) -> str:
    """Give a role's code from its code or its name in either language; what is none stays as it is."""
    word = fold(text)
    for role in Role:
        if word in (role.value, fold(role.said("vi")), fold(role.said("en"))):
            return role.value
    return text


def _merged(line: Line) -> list[Wrong]:
    words = (
        "Ô bị gộp. Hãy bỏ gộp và ghi giá trị vào từng dòng.",
        "The cell is merged. Split it and fill each row.",
    )
    return [Wrong(line.number, column, *words) for column in line.merged]


def _officer(line: Line, default_scope: str, problems: list[Wrong]) -> Officer | None:
    told = {name: line.cells.get(name, "").strip() for name in COLUMNS}
    roles = [role_named(part.strip()) for part in told["roles"].replace(";", ",").split(",") if part.strip()]
    scope = told["scope"] or None
    if scope is not None and scope not in {one.value for one in Scope}:
        known = {fold(one.said(lang)): one.value for one in Scope for lang in ("vi", "en")}
        scope = known.get(fold(scope), scope)
        if scope not in known.values():
            words = f"Không có phạm vi “{scope}”.", f"There is no scope “{scope}”."
            problems.append(Wrong(line.number, "scope", *words))
            return None
    try:
        return officer(
            login=told["login"],
            full_name=told["full_name"],
            number=told["id_number"],
            email=told["email"],
            phone=told["phone"] or None,
            agency=told["agency"],
            unit=told["unit"] or None,
            roles=roles,
            scope=scope,
            default_scope=default_scope,
        )
    except InvalidInputError as refusal:
        problems += [_told(line.number, problem) for problem in refusal.problems()]
        return None


def _told(number: int, problem: FieldProblem) -> Wrong:
    return Wrong(number, problem.field, problem.vi, problem.en)


def _waits(line: Line, made: Officer) -> list[Wrong]:
    """Refuse what a second person must confirm: that is given one by one, and looked at."""
    _, waiting = parted(made.roles)
    _, scope = scope_parted(made.scope, Scope.OWN, made.roles)
    words = (
        "Vai trò hoặc phạm vi này cần người thứ hai xác nhận; hãy cấp riêng sau khi nhập.",
        "This role or scope needs a second person's word; grant it by hand after the import.",
    )
    return [Wrong(line.number, "roles" if waiting else "scope", *words)] if waiting or scope else []


def _repeats(line: Line, made: Officer, seen: dict[tuple[str, str], int]) -> list[Wrong]:
    found = []
    for column, value in (("login", made.login), ("id_number", made.identity.value), ("email", made.email)):
        first = seen.setdefault((column, value), line.number)
        if first != line.number:
            found.append(Wrong(line.number, column, f"Trùng với dòng {first}.", f"The same as row {first}."))
    return found
