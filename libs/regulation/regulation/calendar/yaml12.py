"""YAML in which `off` is a word and not the boolean it is in YAML 1.1."""

import re
from pathlib import Path
from typing import Any

import yaml


class _Loader(yaml.SafeLoader):
    """The safe loader with the two booleans of YAML 1.2."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), ["t", "f"])


def load_text(text: str) -> Any:
    """Read YAML from a text. Raises: yaml.YAMLError."""
    return yaml.load(text, Loader=_Loader)  # noqa: S506  # a SafeLoader


def load_file(path: str | Path) -> Any:
    """Read YAML from a UTF-8 file. Raises: OSError, UnicodeDecodeError, yaml.YAMLError."""
    return load_text(Path(path).read_text(encoding="utf-8"))
