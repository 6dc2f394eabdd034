"""The five profiles equal requirements §A cell by cell; the tables are read from the committed matrix.

How a cell's words become a value: `=` is the default, `same` the column to the left, `set` any text, `see R-…`
the profile column of that row; a remark in brackets must stand in the leaf's note, and `†` in its source;
otherwise the words are read by the kind of the key (`_read`), or, where they are prose, by `matrix_words.yaml`.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from regulation.profiles import NAMES, Leaf, Profile, default_leaves, load
from regulation.profiles.comparing import plain
from regulation.profiles.kinds import (
    Choice,
    Day,
    Flag,
    Kind,
    Listing,
    Maybe,
    Number,
    Percent,
    Text,
    TimeLimit,
)
from regulation.profiles.limits import Limit
from regulation.profiles.schema import ANNEX, REQUIRED, SCHEMA

HERE = Path(__file__).parent
MATRIX = (HERE.parents[2] / "docs/regulation/requirements.md").read_text(encoding="utf-8")
WORDS: Mapping[str, Mapping[str, object]] = yaml.safe_load(
    (HERE / "matrix_words.yaml").read_text(encoding="utf-8")
)
TAGS = {"NB": "ninh-binh", "TN": "thai-nguyen", "BD": "binh-dinh", "QT": "quang-tri", "HN": "ha-nam"}
COLUMNS = (*TAGS, "default")


class Cell(NamedTuple):
    """One cell of §A: the key, the column, its words and the citation of its row."""

    key: str
    column: str
    words: str
    citation: str


def _rows() -> Iterator[tuple[list[str], dict[str, str], str]]:
    annex = MATRIX[MATRIX.index("## A. Profile parameters") : MATRIX.index("## B. Glossary")]
    above = ""
    for line in annex.splitlines():
        parts = [part.strip() for part in line.strip("|").split("|")]
        if not line.startswith("| `") or len(parts) != 8:
            continue
        keys = re.findall(r"`([a-z0-9_.*]+)`", parts[0])
        citation = re.sub(r"^same", above, parts[7])
        above = parts[7]
        yield keys, dict(zip(COLUMNS, parts[1:7], strict=True)), citation


def _spread(keys: list[str]) -> list[str]:
    spread = []
    for key in keys:
        prefix = key.removesuffix("*")
        spread += [one for one in ANNEX if one.startswith(prefix)] if key.endswith("*") else [key]
    return spread


def _cells() -> Iterator[Cell]:
    for keys, columns, citation in _rows():
        for column, words in columns.items():
            pieces = words.split(" / ") if len(keys) > 1 else [words]
            for number, key in enumerate(keys):
                own = pieces[min(number, len(pieces) - 1)]
                yield from (Cell(one, column, own, citation) for one in _spread([key]))


CELLS = {(cell.key, cell.column): cell for cell in _cells()}
IDS = [f"{cell.key} {cell.column}" for cell in CELLS.values()]


def _leaf(cell: Cell) -> Leaf:
    return default_leaves()[cell.key] if cell.column == "default" else load(TAGS[cell.column]).get(cell.key)


def _row_column(row: str, tag: str) -> str:
    """Give what the profile column of a numbered row says of a province, after the key of that column."""
    line = next(line for line in MATRIX.splitlines() if line.startswith(f"| {row} |"))
    column = line.strip("|").split("|")[-1]
    match = re.search(rf"(?:: |; |^){tag} (.*?)(?=; (?:NB|TN|BD|QT|HN) |$)", column.strip())
    assert match is not None, (row, tag)
    return match[1].strip()


def _slug(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "_", words.lower().replace("e-mail", "email")).strip("_")


def _bare(words: str) -> str:
    return re.sub(r"\s*\([^)]*\)", "", words).replace("†", "").strip()


def _read(kind: Kind, words: str) -> object:
    """Read a cell's own words by the kind of its key."""
    if isinstance(kind, Maybe):
        return None if words in {"n/a", "none", "–"} else _read(kind.kind, words)
    readers = {
        Flag: lambda: {"true": True, "false": False, "on": True, "off": False}[words],
        Number: lambda: int(words),
        Percent: lambda: Decimal(words.removesuffix(" %")),
        Day: lambda: dt.date.fromisoformat(words),
        Text: lambda: words,
        Choice: lambda: words if words in kind.options else _slug(words),
        Listing: lambda: () if words == "off" else tuple(_slug(word) for word in re.split(r", | \+ ", words)),
        TimeLimit: lambda: Limit.parse(re.sub(r" from .*", lambda m: " from " + _slug(m[0][6:]), words)),
    }
    return readers[type(kind)]()


def _domains(words: str) -> dict[str, str | None]:
    """Give each host its role by the remark behind it; the first host is the citizen site."""
    found: dict[str, str | None] = dict.fromkeys(key for key in ANNEX if key.startswith("domains."))
    for host, remark in re.findall(r"([a-z0-9.-]+\.vn)(?: \(([a-z]+))?", words):
        role = {"en": "english", "alias": "alias", "officers": "officer"}.get(remark, "citizen")
        found[f"domains.{role}"] = host
    return found


def _expected(cell: Cell) -> object:
    table = WORDS.get(cell.key, {})
    if cell.words in table:
        return table[cell.words]
    if cell.words.startswith("see R-"):
        row = cell.words.split()[1]
        column = _row_column(row, cell.column)
        return _domains(column)[cell.key] if row == "R-UX-01" else WORDS[row][column]
    bare = _bare(cell.words)
    if bare == "=":
        return plain(default_leaves()[cell.key].value)
    if bare == "same":
        return _expected(CELLS[cell.key, COLUMNS[COLUMNS.index(cell.column) - 1]])
    if cell.column == "default" and bare == "none" and cell.key in REQUIRED:
        return None
    return plain(_read(SCHEMA[cell.key], bare))


def test_every_key_of_the_annex_is_a_key_of_the_schema_and_back() -> None:
    assert {key for key, _ in CELLS} == set(ANNEX)
    assert len(CELLS) == 6 * len(ANNEX)


@pytest.mark.parametrize("cell", CELLS.values(), ids=IDS)
def test_the_profile_says_what_the_cell_says(cell: Cell) -> None:
    leaf = _leaf(cell)
    if _bare(cell.words) == "set":
        assert str(leaf.value).strip()
        assert "demonstration" in leaf.note
        return
    assert plain(leaf.value) == _expected(cell)


def _places(citation: str, tag: str) -> set[str]:
    """Give the places a citation column names for one province: `NB Đ.11.1–2` is Đ.11.1 and Đ.11.2."""
    if citation.startswith("QĐ.2 of each"):
        return {"QĐ.2"}
    places = set()
    for part in re.split(r"; ", _bare(citation)):
        own, _, rest = part.partition(" ")
        for piece in rest.split(", ") if own == tag else ():
            match = re.match(r"(Đ\.|PL\.)(\S*?)(\d+)–(\d+)$", piece)
            if match is None:
                places.add(piece)
                continue
            start, end = int(match[3]), int(match[4])
            places |= {f"{match[1]}{match[2]}{number}" for number in range(start, end + 1)}
    return {place for place in places if re.fullmatch(r"(Đ|PL|QĐ)\.\S+", place)}


# A host the row does not name has no article to cite.
UNNAMED = {key for key in CELLS if key[0].startswith("domains.") and _leaf(CELLS[key]).value is None}
SPOKEN = [
    cell
    for key, cell in CELLS.items()
    if cell.column != "default" and _bare(cell.words) not in {"=", "n/a"} and key not in UNNAMED
]


@pytest.mark.parametrize("cell", SPOKEN, ids=lambda cell: f"{cell.key} {cell.column}")
def test_a_value_the_text_gives_cites_the_articles_of_its_row(cell: Cell) -> None:
    wanted = _places(cell.citation, cell.column)
    cited = {one.place for one in _leaf(cell).citations if one.text.tag == cell.column}
    assert wanted <= cited, _leaf(cell).source


@pytest.mark.parametrize("cell", SPOKEN, ids=lambda cell: f"{cell.key} {cell.column}")
def test_remarks_and_daggers_of_a_cell_are_kept_with_its_value(cell: Cell) -> None:
    leaf = _leaf(cell)
    remarks = [remark for remark in re.findall(r"\(([^)]*)\)", cell.words) if not remark.startswith("Đ.")]
    assert leaf.note or not remarks
    assert "†" in leaf.source + leaf.note or "†" not in cell.words


@pytest.mark.parametrize("name", NAMES)
def test_no_profile_departs_from_the_default_without_naming_a_text(name: str) -> None:
    profile: Profile = load(name)
    departed = [leaf for leaf in profile.leaves.values() if leaf.value != leaf.usual]
    assert departed
    assert [leaf.key for leaf in departed if not leaf.citations] == []
