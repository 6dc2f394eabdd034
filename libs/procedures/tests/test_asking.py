"""What an applicant may be asked to add is one rule for the desk and for who handles a dossier."""

from dataclasses import replace

import pytest
from procedures import AskingFaults, Component, FreeItem, asking_faults

PAPERS = [Component(id="to-khai", name="Tờ khai", name_en="", required=True, accepts=[])]
BASED, BASELESS = FreeItem("Bản đồ", "Điều 5"), FreeItem("Bản đồ", "  ")
FINE = AskingFaults((), repeated=False, without_basis=False, nothing=False)


@pytest.mark.parametrize(
    ("asked", "free", "found"),
    [
        (["to-khai"], [], FINE),
        ([], [BASED], FINE),
        ([], [], replace(FINE, nothing=True)),
        (["so-ho-khau", "to-khai"], [], replace(FINE, unpublished=("so-ho-khau",))),
        (["to-khai", "to-khai"], [], replace(FINE, repeated=True)),
        (["to-khai"], [BASED, BASELESS], replace(FINE, without_basis=True)),
    ],
)
def test_r_int_22_only_what_is_published_or_has_its_article_is_asked_for(
    asked: list[str], free: list[FreeItem], found: AskingFaults
) -> None:
    assert asking_faults(PAPERS, iter(asked), free) == found
