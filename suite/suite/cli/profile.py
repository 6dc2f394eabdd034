"""`motcua profile`: list, show, compare and check the regulation profiles of provinces."""

import json
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from regulation.profiles import (
    NAMES,
    Leaf,
    Profile,
    ProfileNotInForceError,
    ProfileRefusedError,
    UnknownProfileError,
    difference,
    load,
    load_file,
    versions,
)
from regulation.profiles.comparing import plain, shown
from rich.console import Console
from rich.table import Table

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

JsonOption = Annotated[bool, typer.Option("--json", help="write JSON for programs instead of a table")]
OnOption = Annotated[
    datetime | None,
    typer.Option("--on", formats=["%Y-%m-%d"], help="the version of that day; default: newest"),
]
GroupArgument = Annotated[str, typer.Option("--group", help="only the keys of one group, such as qna")]


@app.callback()
def profile() -> None:
    """Show, compare and check regulation profiles."""


@app.command("list")
def list_(as_json: JsonOption = False) -> None:
    """List the profiles with their regulation, the day it takes effect and their versions."""
    rows = [(load(name), [one.version for one in versions(name)]) for name in NAMES]
    if as_json:
        _write([{**_heading(one), "versions": found} for one, found in rows])
        return
    table = _table(
        "Hồ sơ / profile", "Tên / title", "Quy chế / regulation", "Hiệu lực / from", "Phiên bản / versions"
    )
    for one, found in rows:
        since = one.day("regulation.effective_from").isoformat()
        table.add_row(
            one.name, f"{one.vi} / {one.en}", one.text("regulation.number"), since, "\n".join(found)
        )
    _print(table)


@app.command()
def show(name: str, group: GroupArgument = "", on: OnOption = None, as_json: JsonOption = False) -> None:
    """Show every value of a profile with its source and note; · marks what comes from the default."""
    found = _load(name, on)
    leaves = [leaf for key, leaf in found.leaves.items() if not group or key.split(".")[0] == group]
    if not leaves:
        _refuse(f"Không có nhóm “{group}”. / There is no group “{group}”.")
    if as_json:
        _write({**_heading(found), "values": {leaf.key: _leaf(leaf) for leaf in leaves}})
        return
    table = _table("Khóa / key", "Giá trị / value", "Nguồn / source", "Ghi chú / note")
    for leaf in leaves:
        table.add_row(
            f"{'·' if leaf.inherited else ' '} {leaf.key}", shown(leaf.value), leaf.source, leaf.note
        )
    typer.echo(f"{found.name} · {found.vi} / {found.en} · phiên bản / version {found.version}\n")
    _print(table)


@app.command()
def diff(left: str, right: str, on: OnOption = None, as_json: JsonOption = False) -> None:
    """Compare two profiles (or two files) key by key; the exit status is 1 when they differ."""
    one, other = _load(left, on), _load(right, on)
    found = difference(one, other)
    if as_json:
        _write([{"key": key, left: _leaf(mine), right: _leaf(theirs)} for key, mine, theirs in found])
    else:
        table = _table("Khóa / key", left, right)
        for key, mine, theirs in found:
            table.add_row(
                key, f"{shown(mine.value)}\n  {mine.source}", f"{shown(theirs.value)}\n  {theirs.source}"
            )
        _print(table)
        typer.echo(f"{len(found)} khác nhau / differ, {len(one.leaves) - len(found)} giống nhau / equal")
    raise typer.Exit(1 if found else 0)


@app.command()
def check(file: Path, as_json: JsonOption = False) -> None:
    """Check a profile file against the schema; every problem is named with its line, and the status is 1."""
    try:
        found = load_file(file)
    except ProfileRefusedError as refused:
        if as_json:
            _write([asdict(one) for one in refused.problems])
        else:
            for problem in refused.problems:
                typer.echo(str(problem), err=True)
            typer.echo(f"{len(refused.problems)} lỗi / problems", err=True)
        raise typer.Exit(1) from refused
    except (OSError, UnicodeDecodeError) as problem:
        _refuse(f"Không đọc được {file}: {problem} / cannot be read")
    own = sum(not leaf.inherited for leaf in found.leaves.values())
    if as_json:
        _write([])
    else:
        typer.echo(
            f"{file.name}: đúng / holds · {own} giá trị riêng / own values, {len(found.leaves)} khóa / keys"
        )


def _load(name: str, on: datetime | None) -> Profile:
    """Load a profile by its name, or by the path of a file."""
    day: date | None = on.date() if on else None
    try:
        return load_file(Path(name), day) if name.endswith(".yaml") else load(name, day)
    except (UnknownProfileError, ProfileNotInForceError, ProfileRefusedError) as refused:
        _refuse(f"{refused.message('vi')} / {refused.message('en')}")
    except OSError as problem:
        _refuse(f"Không đọc được {name}: {problem} / cannot be read")


def _refuse(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(2)


def _heading(found: Profile) -> dict[str, object]:
    return {
        "profile": found.name,
        "vi": found.vi,
        "en": found.en,
        "regulation": found.text("regulation.number"),
        "version": found.version,
        "valid_to": plain(found.valid_to),
    }


def _leaf(leaf: Leaf) -> dict[str, object]:
    return {
        "value": plain(leaf.value),
        "source": leaf.source,
        "note": leaf.note,
        "inherited": leaf.inherited,
        "line": f"{leaf.file}:{leaf.line}",
    }


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for heading in headings:
        table.add_column(heading, overflow="fold")
    return table


def _print(table: Table) -> None:
    Console(highlight=False, markup=False, width=None if Console().is_terminal else 160).print(table)


def _write(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
