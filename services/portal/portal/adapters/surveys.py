"""Surveys: answering them, reading their results, building them."""

from dataclasses import dataclass

import httpx
from answers import qa as told

from portal.adapters.http import Json, Link, read

ROOT = "/api/qa/surveys"
DESK = "/api/qa/survey-desk"


@dataclass(frozen=True)
class Surveys:
    """The service of surveys as one visitor sees it."""

    link: Link

    async def listed(self, **page: object) -> told.SurveyRowOutPage:
        """List the surveys that run and those that are closed."""
        return await self.link.get(told.SurveyRowOutPage, ROOT, **page)

    async def one(self, number: str) -> told.SurveyOut:
        """Read a survey with its e-form."""
        return await self.link.get(told.SurveyOut, f"{ROOT}/{number}")

    async def answer(self, number: str, body: Json) -> None:
        """Answer a survey; nothing remembers the request."""
        await self.link.send("PUT", f"{ROOT}/{number}/answer", body)

    async def results(self, number: str) -> told.ResultsOut:
        """Read the results of a closed survey."""
        return await self.link.get(told.ResultsOut, f"{ROOT}/{number}/results")

    async def csv(self, number: str) -> httpx.Response:
        """Fetch the same figures as CSV."""
        return await self.link.file(f"{ROOT}/{number}/results.csv")

    async def built(self, **page: object) -> told.SurveyRowOutPage:
        """List every survey, for who builds them."""
        return await self.link.get(told.SurveyRowOutPage, DESK, **page)

    async def begin(self, body: Json, key: str) -> told.BuiltSurveyOut:
        """Begin a survey."""
        return read(told.BuiltSurveyOut, await self.link.send("POST", DESK, body, key=key))

    async def built_one(self, number: str) -> told.BuiltSurveyOut:
        """Read a survey with its questions, for who builds it."""
        return await self.link.get(told.BuiltSurveyOut, f"{DESK}/{number}")

    async def put(self, number: str, part: str, body: Json) -> None:
        """Write the details or the questions of a draft."""
        await self.link.send("PUT", f"{DESK}/{number}/{part}", body)

    async def act(self, number: str, action: str, body: Json) -> None:
        """Publish, discard or close a survey."""
        await self.link.send("POST", f"{DESK}/{number}/{action}", body)

    async def texts(self, number: str, **page: object) -> tuple[told.SurveyTextsOut, ...]:
        """Read the free texts of a closed survey, a page of each question or of the one that is named."""
        return await self.link.get(tuple[told.SurveyTextsOut, ...], f"{DESK}/{number}/texts", **page)
