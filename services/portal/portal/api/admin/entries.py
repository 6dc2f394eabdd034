"""Writing in a book: entering, telling what was done, correcting, closing."""

from answers.registers import BookOut, EntryOut
from eforms import Form, read_form
from fastapi import APIRouter, Response
from regulation.zone import HERE

from portal.api.eform_fields import answers_of, fields_of, given
from portal.api.form_page import Filled, FormFlow, WrongInputError, form_page, needed, sends, told_at
from portal.api.forms import Posted
from portal.api.visit import FormError, Visit, officer
from portal.domain.addresses import Page

router = APIRouter()
WHY = {"reason": "Ghi lý do sửa"}
DID = {"what": "Ghi việc đã làm"}
LONGEST_LINKED = 60


def _just_now(visit: Visit, book: BookOut) -> dict[str, str]:
    """Give day and time of now for what mostly began just now; whoever knows better writes over them."""
    here = visit.now.astimezone(HERE)
    told = {"day": f"{here:%Y-%m-%d}", "time": f"{here:%H:%M}"}
    return {name: told[part] for part, name in book.begins_now.items()}


async def show_new(visit: Visit, filled: Filled) -> Response:
    """Ask what is to be entered; a link from a question or from feedback says its number."""
    book = await visit.registers.book(visit.part("book"))
    form, said = read_form(book.opening), visit.request.query_params
    linked = {name: said[name][:LONGEST_LINKED] for name in form.questions if name in said}
    fields = fields_of(visit, form, {**book.suggested, **_just_now(visit, book), **linked}, filled)
    return filled.page(visit, "admin/new_entry.html", book=book, fields=fields)


async def enter(visit: Visit, form: Posted) -> Response:
    """Enter it, and show it under its number."""
    book = await visit.registers.book(visit.part("book"))
    body = {"values": given(read_form(book.opening), form)}
    entry = await visit.registers.write(book.key, "", body, form.key)
    flash = visit.say("Đã ghi vào sổ, số {number}.", number=entry.number)
    return visit.go(Page.ENTRY, book=book.key, number=entry.number, flash=flash)


async def _opened(visit: Visit) -> tuple[BookOut, EntryOut]:
    book, number = visit.part("book"), visit.part("number")
    return await visit.registers.book(book), await visit.registers.entry(book, number)


async def show_entry(visit: Visit, filled: Filled) -> Response:
    """Show the entry again with what is wrong with a deed."""
    book, entry = await _opened(visit)
    return filled.page(visit, "admin/entry.html", book=book, entry=entry)


async def tell_deed(visit: Visit, form: Posted) -> Response:
    """Add what was done just now."""
    book, number = visit.part("book"), visit.part("number")
    body = {"what": form.text("what")}
    needed(visit, body, DID)
    await visit.registers.write(book, f"/{number}/deeds", body, form.key)
    return visit.go(Page.ENTRY, book=book, number=number, flash="Đã ghi việc đã làm.")


def whole_form(book: BookOut, entry: EntryOut) -> list[Form]:
    """Give the forms whose answers an entry holds: those of its end too, once it has ended."""
    ended = entry.closed_at is not None and book.closes
    return [read_form(book.opening), *([read_form(book.closing)] if ended else [])]


async def show_correction(visit: Visit, filled: Filled) -> Response:
    """Show what is entered, to be corrected with a reason."""
    book, entry = await _opened(visit)
    forms = whole_form(book, entry)
    fields = [field for form in forms for field in fields_of(visit, form, entry.values, filled)]
    return filled.page(visit, "admin/correct_entry.html", book=book, entry=entry, fields=fields)


async def correct(visit: Visit, form: Posted) -> Response:
    """Send the answers that differ, with the reason."""
    book, entry = await _opened(visit)
    typed = {
        name: said for one in whole_form(book, entry) for name, said in answers_of(one, form.boxes()).items()
    }
    changed = {
        name: "" if said is None else said for name, said in typed.items() if said != entry.values.get(name)
    }
    if not changed:
        raise WrongInputError(FormError("", visit.say("Chưa có mục nào khác với nội dung đang ghi.")))
    body = {"version": form.version, "values": changed, "reason": form.text("reason")}
    needed(visit, body, WHY)
    await visit.registers.write(book.key, f"/{entry.number}/corrections", body, form.key)
    return visit.go(Page.ENTRY, book=book.key, number=entry.number, flash="Đã sửa; nội dung cũ vẫn đọc được.")


async def show_end(visit: Visit, filled: Filled) -> Response:
    """Ask how it ended."""
    book, entry = await _opened(visit)
    fields = fields_of(visit, read_form(book.closing), {}, filled)
    return filled.page(visit, "admin/close_entry.html", book=book, entry=entry, fields=fields)


async def close(visit: Visit, form: Posted) -> Response:
    """Close the entry."""
    book, number = await visit.registers.book(visit.part("book")), visit.part("number")
    body = {"version": form.version, "values": given(read_form(book.closing), form)}
    await visit.registers.write(book.key, f"/{number}/closing", body, form.key)
    return visit.go(Page.ENTRY, book=book.key, number=number, flash="Đã kết thúc mục này.")


form_page(router, Page.NEW_ENTRY, FormFlow(show_new, enter), officer)
sends(router, Page.ENTRY_DEED, FormFlow(show_entry, tell_deed, told_at("what")), officer)
form_page(router, Page.CORRECT_ENTRY, FormFlow(show_correction, correct), officer)
form_page(router, Page.CLOSE_ENTRY, FormFlow(show_end, close), officer)
