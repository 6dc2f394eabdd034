"""What the services answer, as frozen values; one package per service, written from its own shapes."""

from answers.answer import Answer

__all__ = ["Answer"]
