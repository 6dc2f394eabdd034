"""The codes of agencies, dossiers, procedures, sectors, results and verifications, kept as text."""

from regulation.codes.agency import (
    AgencyCode,
    AgencyShape,
    UnreadableAgencyCodeError,
    UnwritableShapeError,
    codes_within,
    is_way,
    way_of,
)
from regulation.codes.dossier import (
    DEFAULT_PATTERN,
    CodePattern,
    DossierCode,
    PatternRefusedError,
    SerialRefusedError,
    UnreadableDossierCodeError,
    day_of_receipt,
    next_code,
)
from regulation.codes.procedure import (
    ProcedureCode,
    ResultCode,
    SectorCode,
    UnreadableProcedureCodeError,
    UnreadableResultCodeError,
    UnreadableSectorCodeError,
)
from regulation.codes.succession import (
    AgencyHistory,
    AgencyNotKnownError,
    Change,
    Naming,
    Succession,
    SuccessionRefusedError,
)
from regulation.codes.verification import UnreadableVerificationCodeError, VerificationCode

__all__ = [
    "DEFAULT_PATTERN",
    "AgencyCode",
    "AgencyHistory",
    "AgencyNotKnownError",
    "AgencyShape",
    "Change",
    "CodePattern",
    "DossierCode",
    "Naming",
    "PatternRefusedError",
    "ProcedureCode",
    "ResultCode",
    "SectorCode",
    "SerialRefusedError",
    "Succession",
    "SuccessionRefusedError",
    "UnreadableAgencyCodeError",
    "UnreadableDossierCodeError",
    "UnreadableProcedureCodeError",
    "UnreadableResultCodeError",
    "UnreadableSectorCodeError",
    "UnreadableVerificationCodeError",
    "UnwritableShapeError",
    "VerificationCode",
    "codes_within",
    "day_of_receipt",
    "is_way",
    "next_code",
    "way_of",
]
