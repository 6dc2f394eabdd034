"""The province's office enters a decision that keeps somebody from asking."""

from datetime import date, datetime

from common.ids import uuid7
from common.security import Caller
from regulation.zone import local_day
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import BarDatesError
from qa.domain.known import barred_marks
from qa.models import Bar

LONGEST_DAYS = 366


async def bar_asker(
    session: AsyncSession,
    caller: Caller,
    *,
    account: str | None,
    id_number: str | None,
    email: str | None,
    phone: str | None,
    decision: str,
    ground: str,
    appeal: str,
    until: date,
    proof_key: str,
    now: datetime,
) -> Bar:
    """Keep somebody from asking until a day, by decision, with where to appeal.

    Raises:
        BarNamesNobodyError: no mark of a person is given.
        InvalidInputError: a number or contact has no form, so that it would keep nobody from asking.
        BarDatesError: the last day is not after today, or more than a year away.

    Source: NB Đ.18.1.a; TN Đ.13.1; R-QNA-03
    """
    marks = {"account": account, "id_number": id_number, "email": email, "phone": phone}
    known = barred_marks(marks)
    if not 0 < (until - local_day(now)).days <= LONGEST_DAYS:
        raise BarDatesError(field="until", rule="dates")
    told = {"decision": decision, "ground": ground, "appeal": appeal, "until": until}
    bar = Bar(id=uuid7(), **known, **told, since=now, by=caller.subject)
    bar.mark(proof_key)
    session.add(bar)
    await session.flush()
    return bar
