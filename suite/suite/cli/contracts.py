"""`motcua contracts`: write what follows from the services, or check that nothing has drifted."""

from pathlib import Path
from typing import Annotated

import typer

from suite.check.answers import stale
from suite.check.contracts import drift, write
from suite.check.listening import misheard
from suite.check.manifests import contradictions, lagging
from suite.check.written import drifted, written
from suite.run.manifest import manifests
from suite.run.places import checkout

app = typer.Typer()


@app.command()
def contracts(
    check: Annotated[bool, typer.Option("--check", help="only compare; exit 1 on drift")] = False,
) -> None:
    """Write the lists of each service.toml, what follows from all of them, and the documents under `contracts/`."""
    root = checkout()
    changed = _manifests(root, write_them=not check)
    folder = root / "contracts"
    folder.mkdir(exist_ok=True)
    changed += [f"contracts/{name}" for name in (drift(folder) if check else write(folder))]
    changed += _answers(root, write_them=not check)
    for name in changed:
        typer.echo(f"{'differs' if check else 'written'}: {name}")
    wrong = list(contradictions(manifests()))
    for sentence in wrong:
        typer.echo(f"contradiction: {sentence}", err=True)
    for sentence in (unread := misheard(folder)):
        typer.echo(f"read and not promised: {sentence}", err=True)
    if check and changed:
        typer.echo("The code says something else than what is committed; run: make contracts", err=True)
    if wrong or unread or (check and changed):
        raise typer.Exit(1)


def _answers(root: Path, *, write_them: bool) -> list[str]:
    """Return the values of `libs/answers` behind the documents under `contracts/`; write them when told to."""
    behind = stale(root)
    for name, text in behind.items() if write_them else ():
        (root / name).parent.mkdir(exist_ok=True)
        if text:
            (root / name).write_text(text, encoding="utf-8")
        else:
            (root / name).unlink()
    return list(behind)


def _manifests(root: Path, *, write_them: bool) -> list[str]:
    """Return the manifests behind their code and the written files behind the manifests; write both when told to."""
    behind = lagging(root, manifests())
    if write_them:
        for place, text in behind.items():
            place.write_text(text, encoding="utf-8")
        manifests.cache_clear()
    changed = [str(place.relative_to(root)) for place in behind] + drifted(root, manifests())
    if write_them:
        for name, text in written(root, manifests()).items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text, encoding="utf-8")
    return changed
