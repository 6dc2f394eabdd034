"""What every object on the cluster has alike: its head, its labels, how it is written down."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

import yaml

Object = dict[str, Any]
BY_WHOM: Final = "# Written from services/*/service.toml by `motcua contracts`; change it there.\n"
NAMESPACE: Final = "motcua"
NAME, PART, OF = "app.kubernetes.io/name", "app.kubernetes.io/component", "app.kubernetes.io/part-of"
NEIGHBOUR: Final = "motcua/neighbour"
"""Label of the pods of a neighbour (`postgres`, `rabbitmq`, …), whoever runs them."""
ROLE: Final = "motcua/role"
"""Label of a namespace whose pods may come in: `ingress` (the Gateway's) or `monitoring`."""


def thing(api: str, kind: str, name: str, labels: Mapping[str, str], **body: Any) -> Object:
    """Return one object of the suite with its head and labels."""
    head = {"name": name, "labels": {OF: "motcua", **labels}}
    return {"apiVersion": api, "kind": kind, "metadata": head, **body}


def labels_of(service: str, part: str) -> dict[str, str]:
    """Return the two labels by which the pods of a part are known."""
    return {NAME: service, PART: part}


def text_of(objects: Iterable[Object]) -> str:
    """Write objects as one file."""
    return BY_WHOM + "---\n".join(written(one) for one in objects)


def written(document: Any) -> str:
    """Write one document in the order it was made."""
    return yaml.dump(document, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=110)


class _Plain(yaml.SafeDumper):
    """Writes a value that occurs twice twice, because people read these files."""

    def ignore_aliases(self, _data: Any) -> bool:
        return True


def _block(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if "\n" in text else None)


_Plain.add_representer(str, _block)
