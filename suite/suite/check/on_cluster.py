"""`make k8s-test`: what only a server can judge: whether it takes every object, and whether the suite runs on it."""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from suite.check.cluster import Object, rendered
from suite.check.programs import program
from suite.deploy.cluster.files import PLACE
from suite.deploy.cluster.objects import NAMESPACE
from suite.deploy.cluster.secret_objects import secret_objects, standin_secret
from suite.deploy.secret_files import lay_secrets
from suite.run.places import checkout

FORMER: Final = {("policy/v1", "PodDisruptionBudget"): "policy/v1beta1"}
"""Kinds that an older server knows under a former name and in the same shape."""
PATIENCE: Final = 600.0
"""Seconds until everything must run."""
EDGE_PATIENCE: Final = 60.0
"""Seconds until the edge of a cluster that runs leads to the services."""


class RefusedError(Exception):
    """The cluster refused something, or something does not run; the message says what."""


class Sorted(NamedTuple):
    """The objects a server can take, and how many of each kind it does not know."""

    taken: list[Object]
    unknown: Counter[str]


def kubectl(*arguments: str, given: str = "") -> str:
    """Ask the cluster of KUBECONFIG.

    Raises:
        RefusedError: it answered with an error.
    """
    command = [program("kubectl"), *arguments]
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=False)
    if done.returncode:
        lines = [
            line for line in done.stderr.splitlines() if "memcache.go" not in line
        ]  # each attempt to connect
        raise RefusedError("\n".join(lines))
    return done.stdout


def known_kinds(ask: Callable[..., str] = kubectl) -> set[tuple[str, str]]:
    """Return (version, kind) of everything the server knows."""
    found = set()
    for line in ask("api-resources", "--no-headers").splitlines():
        *_, version, _namespaced, kind = line.split()
        found.add((version, kind))
    return found


def sorted_for(objects: Iterable[Object], known: set[tuple[str, str]]) -> Sorted:
    """Divide objects into those a server knows, under a former name if need be, and kinds it does not know."""
    taken: list[Object] = []
    unknown: Counter[str] = Counter()
    for one in objects:
        named = (one["apiVersion"], one["kind"])
        former = FORMER.get(named)
        if named in known:
            taken.append(one)
        elif former and (former, one["kind"]) in known:
            taken.append({**one, "apiVersion": former})
        else:
            unknown[f"{one['apiVersion']} {one['kind']}"] += 1
    return Sorted(taken, unknown)


def accepted(objects: Sequence[Object], ask: Callable[..., str] = kubectl) -> int:
    """Let the server judge every object without keeping it; return how many it took.

    Raises:
        RefusedError: it refused one.
    """
    answer = ask(
        "apply", "--server-side", "--dry-run=server", "--force-conflicts", "-f", "-", given=listed(objects)
    )
    return len(answer.splitlines())


def listed(objects: Sequence[Object]) -> str:
    """Write objects as one list, as the server takes it."""
    return json.dumps({"apiVersion": "v1", "kind": "List", "items": list(objects)})


def roll_out(objects: Sequence[Object], say: Callable[[str], None]) -> None:
    """Apply, wait for jobs and pods, ask the edge, scale the front to three and back, and say how long each took.

    Raises:
        RefusedError: something does not run within its time.
    """
    began = time.monotonic()
    kubectl("apply", "--server-side", "--force-conflicts", "-f", "-", given=listed(objects))
    jobs = [f"job/{one['metadata']['name']}" for one in objects if one["kind"] == "Job"]
    kubectl("-n", NAMESPACE, "wait", "--for=condition=complete", f"--timeout={PATIENCE:.0f}s", *jobs)
    say(f"jobs done after {time.monotonic() - began:.0f} s: {', '.join(jobs)}")
    for one in objects:
        if one["kind"] == "Deployment":
            _ready(one["metadata"]["name"])
    say(f"every Deployment rolled out after {time.monotonic() - began:.0f} s")
    _await_edge()
    say("the edge answers with the keys of identity")
    for count in (3, 1):
        kubectl("-n", NAMESPACE, "scale", "deployment/intake-api", f"--replicas={count}")
        _ready("intake-api")
        say(f"intake-api runs {count} times")


def give_secrets() -> None:
    """Make passwords for this trial alone, and give them to the cluster; its stand-ins have theirs as well."""
    with tempfile.TemporaryDirectory() as folder:
        lay_secrets(place := Path(folder) / "secrets")
        made = [*secret_objects(place, keys=False), standin_secret(place)]
        kubectl("apply", "-f", "-", given=listed(made))


def _ready(name: str) -> None:
    kubectl("-n", NAMESPACE, "rollout", "status", f"deployment/{name}", f"--timeout={PATIENCE:.0f}s")


def _await_edge() -> None:
    """Ask from inside the edge's pod until it leads to identity; addresses arrive a moment after pods."""
    asked = ("exec", "deployment/gateway", "--", "healthy", "8080", "/api/identity/jwks", "200")
    until = time.monotonic() + EDGE_PATIENCE
    while True:
        try:
            kubectl("-n", NAMESPACE, *asked)
            return
        except RefusedError:
            if time.monotonic() > until:
                raise
            time.sleep(2)


def trial(overlay: Path, *, run: bool, say: Callable[[str], None]) -> None:
    """Judge an overlay on the cluster, and with `run` let it live and die there.

    Raises:
        RefusedError: the cluster refused something, or something does not run.
    """
    objects, unknown = sorted_for(rendered(overlay), known_kinds())
    for kind, count in sorted(unknown.items()):
        say(f"NOT JUDGED: this server knows no {kind} ({count})")
    kubectl("apply", "-f", "-", given=json.dumps(next(one for one in objects if one["kind"] == "Namespace")))
    try:
        say(f"the server takes {accepted(objects)} objects of {overlay.name}")
        if run:
            give_secrets()
            roll_out(objects, say)
    finally:
        kubectl("delete", "namespace", NAMESPACE, f"--timeout={PATIENCE:.0f}s")
        say("everything is deleted")


def refuse_foreign(ask: Callable[..., str] = kubectl) -> None:
    """Stop where a province may live: a trial ends with the deletion of its namespace.

    Raises:
        RefusedError: the cluster has that namespace.
    """
    if ask("get", "namespace", NAMESPACE, "--ignore-not-found", "-o", "name"):
        raise RefusedError(f"the cluster has a namespace {NAMESPACE} already; a trial would delete it")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main() -> int:
    """Try overlays on the cluster of KUBECONFIG."""
    reader = argparse.ArgumentParser(description="Let a cluster judge the manifests; KUBECONFIG says which")
    reader.add_argument("overlays", nargs="*", type=Path, default=[Path("demo"), Path("province")])
    reader.add_argument(
        "--run", action="store_true", help="let them live as well; needs their images on its nodes"
    )
    asked = reader.parse_args()
    try:
        refuse_foreign()
        for name in asked.overlays:
            near = checkout() / PLACE / "overlays" / name
            trial(near if near.is_dir() else checkout() / name, run=asked.run, say=_say)
    except RefusedError as error:
        _say(f"refused: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
