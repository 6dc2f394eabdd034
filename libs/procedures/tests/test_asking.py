"""What an applicant may be asked to add is one rule for the desk and for who handles a dossier."""

import pytest
from procedures import AskingFaults, Component, FreeItem, asking_faults

PAPERS = [Component(id="to-khai", name="Tờ khai", name_en="", required=True, accepts=[])]
BASED, BASELESS = FreeItem("Bản đồ", "Điều 5"), FreeItem("Bản đồ", "  ")


@pytest.mark.parametrize(
    ("asked", "free", "found"),
    [
        (["to-khai"], [], AskingFaults((), repeated=False, without_basis=False, nothing=False)),
        ([], [BASED], AskingFaults((), repeated=False, without_basis=False, nothing=False)),
        ([], [], AskingFaults((), repeated=False, without_basis=False, nothing=True)),
        (
            ["so-ho-khau", "to-khai"],
            [],
            AskingFaults(("so-ho-khau",), repeated=False, without_basis=False, nothing=False),
        ),
        (
            ["to-khai", "to-khai"],
            [],
            AskingFaults((), repeated=True, without_basis=False, nothing=False),
        ),
        (["to-khai"], [BASED, BASELESS], AskingFaults((), repeated=False, without_basis=True, nothing=False)),
    ],
)
def test_r_int_22_only_what_is_published_or_has_its_article_is_asked_for(
    asked: list[str], free: list[FreeItem], found: AskingFaults
) -> None:
    assert asking_faults(PAPERS, iter(asked), free) == found
