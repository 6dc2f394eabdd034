"""What a service that takes files must be told."""

from common.settings import ServiceSettings


class UploadSettings(ServiceSettings):
    """Settings of a service that takes files of strangers."""

    clamd_host: str | None = None
    """Where clamd listens; without it files are marked "not scanned"."""
    clamd_port: int = 3310
    scanning_required: bool = False
    """Keep files shut that no scanner found clean."""
    max_file_mb: int = 20
    max_megapixels: int = 250
    """The largest picture that is taken; an ordinary telephone makes up to 200 million pixels."""
