"""Questions of the public, their answers, and the work on them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import httpx
from answers import qa as told
from regulation.codes import way_of

from portal.adapters.http import Json, Link, ServiceAnswerError, ServiceUnreachableError, plain, read

ROOT = "/api/qa"
ELSEWHERE = "question-elsewhere"
"""How the province's instance says that an agency's own has the question."""
KEPT = ("asker", "files", "supplements", "asked_agency_name", "procedure_name")
"""What only the province knows of a question."""


@dataclass(frozen=True)
class Questions:
    """The service of questions as one visitor sees it."""

    link: Link
    base_url: Callable[..., str]

    async def terms(self, lang: str = "") -> told.TermsOut:
        """Read what may be asked and what is asked back; ``lang`` where not in the language of the page."""
        headers = {**self.link.headers, **({"Accept-Language": lang} if lang else {})}
        return await replace(self.link, headers=headers).get(told.TermsOut, f"{ROOT}/terms")

    async def ask(self, body: Json, key: str) -> told.AskedOut:
        """Ask; the same key twice makes one question."""
        return read(told.AskedOut, await self.link.send("POST", f"{ROOT}/questions", body, key=key))

    async def answers(self, **filters: object) -> told.AnswerPageOut:
        """Search the published answers."""
        return await self.link.get(told.AnswerPageOut, f"{ROOT}/answers", **filters)

    async def answer(self, number: str) -> told.PublicAnswerOut:
        """Read one published answer."""
        return await self.link.get(told.PublicAnswerOut, f"{ROOT}/answers/{number}")

    async def feed(self, mark: str) -> httpx.Response:
        """Fetch the newest published answers as a feed; a 304 without them where `mark` is of the newest."""
        headers = {**self.link.headers, **({"If-None-Match": plain(mark)} if mark else {})}
        return await replace(self.link, headers=headers).file(f"{ROOT}/answers.atom")

    async def mine(self, **page: object) -> told.OwnPageOut:
        """List the visitor's own questions."""
        return await self.link.get(told.OwnPageOut, f"{ROOT}/own-questions", **page)

    async def board(self, **filters: object) -> told.BoardPageOut:
        """List the questions in the officer's reach."""
        return await self.link.get(told.BoardPageOut, f"{ROOT}/questions", **filters)

    async def counts(self, **looked_for: object) -> told.CountsOut:
        """Count them, or those that are looked for, by what is to be done, and by agency."""
        return await self.link.get(told.CountsOut, f"{ROOT}/questions/counts", **looked_for)

    async def one(self, number: str) -> told.QuestionOut:
        """Read one question with everything done about it, where an agency's own instance has it from there.

        ``held_by`` stays only where nobody answers there; then it is what the province last heard.
        """
        kept = await self.link.get(told.QuestionOut, f"{ROOT}/questions/{number}")
        if not kept.held_by:
            return kept
        link, path = self._there(kept)
        try:
            there = await link.get(told.QuestionOut, path)
        except ServiceUnreachableError:
            return kept
        except ServiceAnswerError:  # it is on its way back
            return kept.model_copy(update={"held_by": ""})
        return there.model_copy(update={"held_by": "", **{name: getattr(kept, name) for name in KEPT}})

    def _there(self, question: told.QuestionOut) -> tuple[Link, str]:
        """Give the way to the instance of the agency that has a question, and its address there."""
        root = way_of("qa", question.agency or "")
        return replace(self.link, base=self.base_url("qa", root)), f"{root}/questions/{question.number}"

    async def act(self, number: str, action: str, body: Json, key: str, method: str = "POST") -> None:
        """Carry an action out; ``action`` is its sub-resource, as ``triage``."""
        await self._done(method, number, action, body, key)

    async def _done(self, method: str, number: str, action: str, body: Json, key: str = "") -> httpx.Response:
        """Do something to a question where it is: with the province, or with the instance that it names."""
        try:
            return await self.link.send(method, f"{ROOT}/questions/{number}/{action}", body, key=key)
        except ServiceAnswerError as refusal:
            if refusal.code != ELSEWHERE:
                raise
            link, path = self._there(await self.link.get(told.QuestionOut, f"{ROOT}/questions/{number}"))
            return await link.send(method, f"{path}/{action}", body, key=key)

    async def keep_draft(self, number: str, body: Json) -> told.QuestionOut:
        """Keep a draft while it is typed; give the question after it."""
        return read(told.QuestionOut, await self._done("PUT", number, "draft", body))

    async def cited(self, number: str, words: str = "") -> tuple[told.CitedOut, ...]:
        """List the legal texts that earlier answers cited, those nearest to a question first."""
        return await self.link.get(tuple[told.CitedOut, ...], f"{ROOT}/questions/{number}/citations", q=words)

    async def bar_check(self, body: Json) -> told.BarCheckOut:
        """Learn whether a decision keeps the visitor from asking."""
        return read(told.BarCheckOut, await self.link.send("POST", f"{ROOT}/bar-checks", body))

    async def guide(self, body: Json) -> None:
        """Say anew how to take part."""
        await self.link.send("PUT", f"{ROOT}/guidance", body)

    async def bars(self, **page: object) -> told.BarOutPage:
        """List the decisions that keep somebody from asking, the newest first."""
        return await self.link.get(told.BarOutPage, f"{ROOT}/bars", **page)

    async def one_bar(self, bar: str) -> told.BarOut:
        """Read one."""
        return await self.link.get(told.BarOut, f"{ROOT}/bars/{bar}")

    async def bar(self, body: Json, key: str) -> None:
        """Enter one."""
        await self.link.send("POST", f"{ROOT}/bars", body, key=key)

    async def end_bar(self, bar: str, body: Json) -> None:
        """End one before its day."""
        await self.link.send("POST", f"{ROOT}/bars/{bar}/ending", body)

    async def masking(self, number: str) -> told.MaskingOut:
        """Read what could be published, personal data masked."""
        return await self.link.get(told.MaskingOut, f"{ROOT}/questions/{number}/masking")


@dataclass(frozen=True)
class Thread:
    """One question as its asker follows it: by the key of the link, or by its number in the account."""

    link: Link
    key: str = ""
    number: str = ""

    async def read(self) -> told.FollowedOut:
        """Read how the question stands."""
        if self.number:
            return await self.link.get(told.FollowedOut, f"{ROOT}/own-questions/{self.number}")
        return read(told.FollowedOut, await self.link.send("POST", f"{ROOT}/follow-ups", self._who))

    async def ask_more(self, body: Json, key: str) -> told.AskedOut:
        """Ask a supplementary question."""
        sent = await self.link.send("POST", f"{self._path}/supplements", {**self._who, **body}, key=key)
        return read(told.AskedOut, sent)

    @property
    def _path(self) -> str:
        return f"{ROOT}/own-questions/{self.number}" if self.number else f"{ROOT}/follow-ups"

    @property
    def _who(self) -> dict[str, str]:
        return {} if self.number else {"key": self.key}
