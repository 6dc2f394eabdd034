"""Why a question was not taken, asked only where none was."""

from common.errors import StaleVersionError
from sqlalchemy.ext.asyncio import AsyncSession

from qa.domain.errors import ProcedureUnknownError, QuestionAlreadyAskedError
from qa.domain.known import Known
from qa.models import Birth, Birthplace, Carry, LostRaceError, Procedure
from qa.queries.bars import expect_not_barred
from qa.queries.names import reachable
from qa.queries.questions import same_question


async def born(place: Birthplace, birth: Birth, carry: Carry | None = None) -> str:
    """Write a question down and return its number.

    Raises:
        AgencyUnknownError, ProcedureUnknownError, AskerBarredError, AccountBarredError, QuestionAlreadyAskedError.
        StaleVersionError: what kept it from being taken is gone again, or a request with its key was first.
    """
    try:
        number = await place.write(birth, carry)
    except LostRaceError:
        number = None
    if number is None:
        async with place.reading() as session:
            await _explain(session, birth)
        raise StaleVersionError
    return number


async def _explain(session: AsyncSession, birth: Birth) -> None:
    asking = birth.asking
    if asking.named and asking.agency:
        await reachable(session, asking.agency, birth.day)
    if asking.named and asking.procedure and await session.get(Procedure, asking.procedure) is None:
        raise ProcedureUnknownError(field="procedure", rule="procedure")
    await expect_not_barred(session, birth.day, Known.of(asking.asker, asking.owner, asking.proofs))
    if number := await same_question(session, asking.sameness):
        raise QuestionAlreadyAskedError(number=number)
