"""Evaluations of how agencies serve online."""

from dataclasses import dataclass

from answers import qa as told

from portal.adapters.http import Json, Link, read

ROOT = "/api/qa/evaluations"


@dataclass(frozen=True)
class Evaluations:
    """The service of evaluations as one officer sees it."""

    link: Link

    async def listed(self, **page: object) -> told.EvaluationRowOutPage:
        """List the evaluations."""
        return await self.link.get(told.EvaluationRowOutPage, ROOT, **page)

    async def one(self, number: str) -> told.EvaluationOut:
        """Read an evaluation with its figures."""
        return await self.link.get(told.EvaluationOut, f"{ROOT}/{number}")

    async def begin(self, body: Json, key: str) -> told.EvaluationOut:
        """Begin the evaluation of a period."""
        return read(told.EvaluationOut, await self.link.send("POST", ROOT, body, key=key))

    async def close(self, number: str, body: Json) -> None:
        """Conclude an evaluation."""
        await self.link.send("POST", f"{ROOT}/{number}/closing", body)
