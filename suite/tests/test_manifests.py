"""A manifest is what the code says, and what is written from it is what is committed; each seen failing."""

from pathlib import Path

import pytest
from pydantic import ValidationError
from suite.check.contracts import announced
from suite.check.listening import slices
from suite.check.manifests import contradictions, lagging, read_from_code, rewritten
from suite.check.written import ROUTES, drifted, routes, written
from suite.deploy.cluster.monitoring import OPERATOR, RULES
from suite.deploy.compose import COMPOSE
from suite.run.layout import module_if_any
from suite.run.manifest import Manifest, manifests
from suite.run.places import checkout


def test_every_manifest_says_what_its_code_says() -> None:
    assert lagging(checkout(), manifests()) == {}
    assert list(contradictions(manifests())) == []


def test_what_follows_from_the_manifests_is_committed() -> None:
    assert drifted(checkout(), manifests()) == []


@pytest.mark.parametrize("name", ["announces", "listens", "jobs", "settings"])
def test_a_list_that_is_not_the_codes_is_put_right(name: str) -> None:
    committed = (checkout() / "services/intake/service.toml").read_text("utf-8")
    lists = read_from_code("intake", manifests()["intake"])
    assert rewritten(committed, lists) == committed
    wrong = rewritten(committed, {name: ("nothing.of_the_kind.v1",)})
    assert wrong != committed
    assert rewritten(wrong, lists) == committed


def test_a_manifest_without_a_list_gets_it_and_loses_one_that_is_empty() -> None:
    bare = 'name = "x"\nsays = "nothing"\njobs = ["sweep"]\n\nroutes = []\n'
    now = rewritten(bare, {"listens": ("a.b.v1",), "jobs": ()})
    assert now == 'name = "x"\nsays = "nothing"\nlistens = ["a.b.v1"]\n\nroutes = []\n'


@pytest.mark.parametrize(
    ("service", "changed", "sentence"),
    [
        ("stats", {"secrets": ("session",)}, "stats: session_key is given to it, but it has no such setting"),
        ("portal", {"settings": ("session_key",)}, "session_key is a secret or shared"),
        ("notify", {"routes": ({"prefix": "/api/intake"},)}, "/api/intake is not under /api/notify"),
        ("notify", {"probes": {"ready": "/up"}}, "nothing answers its probe /up"),
    ],
)
def test_a_promise_the_code_does_not_keep_is_named(
    service: str, changed: dict[str, object], sentence: str
) -> None:
    told = Manifest.model_validate(manifests()[service].model_dump() | changed)
    found = list(contradictions({service: told}))
    assert any(sentence in line for line in found), found


def test_two_services_that_would_read_one_setting_differently_are_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = {name: manifests()[name] for name in ("intake", "processing")}
    assert list(contradictions(told)) == []
    field = __import__("processing.settings").settings.Settings.model_fields["signing_demonstration"]
    monkeypatch.setattr(field, "default", False)
    assert any("signing_demonstration" in line for line in contradictions(told))


@pytest.mark.parametrize(
    "changed",
    [
        {"lissens": ()},
        {"secrets": ("master",)},
        {"runs": ("cron",)},
        {"imports": ({"name": "x", "type": "forbidden", "ignore_imports": ("stats.api -> intake.models",)},)},
    ],
)
def test_a_word_that_no_manifest_knows_is_refused(changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate(manifests()["stats"].model_dump() | changed)


def test_a_word_that_cannot_be_imported_is_not_taken_for_an_absent_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module_if_any("portal", "subscribers") is None
    (tmp_path / "lame").mkdir()
    for word in ("__init__", "events", "subscribers"):
        text = "" if word == "__init__" else "import nobody_has_this\n"
        (tmp_path / "lame" / f"{word}.py").write_text(text, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    assert announced("portal") == list(slices("portal")) == []
    for read in (announced, lambda service: list(slices(service))):
        with pytest.raises(ModuleNotFoundError, match="nobody_has_this"):
            read("lame")


def test_a_new_service_appears_in_everything_that_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    fresh = Manifest(
        name="qa",
        says="Questions",
        database=False,
        routes=({"prefix": "/api/qa", "token": "none", "limit": "api"},),
    )
    told = {**manifests(), "qa": fresh}
    for where in ("suite.run.environment", "suite.deploy.containers"):
        monkeypatch.setattr(f"{where}.manifests", lambda: told)
    made = written(checkout(), told)
    assert "    qa\n" in made[".importlinter"]
    assert "services/qa" in made["pyproject.toml"]
    assert '    "motcua-qa",\n' in made["suite/pyproject.toml"]
    assert '"prefix": "/api/qa"' in made[ROUTES]
    assert "  qa-api:\n" in made[COMPOSE]


def test_pages_come_after_the_whole_of_api_is_closed() -> None:
    rows = routes(manifests()).partition("\nroutes:\n")[2]
    assert rows.index('"prefix": "/api", "closed"') < rows.index('"service": "portal"')
    assert rows.index('"service": "stats"') < rows.index('"prefix": "/api", "closed"')


def test_a_changed_committed_file_is_found(tmp_path: Path) -> None:
    read = (".importlinter", "pyproject.toml", "suite/pyproject.toml", ROUTES, COMPOSE, RULES, OPERATOR)
    for name in read:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text((checkout() / name).read_text("utf-8"), encoding="utf-8")
    (tmp_path / ROUTES).write_text("limits: {}\n", encoding="utf-8")
    assert ROUTES in drifted(tmp_path, manifests())
