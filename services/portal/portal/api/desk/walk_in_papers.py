"""The papers of a dossier written down at the counter: sent as files, taken out of the vault, or brought as a copy."""

from collections.abc import Awaitable, Callable, Iterator
from functools import partial

from answers.intake import AcceptedCopyOut, DraftOut

from portal.adapters.vault import Vault
from portal.adapters.walk_ins import WalkIns
from portal.api.form_page import WrongInputError, do_each, part_of
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit
from portal.domain.journey import papers_of

FILE, COPY = "file-", "copy-"


async def keep_papers(
    visit: Visit, walk_ins: WalkIns, draft: DraftOut, form: Posted
) -> AcceptedCopyOut | None:
    """Keep what was sent, taken out or brought; give what stands behind a copy that was accepted."""
    await do_each(visit, _uploads(walk_ins, draft, form))
    if form.text("remove"):
        await walk_ins.detach(draft.id, form.text("remove"))
    if form.text("reuse"):
        component, _, paper = form.text("reuse").partition("/")
        await Vault(visit.link("intake")).take("counter/drafts", draft.id, component, paper, form.key)
    return await _copy(visit, walk_ins, draft, form)


def _uploads(
    walk_ins: WalkIns, draft: DraftOut, form: Posted
) -> Iterator[tuple[str, Callable[[], Awaitable[None]]]]:
    async def attach(component: str, place: str) -> None:
        for number, upload in enumerate(form.uploads(place)):
            key = f"{form.key}-{component}-{number}"
            await walk_ins.attach(draft.id, component, await part_of(upload), key)

    for paper in papers_of(draft):
        place = f"{FILE}{paper.id}"
        yield place, partial(attach, paper.id, place)


async def _copy(visit: Visit, walk_ins: WalkIns, draft: DraftOut, form: Posted) -> AcceptedCopyOut | None:
    """Accept the copy whose code was scanned. Raises: WrongInputError, at the place of its code."""
    component = form.text("copy")
    if not component:
        return None
    place, accepted = f"{COPY}{component}", list[AcceptedCopyOut]()
    scanned = form.text(place)
    if not scanned:
        raise WrongInputError(FormError(place, visit.say("Quét hoặc gõ mã trên bản giấy")))

    async def accept() -> None:
        accepted.append(await walk_ins.accept_copy(draft.id, component, scanned, form.key))

    await do_each(visit, [(place, accept)])
    return accepted[0]
