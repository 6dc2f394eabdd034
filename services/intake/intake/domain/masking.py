"""What of a person's data may be shown to somebody who only holds a dossier code."""

STARS = "***"


def mask_name(name: str) -> str:
    """Return the first letter of each word and three stars, whatever its length.

    Source: TN Đ.19.2; QT Đ.4.5; R-TRK-12
    """
    return " ".join(word[0] + STARS for word in name.split())


def mask_phone(phone: str) -> str:
    """Return the last three digits behind stars.

    Source: TN Đ.19.2; R-TRK-12
    """
    return STARS + phone[-3:] if phone else ""


def mask_email(email: str) -> str:
    """Return the first letter and the mail host.

    Source: TN Đ.19.2; R-TRK-12
    """
    local, at, host = email.partition("@")
    return f"{local[:1]}{STARS}{at}{host}" if email else ""
