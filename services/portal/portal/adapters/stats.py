"""The figures: those for everybody, and the reports of who watches over questions and feedback."""

from dataclasses import dataclass

import httpx
from answers import stats as told

from portal.adapters.http import Json, Link

ROOT = "/api/stats"


@dataclass(frozen=True)
class Stats:
    """The statistics service as one visitor sees it."""

    link: Link

    async def public(self, **filters: object) -> told.FiguresOut:
        """Read the public figures by period, agency, field and channel."""
        return await self.link.get(told.FiguresOut, f"{ROOT}/public", **filters)

    async def csv(self, **filters: object) -> httpx.Response:
        """Fetch the same figures as CSV."""
        return await self.link.file(f"{ROOT}/public.csv", **filters)

    async def questions(self, **filters: object) -> told.QuestionFiguresOut:
        """Read the public figures of questions or feedback by period, agency and topic."""
        return await self.link.get(told.QuestionFiguresOut, f"{ROOT}/public/questions", **filters)

    async def questions_csv(self, **filters: object) -> httpx.Response:
        """Fetch the same figures as CSV."""
        return await self.link.file(f"{ROOT}/public/questions.csv", **filters)

    async def report(self, what: str, **period: object) -> told.ReportOut:
        """Read the report of a period on `questions` or `feedback`, of the agencies in the officer's reach."""
        return await self.link.get(told.ReportOut, f"{ROOT}/{what}/report", **period)

    async def report_csv(self, what: str, **period: object) -> httpx.Response:
        """Fetch the same report as CSV."""
        return await self.link.file(f"{ROOT}/{what}/report.csv", **period)

    async def overdue(self, **days: object) -> told.OverdueOut:
        """Read the overdue dossiers of some days and what was instructed about them."""
        return await self.link.get(told.OverdueOut, f"{ROOT}/overdue", **days)

    async def overdue_pdf(self, **days: object) -> httpx.Response:
        """Fetch the same list as PDF."""
        return await self.link.file(f"{ROOT}/overdue.pdf", **days)

    async def instruct(self, body: Json, key: str) -> None:
        """Record what the Chairman instructed."""
        await self.link.send("POST", f"{ROOT}/instructions", body, key=key)

    async def shares(self, **period: object) -> tuple[told.SharesOut, ...]:
        """Read how agencies serve by their dossiers in a period."""
        return await self.link.get(tuple[told.SharesOut, ...], f"{ROOT}/shares", **period)

    async def themes(self, **period: object) -> told.ThemesOut:
        """Count what was received in a period by theme."""
        return await self.link.get(told.ThemesOut, f"{ROOT}/themes", **period)

    async def behind(self, what: str, **wanted: object) -> told.BehindOutPage:
        """List a page of what a figure of the report counts."""
        return await self.link.get(told.BehindOutPage, f"{ROOT}/{what}", **wanted)
