"""Each rule of the house is seen failing once, and holding beside it."""

import runpy
from pathlib import Path

import pytest
from suite.check import house
from suite.check.house import COMMON_CODE, findings, main

SPELLED = "spells the right desk.read; say Right.READ_DESK"
TEMPLATES = "services/portal/portal/templates"
ASK = "; ask regulation.roles for a right"
FUNCTION = "def long():\n" + "    x = 1\n" * 40
HOST = "https://wheels.example"
REGISTRY = f"{HOST}/simple"
SWITCH = "fmt"
OPTION = "-".join(("--index", "url"))
MACHINE = str(Path(house.__file__).resolve().parents[3] / "x")


def lay(root: Path, path: str, written: str) -> list[str]:
    """Write one file into an otherwise empty checkout and give what is found in it."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(written, encoding="utf-8")
    return [str(finding) for finding in findings(root)]


BREACHES = [
    ("libs/common/common/x.py", "x = 1\n" * 301, ":1: 301 lines, the ceiling is 300"),
    ("libs/common/tests/test_x.py", "x = 1\n" * 501, ":1: 501 lines, the ceiling is 500"),
    ("conftest.py", "x = 1\n" * 501, ":1: 501 lines, the ceiling is 500"),
    ("libs/common/common/x.py", FUNCTION, ":1: function long has 41 lines, the ceiling is 40"),
    ("libs/common/common/x.py", f"async {FUNCTION}", ":1: function long has 41 lines, the ceiling is 40"),
    ("libs/common/tests/test_x.py", f"\n{FUNCTION}", ":2: function long has 41 lines, the ceiling is 40"),
    ("services/portal/portal/templates/x.html", "<p>\n" * 201, ":1: 201 lines, the ceiling is 200"),
    ("services/intake/README.md", "x\n" * 61, ":1: 61 lines, the ceiling is 60"),
    ("docs/decisions/0001-x.md", "x\n" * 71, ":1: 71 lines, the ceiling is 70"),
    ("libs/common/common/x.py", f"x = 1\ny = (2,)  # {SWITCH}: skip\n", ":2: switches the formatter off"),
    ("libs/common/tests/test_x.py", f"# {SWITCH}: off\n", ":1: switches the formatter off"),
    (
        "services/intake/intake/main.py",
        "x = 'desk_officer'\n",
        f":1: names the role desk_officer{ASK}",
    ),
    (
        "services/intake/intake/main.py",
        "\nwho.require('signer')\n",
        f":2: names the role signer{ASK}",
    ),
    (
        "services/intake/intake/main.py",
        "x = 'operator' in who.roles\n",
        f":1: names the role operator{ASK}",
    ),
    (
        "suite/suite/demo/x.py",
        "x = roles & {'citizen'}\n",
        f":1: names the role citizen{ASK}",
    ),
    (
        "libs/common/common/x.py",
        "x = y(roles=['police'])\n",
        f":1: names the role police{ASK}",
    ),
    ("services/portal/portal/api/x.py", "x = 'desk_officer'\n", f":1: names the role desk_officer{ASK}"),
    (f"{TEMPLATES}/x.html", "\n{% if 'signer' in roles %}\n", ":2: names the role signer; ask for a right"),
    (f"{TEMPLATES}/x.html", '{% if "desk.read" in rights %}', f":1: {SPELLED}"),
    ("services/intake/intake/main.py", "x = {'desk.read'}\n", f":1: {SPELLED}"),
    ("libs/common/common/utils.py", "", ":1: the name utils says nothing"),
    ("libs/common/common/helpers/x.py", "", ":1: the name helpers says nothing"),
    ("libs/common/common/manager.py", "", ":1: the name manager says nothing"),
    ("libs/common/common/misc.py", "", ":1: the name misc says nothing"),
    ("services/intake/intake/service.py", "", ":1: service is none of the twelve words of a service"),
    ("services/intake/intake/core/x.py", "", ":1: core is none of the twelve words of a service"),
    (
        "services/identity/identity/usecases/x.py",
        "async def x(session):\n    await session.commit()\n",
        ":2: commits by itself; audit.trying or audit.keep_refusal say why",
    ),
    ("requirements.lock", f"\n-i {REGISTRY}\n", ":2: names a package registry"),
    ("scripts/install", f"pip install -i {REGISTRY}\n", ":1: names a package registry"),
    ("requirements.lock", f"x @ {HOST}/packages/x.whl\n", ":1: names a package registry"),
    ("portal/.npmrc", f"registry={HOST.replace('wheels', 'registry')}\n", ":1: names a package registry"),
    ("scripts/install", f"uv sync {OPTION} $HERE\n", ":1: names a package registry"),
    ("docs/x.md", f"see {MACHINE} and {MACHINE}\n{MACHINE}\n", ":1: names a path of one machine"),
]

HOLDING = [
    ("libs/common/common/x.py", "x = 1\n" * 300),
    ("libs/common/common/x.py", FUNCTION.replace("    x = 1\n", "", 1)),
    ("libs/common/tests/test_x.py", "x = 1\n" * 500),
    ("services/portal/portal/templates/x.html", "<p>\n" * 200),
    ("docs/architecture.md", "x\n" * 400),
    ("services/intake/intake/usecases/submit_dossier.py", ""),
    ("services/intake/intake/__init__.py", ""),
    ("services/intake/intake/migrations/versions/0001_x.py", "x = 1\n" * 900),
    ("services/intake/intake/migrations/env.py", ""),
    ("services/portal/portal/themes/x.css", "a {}\n" * 900),
    ("services/intake/tests/world.py", ""),
    ("libs/regulation/regulation/x.py", "x = 'desk_officer'\n"),
    ("services/intake/tests/test_x.py", "who(roles=['desk_officer'])\n"),
    ("services/intake/intake/main.py", "x = {'operator': 'equals', 'kind': 'citizen', 'signer': 1}\n"),
    (f"{TEMPLATES}/x.html", "{% if right.READ_DESK in rights and kind == 'citizen' %}\n"),
    ("services/intake/tests/test_y.py", "x = {'desk.read'}\n"),
    ("services/identity/identity/api/x.py", "async def x(session):\n    await session.commit()\n"),
    ("uv.lock", REGISTRY),
    (".venv/x.py", f"x = '{MACHINE}'\n" * 900),
    ("build/x.py", f"x = '{MACHINE}'\n"),
    ("docs/x.md", f"https://a.example{MACHINE}\n"),
]


@pytest.mark.parametrize(
    ("path", "written", "found"), BREACHES, ids=[f"{path}{found}" for path, _, found in BREACHES]
)
def test_a_breach_is_found(tmp_path: Path, path: str, written: str, found: str) -> None:
    assert lay(tmp_path, path, written) == [path + found]


@pytest.mark.parametrize(("path", "written"), HOLDING, ids=[path for path, _ in HOLDING])
def test_what_holds_is_left_alone(tmp_path: Path, path: str, written: str) -> None:
    assert lay(tmp_path, path, written) == []


def test_the_plumbing_has_a_budget_of_code_not_of_words(tmp_path: Path) -> None:
    worded = '"""Says\nmuch."""\n\n# and more\n' + "x = [\n    1,\n    2,\n]\n" * 65  # 260 lines of code
    files, rest = divmod(COMMON_CODE, 260)
    for number in range(files):
        assert lay(tmp_path, f"libs/common/common/a{number}.py", worded) == []
    breach = f"libs/common/common:1: {COMMON_CODE + 1} lines of code, the budget is {COMMON_CODE}"
    assert lay(tmp_path, "libs/common/common/api/b.py", "x = 1\n" * rest) == []
    assert lay(tmp_path, "libs/common/common/api/b.py", "x = 1\n" * (rest + 1)) == [breach]
    assert lay(tmp_path, "libs/common/common/api/b.py", '"""Nothing."""\n') == []


def test_a_file_that_is_no_text_is_passed_by(tmp_path: Path) -> None:
    (tmp_path / "x.txt").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "y.py").mkdir()
    assert findings(tmp_path) == []


def test_the_command_names_every_breach_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(tmp_path) == 0
    lay(tmp_path, "libs/common/common/misc.py", "x = 1\n" * 301)
    assert main(tmp_path) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "house check: 2 findings"


def test_the_module_runs_in_the_checkout_at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        runpy.run_path(str(house.__file__), run_name="__main__")
    assert ended.value.code == 0
