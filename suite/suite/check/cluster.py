"""Manifests of a cluster, judged without one: they can be put together, every field exists, our own rules hold."""

import json
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema_rs
import kubernetes_validate
import regopy
import yaml

from suite.check.programs import program

Object = dict[str, Any]
VERSION: Final = "1.37"
"""The version of Kubernetes whose fields are known."""
POLICY: Final = "policy/motcua.rego"
KNOWN: Final = ("gateway.networking.k8s.io", "keda.sh", "monitoring.coreos.com")
"""Groups of operators' kinds whose schemas lie in `schemas/`."""
UNKNOWN: Final = ("barmancloud.cnpg.io", "postgresql.cnpg.io", "rabbitmq.com")
"""Groups of kinds that no schema here knows: only their operators can judge them."""


class CannotBuildError(Exception):
    """A set of manifests cannot be put together; the message says why."""


def rendered(folder: Path) -> list[Object]:
    """Put an overlay together.

    Raises:
        CannotBuildError: a file is missing, a patch finds nothing, or YAML is broken.
    """
    command = [program("kubectl"), "kustomize", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CannotBuildError(done.stderr.strip())
    return [one for one in yaml.safe_load_all(done.stdout) if one]


def wrong_fields(objects: Sequence[Object], schemas: Path) -> Iterator[str]:
    """Find fields that do not exist, are missing or have the wrong type, and kinds that nobody knows."""
    for one in objects:
        group = one["apiVersion"].partition("/")[0]
        found: Iterable[str] = ()
        if group in KNOWN:
            found = _of_operator(one, schemas)
        elif group not in UNKNOWN:
            found = _of_kubernetes(json.dumps(one))
        yield from (f"{one['kind']}/{one['metadata']['name']}: {finding}" for finding in found)


@cache
def _of_kubernetes(text: str) -> tuple[str, ...]:
    """Judge one object, written as JSON; overlays share most of theirs, and judging one takes 30 ms."""
    one: Object = json.loads(text)
    try:
        kubernetes_validate.validate(one, VERSION, strict=True)
    except kubernetes_validate.ValidationError as error:
        return (f"{'.'.join(str(step) for step in error.path)}: {error.message}",)
    except kubernetes_validate.SchemaNotFoundError:
        return (f"Kubernetes {VERSION} knows no {one['apiVersion']} {one['kind']}",)
    return ()


def _of_operator(one: Object, schemas: Path) -> Iterator[str]:
    place = schemas / f"{one['kind']}.json"
    if not place.exists():
        yield f"no schema of {one['apiVersion']} {one['kind']} in {schemas.name}"
        return
    for error in _schema(place).iter_errors(one):
        yield f"{'.'.join(str(step) for step in error.instance_path)}: {error.message}"


@cache
def _schema(place: Path) -> jsonschema_rs.Validator:
    return jsonschema_rs.validator_for(json.loads(place.read_text("utf-8")))


def forbidden(objects: Sequence[Object], policy: Path) -> list[str]:
    """Return what our own rules say against a whole set of manifests.

    Raises:
        ValueError: the rules themselves are broken.
    """
    judge = regopy.Interpreter()
    judge.add_module(policy.name, policy.read_text("utf-8"))
    judge.set_input({"objects": list(objects)})
    answer = json.loads(str(judge.query("data.motcua.deny")))
    if "expressions" not in answer:
        raise ValueError(f"{policy.name} cannot be asked: {answer}")
    return sorted(answer["expressions"][0])
