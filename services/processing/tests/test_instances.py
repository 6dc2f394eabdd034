"""An agency's own instance opens the dossiers it settles and no others."""

from dataclasses import replace
from datetime import timedelta

import pytest
from regulation.instances import turns_of


@pytest.mark.parametrize(
    ("instance", "apart", "opened"),
    [
        ("", {}, 1),
        ("", {"H42.101": timedelta()}, 0),
        ("", {"H42.101": timedelta(seconds=1)}, 1),
        ("H42.101", {"H42.101": timedelta()}, 1),
        ("H42.101", {"H42.101": timedelta(seconds=1)}, 0),
        ("H42.15", {"H42.15": timedelta()}, 0),
    ],
)
async def test_an_instance_opens_only_what_it_settles(staging, instance, apart, opened):
    stage = await staging()
    cuts = {agency: stage.now + after for agency, after in apart.items()}
    built = stage.app.state.built
    rules = replace(built.rules, instance=instance, agreed=turns_of(cuts))
    stage.app.state.built = replace(built, rules=rules)
    await stage.accept()
    assert len(await stage.facts("processing.dossier_opened.v1")) == opened
