"""`make deploy-check`: what a machine can judge about deployments without running them."""

import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from regulation.codes.agency import AgencyCode

from suite.check.cluster import POLICY, CannotBuildError, forbidden, rendered, wrong_fields
from suite.check.programs import NotHereError, alert_rules, compose_file, image_files, watched_places
from suite.check.watching import blind, without_runbook
from suite.check.written import drifted
from suite.deploy.agency import Meeting, lay_agency
from suite.deploy.cluster.files import PLACE, cluster_files
from suite.deploy.cluster.objects import BY_WHOM
from suite.run.manifest import manifests
from suite.run.places import checkout

Check = Callable[[Path], list[str]]


def overlays(root: Path) -> list[Path]:
    """Return every set of manifests that can be applied; the base is in each."""
    return sorted(place.parent for place in (root / PLACE).glob("overlays/*/kustomization.yaml"))


def cluster(root: Path, folder: Path) -> list[str]:
    """Return what is wrong with one set of manifests."""
    try:
        objects = rendered(folder)
    except CannotBuildError as error:
        return [str(error)]
    rules = root / PLACE / POLICY
    return [*wrong_fields(objects, root / PLACE / "schemas"), *forbidden(objects, rules)]


def agency(root: Path) -> list[str]:
    """Return what is wrong with the overlay that an agency's team is given."""
    here = Meeting(
        "https://dvc.example", "amqps://broker.example:5671", "https://files.example:8333", "10.0.0.5"
    )
    with tempfile.TemporaryDirectory() as folder:
        lay_agency(Path(folder) / "own", AgencyCode("H42.15"), ["processing"], here)
        return cluster(root, Path(folder) / "own" / "cluster")


def committed(root: Path) -> list[str]:
    """Return files that are not what the manifests say, or that were written once and follow from nothing now."""
    wanted = cluster_files(root, manifests())
    left = (
        str(place.relative_to(root))
        for place in sorted((root / PLACE).rglob("*.yaml"))
        if place.read_text("utf-8").startswith(BY_WHOM)
    )
    return [
        *(
            f"{name} is not what services/*/service.toml say; run: make contracts"
            for name in drifted(root, manifests())
        ),
        *(f"{name} follows from no service; remove it" for name in left if name not in wanted),
    ]


def checks(root: Path) -> Mapping[str, Check]:
    """Return every check by what it looks at."""
    return {
        "written files": committed,
        "image files": image_files,
        "compose file": compose_file,
        **{f"cluster, {folder.name}": partial(cluster, folder=folder) for folder in overlays(root)},
        "cluster, an agency's own": agency,
        "alert rules": alert_rules,
        "watched places": watched_places,
        "what is looked at": blind,
        "runbooks": without_runbook,
    }


def outcome(name: str, check: Check, root: Path, *, strict: bool) -> tuple[bool, str]:
    """Carry out one check; return whether it may stand, and what to print."""
    try:
        findings = check(root)
    except NotHereError as missing:
        return not strict, f"{name}: NOT CHECKED, {missing} is not on this machine"
    return not findings, "\n".join(
        [f"{name}: {'ok' if not findings else 'refused'}", *(f"  {one}" for one in findings)]
    )


def main() -> int:
    """Print what every check found; with CI=true a check that could not be carried out is a failure."""
    root, strict = checkout(), os.environ.get("CI") == "true"
    results = [outcome(name, check, root, strict=strict) for name, check in checks(root).items()]
    print("\n".join(text for _, text in results))  # noqa: T201 - a command's answer
    return 0 if all(stands for stands, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main())
