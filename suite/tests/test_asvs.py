"""The claims of the security page, and what is claimed because it is not there."""

import ast
import re
from pathlib import Path

import pytest
from suite.check.asvs import ITEMS, ClaimError, Item, claiming_tests, claims, page, read_items, written
from suite.run.places import checkout

ITEM = Item("6.3.1", "6 Authentication", 1, "guessing is held off", (), False)
NOT_THERE = re.compile(
    r"^(python-)?(ldap3?|graphql-core|strawberry-graphql|ariadne|websockets|wsproto|aiortc|pymemcache|aiomcache|authlib|"
    r"oauthlib|pysaml2|python3-saml|bleach|markdown|pickle5|dill|cloudpickle|pycrypto|pycryptodome)==",
    re.MULTILINE,
)
UNSAFE = {"pickle", "marshal", "shelve", "ctypes", "cffi", "ldap3", "random", "telnetlib", "websockets"}
# Chance that spreads retries keeps no secret, and the kernel is asked to end a child with its parent.
KNOWN = {
    "handling.py": "random",
    "news.py": "random",
    "relay.py": "random",
    "processes.py": "ctypes",
    "forks.py": "ctypes",
}
# Our own template wrote the attribute that is read as JSON; nothing of it is assigned onto anything.
KNOWN_IN_PAGES = {"work.js": "JSON.parse"}
DANGEROUS = re.compile(r"\b(?:eval|exec|md5|sha1|ECB|PKCS1v15|xpath)\(")
BROWSER = re.compile(
    r"postMessage|addEventListener\(.message.|\beval\(|new Function|document\.write|Object\.assign|__proto__"
    r"|JSON\.parse|<applet|<object|<embed"
)


def sources(*endings: str) -> list[Path]:
    """Return what runs: everything of the product but its tests."""
    rooms = [path for room in ("libs", "services", "suite") for path in (checkout() / room).rglob("*")]
    own = [
        path
        for path in rooms
        if path.suffix in endings and not {"tests", "testing", ".venv"} & set(path.parts)
    ]
    return [path for path in own if "vendor" not in path.parts and "migrations" not in path.parts]


def imported(source: str) -> set[str]:
    nodes = list(ast.walk(ast.parse(source)))
    plain = {
        one.name.partition(".")[0] for node in nodes if isinstance(node, ast.Import) for one in node.names
    }
    return plain | {str(node.module).partition(".")[0] for node in nodes if isinstance(node, ast.ImportFrom)}


def test_what_is_not_there_cannot_be_attacked() -> None:
    """No LDAP, XPath, GraphQL, WebSocket, WebRTC, SAML, OAuth server, memcache, pickle or weak cipher."""
    lock = (checkout() / "requirements.lock").read_text()
    assert not NOT_THERE.findall(lock)
    assert "fastapi" in lock
    for path in sources(".py"):
        source = path.read_text(encoding="utf-8")
        assert imported(source) & UNSAFE <= {KNOWN.get(path.name, "")}, path
        assert not DANGEROUS.search(source), path
        assert "WebSocket" not in source, path
        assert "follow_redirects=True" not in source, path
    for path in sources(".js", ".html", ".jinja", ".j2"):
        found = set(BROWSER.findall(path.read_text(encoding="utf-8")))
        assert found <= {KNOWN_IN_PAGES.get(path.name, "")}, path
    contracts = "".join(file.read_text() for file in (checkout() / "contracts" / "openapi").glob("*.json"))
    assert not re.search(
        r"oauth/authorize|/graphql|secret.question|redirect_uri|\.well-known/openid", contracts
    )


@pytest.mark.parametrize("source", ["import pickle", "from random import choice", "import ctypes.util"])
def test_an_unsafe_import_is_found(source: str) -> None:
    assert imported(source) & UNSAFE


def test_an_item_without_a_test_is_not_claimed() -> None:
    told = page({"6.3.1": ITEM}, {"6.3.1": []})
    assert "| 6.3.1 | 1 | guessing is held off | not claimed |" in told
    assert "**0 of 1 items" in told


def test_a_marked_test_claims_its_item() -> None:
    found = claims({"6.3.1": ITEM}, [("test_a", "tests/test_x.py", ("6.3.1",))])
    assert found == {"6.3.1": ["tests/test_x.py::test_a"]}


@pytest.mark.parametrize(
    ("item", "tests"),
    [
        (ITEM, [("test_a", "tests/test_x.py", ("99.1.1",))]),
        (Item("6.3.1", "6", 1, "x", ("test_gone",), False), [("test_a", "tests/test_x.py", ())]),
    ],
)
def test_a_claim_that_leads_nowhere_is_refused(
    item: Item, tests: list[tuple[str, str, tuple[str, ...]]]
) -> None:
    with pytest.raises(ClaimError):
        claims({"6.3.1": item}, tests)


def test_the_items_are_those_of_levels_one_and_two() -> None:
    items = read_items(ITEMS.read_text(encoding="utf-8"))
    assert len(items) == 253
    assert sum(item.level == 1 for item in items.values()) == 70
    assert items["16.2.1"].words == "who, what, when and where"


def test_every_claim_leads_to_a_test_and_the_page_is_as_committed() -> None:
    assert written(checkout()) == (checkout() / "docs/security/asvs.md").read_text(encoding="utf-8")
    assert len(list(claiming_tests(checkout()))) > 1000
