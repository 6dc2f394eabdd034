"""The least any service could do: FastAPI, one typed body, one statement on asyncpg. The raw limit of the others."""

import uuid
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from typing import Any, Literal

import asyncpg
import orjson
from fastapi import FastAPI, Request
from pydantic import BaseModel, Field

TABLES = """
create table bare_dossier (id uuid primary key, code text unique not null, procedure_code text not null,
  citizen_id text not null, full_name text not null, status text not null, payload jsonb not null,
  created_at timestamptz not null default now());
create table bare_outbox (seq bigint generated always as identity primary key, id uuid not null, topic text not null,
  key text not null, payload jsonb not null, created_at timestamptz not null default now());
"""
_INSERT = """
with d as (insert into bare_dossier (id, code, procedure_code, citizen_id, full_name, status, payload)
           values ($1, $2, $3, $4, $5, 'submitted', $6))
insert into bare_outbox (id, topic, key, payload) values ($7, $8, $2, $9)
"""


class Address(BaseModel):
    """An address."""

    province: str = Field(max_length=80)
    commune: str = Field(max_length=120)
    detail: str = Field(max_length=200)


class Application(BaseModel):
    """Twenty-five typed fields with two nested addresses."""

    procedure_code: str = Field(pattern=r"^\d\.\d{6}$")
    requester_name: str = Field(min_length=2, max_length=120)
    requester_id: str = Field(pattern=r"^\d{12}$")
    requester_phone: str = Field(pattern=r"^0\d{9}$")
    requester_email: str = Field(max_length=200, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")
    requester_relation: Literal["mother", "father", "other"]
    requester_address: Address
    child_name: str = Field(max_length=120)
    child_born_on: date
    child_sex: Literal["female", "male"]
    child_ethnicity: str = Field(max_length=10)
    child_nationality: str = Field(max_length=3)
    born_at_facility: bool
    facility_name: str = Field(max_length=200)
    birth_place: Address
    child_home_town: str = Field(max_length=200)
    mother_name: str = Field(max_length=120)
    mother_born_on: date
    mother_id: str = Field(pattern=r"^\d{12}$")
    mother_address: Address
    parents_married: bool
    father_name: str = Field(max_length=120)
    father_born_on: date
    father_id: str = Field(pattern=r"^\d{12}$")
    extract_copies: int = Field(ge=0, le=20)


def bare_app(
    dsn: str | None, *, pool_size: int = 10, say: Any = None, read: str = ""
) -> Callable[[], FastAPI]:
    """Give the maker of the bare application: POST /submit, GET /rows/{code} by `read`, GET /hello answering `say`."""

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        if dsn is None:
            yield
            return
        async with asyncpg.create_pool(dsn, min_size=1, max_size=pool_size) as app.state.pool:
            yield

    def make() -> FastAPI:
        app = FastAPI(lifespan=life, openapi_url=None)
        app.add_api_route("/submit", _submit, methods=["POST"], status_code=201)
        app.add_api_route("/rows/{code}", _row, methods=["GET"])
        app.add_api_route("/hello", _hello, methods=["GET"])
        app.state.say, app.state.read = say, read
        return app

    return make


async def _submit(body: Application, request: Request) -> dict[str, str]:
    row, fact = uuid.uuid4(), uuid.uuid4()
    code = f"H42.101-{row.hex[:16]}"
    event = orjson.dumps({"id": str(row), "code": code, "procedure": body.procedure_code}).decode()
    await request.app.state.pool.execute(
        _INSERT,
        row,
        code,
        body.procedure_code,
        body.requester_id,
        body.requester_name,
        body.model_dump_json(),
        fact,
        "bare.submitted",
        event,
    )
    return {"id": str(row), "code": code}


async def _row(code: str, request: Request) -> dict[str, Any]:
    return dict(await request.app.state.pool.fetchrow(request.app.state.read, code))


async def _hello(request: Request) -> Any:
    return request.app.state.say
