"""An e-form as one visitor reads it: in the language of the page, on the day of the visit."""

from eforms import Form
from regulation.zone import local_day

from portal.api.visit import Visit
from portal.domain.eforms import FormReader


def form_reader(visit: Visit, form: Form, lang: str = "") -> FormReader:
    """Give what lays an e-form out for this visitor, or in another language."""
    return FormReader(form, lang or visit.lang, visit.say, local_day(visit.now))
