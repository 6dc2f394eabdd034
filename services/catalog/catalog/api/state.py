"""What the routes take from the running application: search, level rules, files, the editor."""

from typing import Annotated, Any, cast

from common.api import CallerDep
from common.files import FileStore
from fastapi import Depends, Request
from regulation.roles import Right, who_may

from catalog.domain.editors import Editor
from catalog.domain.service_levels import SchemeRules
from catalog.queries.search_index import SearchIndex


async def search_index(request: Request) -> SearchIndex:
    """Give the search index of this process."""
    return cast(SearchIndex, request.app.state.search)


async def level_rules(request: Request) -> SchemeRules:
    """Give the service-level rules of the province's profile."""
    return cast(SchemeRules, request.app.state.rules)


async def address_units(request: Request) -> list[dict[str, Any]]:
    """Give the provinces with their communes: `{code, name, communes: [{code, name}]}`."""
    return cast(list[dict[str, Any]], request.app.state.address_units)


async def file_store(request: Request) -> FileStore:
    """Give the store in which form files lie."""
    return cast(FileStore, request.app.state.files)


async def editor(caller: CallerDep) -> Editor:
    """Let a catalogue editor pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.EDIT_CATALOGUE))
    return Editor(caller.subject, caller.agency)


async def directory_editor(caller: CallerDep) -> Editor:
    """Let who keeps the directory of agencies pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.EDIT_DIRECTORY))
    return Editor(caller.subject, caller.agency)


async def history_reader(caller: CallerDep) -> None:
    """Let who may see the edit history pass. Raises: UnauthenticatedError, ForbiddenError."""
    caller.require(*who_may(Right.READ_EDITS))


SearchDep = Annotated[SearchIndex, Depends(search_index)]
RulesDep = Annotated[SchemeRules, Depends(level_rules)]
AddressUnitsDep = Annotated[list[dict[str, Any]], Depends(address_units)]
FilesDep = Annotated[FileStore, Depends(file_store)]
EditorDep = Annotated[Editor, Depends(editor)]
DirectoryEditorDep = Annotated[Editor, Depends(directory_editor)]
HistoryReaderDep = Annotated[None, Depends(history_reader)]
