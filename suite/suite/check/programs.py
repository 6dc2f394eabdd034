"""Checks that belong to programs of others: the Dockerfile's, Compose's and Prometheus' own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from suite.deploy.scrape import SCRAPE

DOCKERFILES: Final = ("deploy/docker/Dockerfile",)
UNPINNED: Final = ("--ignore", "DL3008")
"""Packages of the base are not pinned by version: which Debian it is, whoever builds chooses (`ARG BASE`)."""
RULES, TRIALS = "deploy/observability/rules.yaml", "deploy/observability/rules.test.yaml"
RULE_FILES: Final = (RULES, "deploy/observability/operator.yaml", "deploy/observability/parts.yaml")


class NotHereError(Exception):
    """A program that a check needs is not on this machine; the message says how to get it."""


def program(name: str, *places: Path) -> str:
    """Return where a program is: in this environment, in one of the places, or on the path.

    Raises:
        NotHereError: nowhere.
    """
    near = [str(Path(sys.executable).parent), *(str(place) for place in places)]
    if not (found := shutil.which(name, path=os.pathsep.join([*near, os.environ.get("PATH", "")]))):
        raise NotHereError(name)
    return found


def said(command: Sequence[str], root: Path) -> list[str]:
    """Run a program and return what it complains about; nothing when it is content."""
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    return (
        [line for line in (done.stdout + done.stderr).splitlines() if line.strip()] if done.returncode else []
    )


def image_files(root: Path, names: Sequence[str] = DOCKERFILES) -> list[str]:
    """Return what hadolint finds in the files that images are built from."""
    command = [program("hadolint"), "--no-color", "--failure-threshold", "warning", *UNPINNED, *names]
    return said(command, root)


def compose_file(root: Path, name: str = "docker-compose.yml") -> list[str]:
    """Return what Compose says against the compose file."""
    try:
        compose = [program("docker-compose", root / "build/tools")]
    except NotHereError:
        compose = [program("docker"), "compose"]
        if said([*compose, "version"], root):
            raise NotHereError("docker-compose") from None
    return said([*compose, "--project-directory", str(root), "-f", name, "config", "--quiet"], root)


def alert_rules(root: Path, trials: str = TRIALS) -> list[str]:
    """Return what promtool finds in the alert rules, and which of their trials fail."""
    promtool = program("promtool")
    return said([promtool, "check", "rules", *RULE_FILES], root) + said(
        [promtool, "test", "rules", trials], root
    )


def watched_places(root: Path, name: str = SCRAPE) -> list[str]:
    """Return what promtool finds in what is watched on one host."""
    return said([program("promtool"), "check", "config", name], root)
