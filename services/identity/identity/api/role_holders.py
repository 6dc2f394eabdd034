"""Who holds the province's posts around the suite: read for every officer, named by the province's office."""

from datetime import date

from audit import note
from common.api import CallerDep, IdempotencyDep, LangDep, SessionDep
from common.api.deps import FRESH_PROOF, only_for
from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import BaseModel, Field
from regulation.days import Day
from regulation.roles import Reach, Right, reach_of, who_may
from regulation.typed import Typed
from regulation.zone import local_day

from identity import queries
from identity.api.deps import VisitDep
from identity.domain.holders import Naming, Post, body_said, on_day
from identity.models import RoleHolder
from identity.usecases.name_role_holder import name_role_holder

router = APIRouter(prefix="/api/identity/role-holders", tags=["officers"])


class HolderBody(BaseModel):
    """Who holds a post, by which paper, from when."""

    post: Post
    body: Typed = Field(min_length=2, max_length=200)
    substitute: Typed = Field(default="", max_length=200)
    document_number: Typed = Field(min_length=1, max_length=60)
    from_on: Day
    until_on: Day | None = None


class HolderOut(BaseModel):
    """Who holds a post, and whether it counts today."""

    post: Post
    post_name: str
    body: str
    substitute: str
    document_number: str
    from_on: date | None
    until_on: date | None
    counts: bool

    @classmethod
    def of(cls, row: RoleHolder, lang: str, *, counts: bool) -> "HolderOut":
        """Show one that was entered."""
        post = Post(row.post)
        return cls(
            post=post,
            post_name=post.said(lang),
            body=row.body,
            substitute=row.substitute,
            document_number=row.document_number,
            from_on=row.from_on,
            until_on=row.until_on,
            counts=counts,
        )

    @classmethod
    def by_profile(cls, post: Post, bodies: tuple[str, ...], lang: str) -> "HolderOut":
        """Show what the regulation says, where nobody was named."""
        names = dict.fromkeys(body_said(code, lang) for code in bodies)
        return cls(
            post=post,
            post_name=post.said(lang),
            body=", ".join(names),
            substitute="",
            document_number="",
            from_on=None,
            until_on=None,
            counts=True,
        )


class HolderList(BaseModel):
    """Who holds each post today, then those before and to come; and whether the caller may name one."""

    items: list[HolderOut]
    may_name: bool


@router.get("", dependencies=[only_for(who_may(Right.READ_OFFICERS))])
async def listing(caller: CallerDep, session: SessionDep, visit: VisitDep, lang: LangDep) -> HolderList:
    """List the holders; where none was named, the body the regulation names."""
    rows = await queries.role_holders(session)
    today = on_day(rows, local_day(visit.now))
    profile = visit.built.rules.bodies
    now = [
        HolderOut.of(today[post], lang, counts=True)
        if post in today
        else HolderOut.by_profile(post, profile.get(post.value, ()), lang)
        for post in Post
    ]
    others = [HolderOut.of(row, lang, counts=False) for row in rows if today.get(row.post) is not row]
    named = who_may(Right.GRANT_RIGHTS) & {*caller.roles}
    reach = reach_of(Right.GRANT_RIGHTS, caller.roles, caller.scope)
    return HolderList(items=[*now, *others], may_name=bool(named) and reach is Reach.PROVINCE)


@router.post(
    "",
    dependencies=[only_for(who_may(Right.GRANT_RIGHTS)), FRESH_PROOF],
    status_code=201,
    response_model=HolderOut,
)
async def name(
    *,
    body: HolderBody,
    caller: CallerDep,
    session: SessionDep,
    visit: VisitDep,
    lang: LangDep,
    idem: IdempotencyDep,
) -> HolderOut | Response:
    """Name who holds a post."""
    note(purpose=body.document_number)
    if (hit := await idem.replay(session)) is not None:
        return hit
    said = Naming(body.post, body.body, body.substitute, body.document_number, body.from_on, body.until_on)
    made = await name_role_holder(session, caller, said, visitor=visit.visitor, now=visit.now)
    answer = HolderOut.of(made, lang, counts=made.from_on <= local_day(visit.now))
    await idem.remember(session, 201, answer)
    return answer
