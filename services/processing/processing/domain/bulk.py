"""Which deeds can be ordered for many dossiers at once: each is the single deed, done dossier by dossier."""

from enum import StrEnum

from processing.domain.deeds import Deed


class BulkDeed(StrEnum):
    """A deed for many dossiers (việc làm hàng loạt): take, assign, forward to the next step, sign."""

    CLAIM = Deed.CLAIM.value
    ASSIGNMENT = Deed.ASSIGNMENT.value
    STEP_COMPLETION = Deed.STEP_COMPLETION.value
    SIGNATURE = Deed.SIGNATURE.value
