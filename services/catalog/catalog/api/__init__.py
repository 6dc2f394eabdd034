"""The HTTP face of the catalogue: public reads, and the editor's routes."""

from catalog.api import agencies, editing, forms, lists, procedures

ROUTERS = (lists.router, agencies.router, forms.router, editing.router, procedures.router)
