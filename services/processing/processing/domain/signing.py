"""Who may sign which document, and when a result may leave without a signature."""

from collections.abc import Mapping

from procedures.levels import is_full

from processing.domain.errors import NoAuthorityToSignError, UnsignedResultError

REJECTION = "rejection"
DEFAULT = "*"

Authority = Mapping[str, frozenset[str]]


def check_authority(authority: Authority, document: str, roles: frozenset[str]) -> None:
    """Refuse a signer whose roles are not configured for this document type.

    Raises:
        NoAuthorityToSignError: none of the roles may sign it.

    Source: TN PL.B3; TN Đ.11.5.a; R-PRC-11
    """
    allowed = authority.get(document, authority.get(DEFAULT, frozenset()))
    if not roles & allowed:
        raise NoAuthorityToSignError(document=document)


def signature_required(rule: str, service_level: str | None) -> bool:
    """Tell whether a profile's `processing.result_signature` forbids an unsigned electronic result.

    Source: TN Đ.11.5.a; QT Đ.19.2; NB Đ.23.6; R-PRC-11
    """
    if rule == "required_at_l4":
        return is_full(service_level)
    return rule == "required_for_electronic_results"


def check_release(rule: str, service_level: str | None, *, signed: bool) -> None:
    """Refuse to release an unsigned electronic result where a signature is required.

    Raises:
        UnsignedResultError: it would leave unsigned.

    Source: TN Đ.11.5.a; QT Đ.19.2; R-PRC-11
    """
    if not signed and signature_required(rule, service_level):
        raise UnsignedResultError(rule="R-PRC-11")
