"""The key that seals personal data is changed by command, on one machine and on a cluster."""

import base64
import json
from pathlib import Path

import pytest
from common.sealing import FILE, FIRST, Ring, SealBrokenError
from common.settings import SealedPaperSettings as Settings
from identity.adapters.file_chest import NAME, FileChest
from identity.main import ring_kept_in
from suite.cli.keys import app
from suite.deploy.cluster.secret_objects import secret_objects
from suite.deploy.secret_files import lay_secrets
from suite.run.layout import plan
from suite.run.seals import SEALING, key_folders, rings_at, rings_of
from typer.testing import CliRunner


def rotated(folder: Path) -> str:
    told = CliRunner().invoke(app, ["rotate", "--folder", str(folder)])
    assert told.exit_code == 0, told.output
    return told.output


def test_s42_a_key_is_made_by_command_and_the_old_one_goes_on_opening(tmp_path: Path) -> None:
    assert CliRunner().invoke(app, ["rotate", "--folder", str(tmp_path)]).exit_code == 2
    assert ring_kept_in(tmp_path) is None
    FileChest(tmp_path)
    ring = ring_kept_in(tmp_path)
    assert isinstance(ring, Ring)
    sealed = ring.seal("0912345678", "account.1.phone")
    assert rotated(tmp_path).startswith("k1 seals from ")
    assert rotated(tmp_path).startswith("k2 seals from ")
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600
    assert sorted(json.loads((tmp_path / FILE).read_text())) == ["k1", "k2"]
    again = ring_kept_in(tmp_path)
    assert again is not None
    assert (again.active, again.open(sealed, "account.1.phone")) == (FIRST, "0912345678")


@pytest.mark.parametrize("later", [False, True])
def test_s42_a_cluster_is_given_the_later_keys_with_the_first(tmp_path: Path, later: bool) -> None:
    lay_secrets(tmp_path)
    list(secret_objects(tmp_path, keys=True))  # makes the first
    if later:
        rotated(tmp_path)
    objects = {one["metadata"]["name"]: one for one in secret_objects(tmp_path, keys=True)}
    data = objects["motcua-identity-keys"]["data"]
    assert set(data) == ({NAME, FILE} if later else {NAME})
    assert len(base64.b64decode(data[NAME])) == 32


def test_s42_each_service_that_seals_has_a_secret_and_a_file_of_later_keys_of_its_own(tmp_path: Path) -> None:
    made = plan(tmp_path, 8080, "ninh-binh")
    places = key_folders(made)
    assert set(places) == set(SEALING) == {"identity", "intake", "processing", "qa"}
    rings = rings_of(made)
    assert rings["identity"] is None, "identity makes its own when it runs for the first time"
    intake, processing = rings["intake"], rings["processing"]
    assert intake is not None
    assert processing is not None
    sealed = intake.seal("0912345678", "dossier.1.phone")
    with pytest.raises(SealBrokenError):
        processing.open(sealed, "dossier.1.phone")
    places["intake"].mkdir(parents=True)
    assert CliRunner().invoke(app, ["rotate", "--folder", str(places["intake"])]).exit_code == 2
    (places["intake"] / "ca.cert.pem").touch()
    assert "(intake)" in rotated(places["intake"])
    told = Settings(sealing_key=made.passwords["seal-intake"], signing_folder=places["intake"]).ring
    assert told is not None
    assert told.open(sealed, "dossier.1.phone") == "0912345678"
    assert Settings(signing_folder=places["intake"]).ring is None


def test_s42_only_services_whose_keys_lie_here_are_sealed_from_here(tmp_path: Path) -> None:
    """With the first key alone, what stands under a later one would go back to the first."""
    made = plan(tmp_path, 8080, "ninh-binh")
    assert set(rings_at(made).values()) == {None}
    (key_folders(made)["intake"]).mkdir(parents=True)
    (key_folders(made)["intake"] / "ca.cert.pem").touch()
    FileChest(tmp_path / "secrets")
    assert {name for name, ring in rings_at(made).items() if ring} == {"intake"}
    both = rings_at(made, secrets=tmp_path / "secrets")
    assert {name for name, ring in both.items() if ring} == {"identity", "intake"}
    FileChest(key_folders(made)["identity"])
    assert {name for name, ring in rings_at(made).items() if ring} == {"identity", "intake"}
