"""Where agencies stand, and what an agency's figures are with those of every agency below it."""

from collections.abc import Collection, Mapping

from regulation.lateness import upwards

from stats.domain.accounts import QuestionFigures

Parents = Mapping[str, str | None]


def placed(known: Parents, codes: Collection[str] = ()) -> dict[str, str | None]:
    """Return the parent of each agency; what is not known of stands at the top."""
    parents = {code: above if above in known else None for code, above in known.items()}
    return parents | {code: None for code in codes if code not in parents}


def below(agency: str, parents: Parents) -> frozenset[str]:
    """Return an agency with all that stand below it."""
    return frozenset({agency, *(code for code in parents if agency in upwards(code, parents))})


def rolled(own: Mapping[str, QuestionFigures], parents: Parents) -> dict[str, QuestionFigures]:
    """Give each agency its own figures and those of every agency below it; who has none is left out.

    Source: R-STA-15; R-STA-20
    """
    whole: dict[str, QuestionFigures] = {}
    for agency, figures in own.items():
        for above in upwards(agency, parents):
            whole[above] = whole.get(above, QuestionFigures()) + figures
    return whole
