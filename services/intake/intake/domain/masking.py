"""What of a person's data may be shown to somebody who only holds a dossier code."""

STARS = "***"


def mask_name(name: str) -> str:
    """Return the first letter of each word and three stars, whatever its length.

    Source: TN Đ.19.2; QT Đ.4.5; R-TRK-12
    """
    return " ".join(word[0] + STARS for word in name.split())
