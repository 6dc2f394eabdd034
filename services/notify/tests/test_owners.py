"""Nobody is notified of what another agency tells of a dossier."""

import pytest
from notify.domain.errors import ForeignDossierError
from notify.domain.notice import DossierFacts


@pytest.mark.parametrize(("agency", "refused"), [("H42.15", False), (None, False), ("H42.16", True)])
def test_who_tells_of_handling_must_settle_the_dossier(agency, refused):
    words = {"vi": "x", "en": "x"}
    facts = DossierFacts("H42.15-1", words, words, words, False, None, (), True, "H42.15")
    if refused:
        with pytest.raises(ForeignDossierError):
            facts.expect_told_by(agency)
    else:
        facts.expect_told_by(agency)
