"""Reporting that something does not work, and what came of one's own reports."""

from eforms import read_form
from fastapi import APIRouter, Response

from portal.api.eform_fields import fields_of, given
from portal.api.form_page import Filled, FormFlow, form_page
from portal.api.forms import Posted
from portal.api.visit import Visit, citizen
from portal.domain.addresses import Page


async def show(visit: Visit, filled: Filled) -> Response:
    """Ask what does not work, beside the published address, and list one's own reports."""
    told = await visit.registers.reports()
    fields = fields_of(visit, read_form(told.opening), {}, filled)
    return filled.page(visit, "account/reports.html", fields=fields, reports=told.items)


async def report(visit: Visit, form: Posted) -> Response:
    """Send the report; its number is told."""
    told = await visit.registers.reports()
    made = await visit.registers.report({"values": given(read_form(told.opening), form)}, form.key)
    return visit.go(Page.REPORTS, flash=visit.say("Đã nhận báo cáo, số {number}.", number=made.number))


def routes(prefix: str) -> APIRouter:
    """Mount the page under a site's root."""
    mounted = APIRouter(prefix=prefix)
    form_page(mounted, Page.REPORTS, FormFlow(show, report), citizen)
    return mounted
