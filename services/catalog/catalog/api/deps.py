"""What the routes take from the composition root, and who may pass."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Annotated

from common.api import CallerDep
from common.api.deps import built
from common.files import FileStore
from fastapi import Depends
from regulation.roles import Right, who_may

from catalog.domain.changes import ChangeRules
from catalog.domain.editors import Editor
from catalog.domain.service_levels import SchemeRules
from catalog.queries.search_index import SearchIndex


@dataclass(frozen=True)
class WorkshopRules:
    """What the profile asks of publication, of the directory and of coverage.

    Source: `roles.content_controller`, `scope.vertical_agencies`, `catalog.coverage_target`
    """

    checked: bool
    vertical: bool
    coverage_target: str


@dataclass(frozen=True)
class Built:
    """What `main` built: the search, the province's rules and working day, address units and form files."""

    search: SearchIndex
    rules: SchemeRules
    changes: ChangeRules
    workshop: WorkshopRules
    day_hours: Fraction
    files: FileStore


BuiltDep = Annotated[Built, Depends(built)]


async def search_index(built: BuiltDep) -> SearchIndex:
    """Give the search index of this process."""
    return built.search


async def level_rules(built: BuiltDep) -> SchemeRules:
    """Give the service-level rules of the province's profile."""
    return built.rules


async def change_rules(built: BuiltDep) -> ChangeRules:
    """Give the time limits of changes of the province's profile."""
    return built.changes


async def control(built: BuiltDep) -> bool:
    """Tell whether the province has a content controller without whose word nothing is published."""
    return built.workshop.checked


async def vertical(built: BuiltDep) -> bool:
    """Tell whether vertical-sector and other voluntary agencies may publish here."""
    return built.workshop.vertical


async def coverage_target(built: BuiltDep) -> str:
    """Give the share of decided procedures that the profile wants on the portal."""
    return built.workshop.coverage_target


async def day_hours(built: BuiltDep) -> Fraction:
    """Give the hours of a working day on the province's calendar."""
    return built.day_hours


async def file_store(built: BuiltDep) -> FileStore:
    """Give the store in which form files lie."""
    return built.files


async def editor(caller: CallerDep) -> Editor:
    """Let a catalogue editor pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.EDIT_CATALOGUE))
    return Editor(caller.subject, caller.agency)


async def directory_editor(caller: CallerDep) -> Editor:
    """Let who keeps the directory of agencies pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.EDIT_DIRECTORY))
    return Editor(caller.subject, caller.agency)


async def registrar(caller: CallerDep) -> Editor:
    """Let who registers publication decisions pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.REGISTER_DECISION))
    return Editor(caller.subject, caller.agency)


async def history_reader(caller: CallerDep) -> None:
    """Let who may see the edit history pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.READ_EDITS))


SearchDep = Annotated[SearchIndex, Depends(search_index)]
RulesDep = Annotated[SchemeRules, Depends(level_rules)]
ChangeRulesDep = Annotated[ChangeRules, Depends(change_rules)]
ControlDep = Annotated[bool, Depends(control)]
VerticalDep = Annotated[bool, Depends(vertical)]
CoverageTargetDep = Annotated[str, Depends(coverage_target)]
DayHoursDep = Annotated[Fraction, Depends(day_hours)]
FilesDep = Annotated[FileStore, Depends(file_store)]
EditorDep = Annotated[Editor, Depends(editor)]
DirectoryEditorDep = Annotated[Editor, Depends(directory_editor)]
RegistrarDep = Annotated[Editor, Depends(registrar)]
HistoryReaderDep = Annotated[None, Depends(history_reader)]
