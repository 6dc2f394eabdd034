"""The lists behind questions for an address: provinces, and the communes of the chosen one."""

from collections.abc import Sequence
from dataclasses import replace

from portal.api.visit import Visit
from portal.domain.fields import Field, offered


async def with_places(visit: Visit, fields: Sequence[Field]) -> list[Field]:
    """Give the fields with what can be chosen in those that ask for an address; each list is read once."""
    addresses = [field for field in fields if field.kind == "address"]
    if not addresses:
        return [*fields]
    provinces = offered(await visit.catalog.units(""), visit.lang)
    chosen = {field.parts.get("province", "") for field in addresses} - {""}
    communes = {code: offered(await visit.catalog.units(code), visit.lang) for code in sorted(chosen)}
    return [
        replace(field, choices=provinces, sub_choices=communes.get(field.parts.get("province", ""), ()))
        if field.kind == "address"
        else field
        for field in fields
    ]
