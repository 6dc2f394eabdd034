"""Identity: its answers about provider."""

# Written from the shapes of the service by `motcua contracts`; change them there.

from answers.answer import Answer


class BegunOut(Answer):
    """Where the browser goes, and what it keeps until it comes back."""

    binding: str
    url: str
