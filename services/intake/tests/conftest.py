"""A province in small: two desks, a few procedures, real database, real tokens, a clock that obeys."""

import asyncio
import io
import itertools
import json
import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pikepdf
import pytest
import pytest_asyncio
from common.database import Database
from common.ids import uuid7
from common.inbox import Meta
from common.security import Caller
from common.worker import Job
from documents.demo_ca import make_demo_ca
from documents.folder import FolderSigner, Holder
from files.antivirus import NoScanner
from intake.jobs import jobs
from intake.main import create_app, make_built, make_means
from intake.models import Step
from intake.ports import Means
from intake.settings import Settings
from intake.subscribers import subscriptions
from PIL import Image
from pypdf import PdfReader
from regulation.codes import VerificationCode
from sqlalchemy import select
from suite.check.shapes import fact
from suite.testing import citizen, client, officer
from suite.testing.uploads import FakeScanner

MONDAY_8 = datetime(2026, 12, 7, 1, 0, tzinfo=UTC)  # 08:00 in Hà Nội, a plain working week
BIRTH = "1.001193"
PLAIN = "2.000777"
HOA_LU, GIA_VIEN, NO_DESK, TU_PHAP = "H42.101", "H42.102", "H42.190", "H42.15"
KIM_SON = "H42.104"  # only for the desk whose queues are narrowed
NHO_QUAN = "H42.103"  # only for tests that count everything at a desk
DESK = {"address": "Số 1 đường Trần Hưng Đạo", "phone": "02293871234", "email": "motcua@hoalu.example"}
ANSWERS = {
    "full_name": "Nguyễn Thị Ánh",
    "id_number": "037090001234",
    "phone": "0912345678",
    "email": "anh@example.org",
    "child_name": "Nguyễn Minh Anh",
    "born_on": "2026-01-02",
    "relation": "mother",
    "at_hospital": False,
}


def question(name: str, widget: str, **more: Any) -> dict[str, Any]:
    """Return a question of a form."""
    return {"name": name, "widget": widget, "label": {"vi": name, "en": f"EN {name}"}, **more}


FORM: dict[str, Any] = {
    "id": "birth",
    "data": {
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "full_name": {"type": "string", "minLength": 2, "maxLength": 120},
            "id_number": {"type": "string", "pattern": "^[0-9]{12}$"},
            "phone": {"type": "string"},
            "email": {"type": "string", "format": "email"},
            "child_name": {"type": "string", "minLength": 2},
            "born_on": {"type": "string", "format": "date"},
            "relation": {"type": "string"},
            "at_hospital": {"type": "boolean"},
            "hospital": {"type": "string", "minLength": 2},
            "copies": {"type": "integer", "minimum": 0, "maximum": 20},
        },
        "required": ["full_name", "phone", "child_name", "born_on", "relation", "at_hospital"],
    },
    "pages": [
        {
            "id": "who",
            "fields": [
                question("full_name", "person_name", prefill="account.full_name"),
                question("id_number", "identity_number"),
                question("phone", "phone"),
                question("email", "email"),
                question(
                    "relation", "one_of", options=[{"value": v} for v in ("mother", "father", "relative")]
                ),
            ],
        },
        {
            "id": "child",
            "fields": [
                question("child_name", "person_name"),
                question("born_on", "date", past=True),
                question("at_hospital", "yes_no"),
                question("hospital", "text"),
                question("copies", "number"),
            ],
        },
    ],
    "logic": [
        {
            "when": {"all": [{"field": "at_hospital", "operator": "equals", "value": True}]},
            "then": {"show": ["hospital"], "require": ["hospital"]},
        },
        {
            "when": {"any": [{"field": "relation", "operator": "in", "value": ["relative"]}]},
            "then": {"require_components": ["uy-quyen"]},
        },
        {
            "when": {"all": [{"field": "copies", "operator": "greater_than", "value": 10}]},
            "then": {"block": {"vi": "quá nhiều bản sao", "en": "too many copies"}},
        },
    ],
    "declaration": {"version": "1", "vi": "Tôi cam đoan", "en": "I declare"},
}


def component(component_id: str, name: str, required: bool = True, **more: Any) -> dict[str, Any]:
    """Return a component as the catalogue announces it."""
    usual = {"originals": 1, "copies": 0, "group": None, "case": None, "form_id": None, "accepts": []}
    return {"id": component_id, "name": name, "name_en": f"EN {name}", "required": required, **usual, **more}


STEP = {"id": "a", "name": "Thẩm tra", "unit": "tu-phap-ho-tich", "role": "specialist", "hours": "4 wh"}
PROCESS = {"version": 1, "decision_number": "12/QĐ-UBND", "decision_on": "2026-01-02", "steps": [STEP]}
LIMIT = {"case": None, "channel": None, "rule": "working_days", "amount": "3 wd", "text": "3 ngày làm việc"}


def procedure(code: str = BIRTH, version: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a published procedure version."""
    return {
        "code": code,
        "version": version,
        "name": f"Đăng ký khai sinh {code}",
        "name_en": "Birth registration",
        "field": "G15-TP07",
        "field_name": "Hộ tịch",
        "route": "own",
        "route_url": None,
        "effective_from": "2026-01-01",
        "effective_to": None,
        "cases": [{"id": "thuong", "name": "Thường", "name_en": "Usual"}],
        "limits": [LIMIT],
        "fees": [{"case": None, "channel": None, "status": "amount", "amount": 8000, "note": ""}],
        "components": [
            component("to-khai", "Tờ khai đăng ký khai sinh", form_id="birth"),
            component("giay-chung-sinh", "Giấy chứng sinh"),
            component("uy-quyen", "Văn bản ủy quyền", required=False),
            component("bang-ke", "Bảng kê", required=False, accepts=["pdf", "docx"]),
        ],
        "eform": {"definition": FORM},
        "process": PROCESS,
        "offers": [
            {"agency": agency, "service_level": "full", "desk": None, "unit": "tu-phap-ho-tich"}
            for agency in (HOA_LU, GIA_VIEN, NHO_QUAN, KIM_SON, NO_DESK)
        ],
        "forms": [],
        "result": None,
        "legal_basis": [],
        **changes,
    }


def simple(code: str = PLAIN, version: int = 1, **changes: Any) -> dict[str, Any]:
    """Return a procedure whose only paper is its form."""
    return procedure(
        code, version, **{"components": [component("to-khai", "Tờ khai", form_id="birth")], **changes}
    )


def pdf_file(pages: int = 1, change: Callable[[pikepdf.Pdf], None] | None = None, **save: Any) -> bytes:
    """Return a small PDF; no two are alike."""
    made = pikepdf.Pdf.new()
    for _ in range(pages):
        made.add_blank_page()
    made.docinfo["/Title"] = uuid.uuid4().hex
    if change:
        change(made)
    out = io.BytesIO()
    made.save(out, **save)
    return out.getvalue()


def photo(kind: str = "JPEG") -> bytes:
    """Return a small photograph; no two are alike."""
    out = io.BytesIO()
    Image.frombytes("RGB", (8, 8), (uuid.uuid4().bytes * 12)[:192]).save(out, kind)
    return out.getvalue()


class Stage:
    """The service with one profile, the people around it, and the time."""

    BIRTH, PLAIN, HOA_LU, GIA_VIEN, NHO_QUAN, NO_DESK = BIRTH, PLAIN, HOA_LU, GIA_VIEN, NHO_QUAN, NO_DESK
    KIM_SON = KIM_SON
    ANSWERS = ANSWERS
    procedure, simple, pdf, photo = (staticmethod(make) for make in (procedure, simple, pdf_file, photo))

    def __init__(self, database: Database, means: Means, settings: Settings) -> None:
        self.database, self.means, self.now = database, means, MONDAY_8
        self.app = create_app(settings, database)
        self.announcing = False  # what is heard is a state announced again
        self.app.state.built = make_built(database, means, self.app.state.built.lookups)
        self.app.state.now = lambda: self.now
        self.subscriptions = subscriptions(means, lambda: self.now)
        self.citizen = citizen(str(uuid7()))
        self.seals = FolderSigner(settings.signing_folder, demonstration=True)

    def client(self, caller: Caller | None = None, language: str = "vi") -> httpx.AsyncClient:
        """Return an HTTP client of a caller."""
        return client(self.app, caller, language)

    def desk(self, agency: str = HOA_LU, *roles: str, subject: str = "desk-1", **more: Any) -> Caller:
        """Return a desk officer."""
        return officer(*(roles or ("desk_officer",)), agency=agency, unit="mot-cua", subject=subject, **more)

    async def hear(
        self, type_: str, told: dict[str, Any], version: int = 1, agency: str | None = None
    ) -> None:
        """Let an event of a neighbour take effect."""
        found = self.subscriptions.get(type_)
        assert found is not None
        meta = Meta(uuid7(), type_, self.now, agency, told.get("code", "o"), version, self.announcing)
        async with self.database.sessions.begin() as session:
            slice_ = found.model.model_validate(fact(type_, {"occurred_at": self.now, **told}))
            await found.handler(session, [(slice_, meta)])

    async def publish(self, content: dict[str, Any]) -> None:
        """Let the catalogue publish a procedure."""
        await self.hear("catalog.procedure_published.v1", content, content["version"])

    async def draft(
        self, code: str = BIRTH, agency: str = HOA_LU, caller: Caller | None = None
    ) -> dict[str, Any]:
        """Begin a draft and fill its form."""
        async with self.client(caller or self.citizen) as web:
            body = {"procedure_code": code, "agency": agency}
            began = await web.post("/api/intake/drafts", json=body, headers=self.key())
            assert began.status_code == 201, began.text
            url = f"/api/intake/drafts/{began.json()['id']}"
            saved = await web.patch(url, json={"answers": ANSWERS, "version": began.json()["version"]})
            assert saved.status_code == 200, saved.text
            return dict(saved.json())

    def key(self) -> dict[str, str]:
        """Return the header of a fresh request key."""
        return {"Idempotency-Key": str(uuid.uuid4())}

    async def attach(
        self, draft: str, component_id: str, data: bytes | None = None, name: str = "giay.pdf", **more: Any
    ) -> httpx.Response:
        """Upload a file to a draft."""
        async with self.client(more.pop("caller", self.citizen)) as web:
            return await web.post(
                f"/api/intake/drafts/{draft}/attachments",
                data={"component": component_id, **more},
                files={"file": (name, data if data is not None else pdf_file())},
                headers=self.key(),
            )

    async def submit(
        self, caller: Caller | None = None, key: dict[str, str] | None = None, **body: Any
    ) -> httpx.Response:
        """Send a submission."""
        body = {"declaration_accepted": True, "declaration_version": "1", **body}
        async with self.client(caller or self.citizen) as web:
            return await web.post("/api/intake/dossiers", json=body, headers=key or self.key())

    async def dossier(
        self, agency: str = HOA_LU, code: str = BIRTH, caller: Caller | None = None, **body: Any
    ) -> str:
        """Submit a complete dossier and return its code."""
        draft = await self.draft(code, agency, caller)
        more = ({"caller": caller} if caller else {}) | (
            {"source": body.pop("source")} if "source" in body else {}
        )
        if "giay-chung-sinh" in [item["id"] for item in draft["components"]]:
            assert (await self.attach(draft["id"], "giay-chung-sinh", **more)).status_code == 201
        answer = await self.submit(caller, draft_id=draft["id"], **body)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    async def act(
        self, code: str, action: str, caller: Caller | None = None, method: str = "POST", **body: Any
    ) -> httpx.Response:
        """Do something to a dossier at its present version."""
        async with self.client(caller or self.desk()) as web:
            url = f"/api/intake/dossiers/{code}"
            if "version" not in body:
                body["version"] = (await self.read(code, caller or self.desk()))["version"]
            return await web.request(method, f"{url}/{action}", json=body, headers=self.key())

    async def resupply(self, code: str, *components: str) -> dict[str, Any]:
        """Attach new files to a dossier and answer its supplement request."""
        async with self.client(self.citizen) as web:
            for name in components:
                sent = await web.post(
                    f"/api/intake/dossiers/{code}/attachments",
                    data={"component": name},
                    files={"file": ("lai.pdf", pdf_file())},
                    headers=self.key(),
                )
                assert sent.status_code == 201, sent.text
        version = (await self.read(code))["version"]
        answer = await self.act(code, "supplement-answer", self.citizen, version=version, note="Đã chụp lại")
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    def jobs(self) -> list[Job]:
        """Return what the clock triggers."""
        return jobs(self.means)

    async def read(self, code: str, caller: Caller | None = None, language: str = "vi") -> dict[str, Any]:
        """Read a dossier."""
        async with self.client(caller or self.citizen, language) as web:
            found = await web.get(f"/api/intake/dossiers/{code}")
            assert found.status_code == 200, found.text
            return dict(found.json())

    async def judged(self, code: str, caller: Caller | None = None, **verdicts: str) -> httpx.Response:
        """Judge all components, ok unless told otherwise (dashes as underscores)."""
        found = {"to-khai": "ok", "giay-chung-sinh": "ok"}
        found |= {name.replace("_", "-"): verdict for name, verdict in verdicts.items()}
        items = [{"component": name, "verdict": verdict} for name, verdict in found.items()]
        return await self.act(code, "checklist", caller, "PUT", items=items)

    async def accepted(self, **more: Any) -> str:
        """Return the code of an accepted dossier."""
        code = await self.dossier(**more)
        assert (await self.judged(code)).status_code == 200
        assert (await self.act(code, "acceptance")).status_code == 200
        return code

    async def get(
        self, path: str, caller: Caller | None = None, language: str = "vi", **query: Any
    ) -> httpx.Response:
        """Get something of the API; nobody is signed in unless named."""
        async with self.client(caller, language) as web:
            return await web.get(f"/api/intake/{path}", params=query)

    async def paper(self, code: str, kind: str, caller: Caller | None = None) -> str:
        """Return the text of a paper of the dossier."""
        found = [item for item in (await self.read(code, caller))["documents"] if item["kind"] == kind]
        answer = await self.get(f"dossiers/{code}/documents/{found[-1]['id']}", caller or self.citizen)
        assert answer.status_code == 200, answer.text
        assert answer.content.startswith(b"%PDF-")
        return " ".join(
            "".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).split()
        )

    async def paper_of_the_unit(self, name: str, *, sign: bool = True) -> dict[str, Any]:
        """Store a paper a leader of the unit signed, and return it as events name it."""
        pdf = pdf_file()
        if sign:
            leader = Holder("leader", "Lê Văn Lãnh Đạo", "H42.101")
            pdf = await asyncio.to_thread(self.seals.sign, pdf, leader, "Kết quả", "Hoa Lư", self.now)
        stored = await self.means.files.put(pdf)
        return {"sha256": stored.sha256, "size": stored.size, "name": name, "media_type": "application/pdf"}

    async def finish(
        self, code: str, version: int = 9, state: str = "result_ready", sign: bool = True, **more: Any
    ) -> str:
        """Let the specialist unit finish a dossier with a signed paper; returns its verification code."""
        document = await self.paper_of_the_unit("ket-qua.pdf", sign=sign)
        number = str(VerificationCode.from_random(secrets.token_bytes(10)))
        told = {
            "code": code,
            "state": state,
            "step_no": 3,
            "step_count": 3,
            "step_name": "Ký",
            "step_name_en": "Sign",
            "unit": "tu-phap-ho-tich",
            "officer_id": "o-1",
            "document": document,
            "verification_code": number,
            "signer": "Lê Văn Lãnh Đạo",
            **more,
        }
        type_ = "processing.dossier_rejected.v1" if state == "rejected" else "processing.result_ready.v1"
        await self.hear(told.pop("type_", type_), told, version, HOA_LU)
        return number

    async def unit_tells(self, code: str, state: str, version: int, step: int = 1, **more: Any) -> None:
        """Let the specialist unit tell where it stands."""
        told = {
            "code": code,
            "state": state,
            "step_no": step,
            "step_count": 3,
            "step_name": f"Bước {step}",
            "step_name_en": f"Step {step}",
            "unit": "tu-phap-ho-tich",
            "officer_id": "o-1",
            **more,
        }
        await self.hear("processing.step_completed.v1", told, version, told.pop("agency", HOA_LU))

    async def details(self, code: str, action: str) -> list[dict[str, Any]]:
        """Return what the steps of a kind noted, oldest first."""
        async with self.database.sessions() as session:
            steps = select(Step).where(Step.dossier_code == code, Step.action == action).order_by(Step.id)
            return [step.details for step in await session.scalars(steps)]

    async def events(self, code: str) -> list[tuple[str, dict[str, Any]]]:
        """Return (type, data) of what was announced about a dossier."""
        pool = await self.database.pool()
        rows = await pool.fetch(
            "select type, envelope->'data' as data from outbox where envelope->>'subject' = $1 order by seq",
            code,
        )
        return [(row["type"], json.loads(row["data"])) for row in rows]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def database(fresh_database: Any) -> Database:
    """Give one migrated database with agencies and procedures."""
    return await fresh_database("intake")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a place for files and keys, with an authority that is old enough for every test's clock."""
    place = tmp_path_factory.mktemp("intake")
    authority = make_demo_ca(datetime(2026, 1, 1, tzinfo=UTC))
    (place / "keys").mkdir()
    (place / "keys" / "ca.cert.pem").write_bytes(authority.ca_cert_pem)
    (place / "keys" / "ca.key.pem").write_bytes(authority.ca_key_pem)
    return place


MakeStage = Callable[..., Any]


@pytest.fixture
def make_stage(database: Database, folder: Path, fresh_database: Any) -> MakeStage:
    """Give a maker of stages: profile, scanner, limits; in the file's database, or in one of its own."""
    counter = itertools.count()

    async def make(
        profile: str = "ninh-binh", scanner: Any = None, limits: Any = None, alone: bool = False, **more: Any
    ) -> Stage:
        within = await fresh_database("intake") if alone else database
        settings = Settings(
            database_url=within.dsn,
            files_url=(folder / "files").as_uri(),
            profile=profile,
            jwks_url="",
            signing_folder=folder / "keys",
            sealing_key="the key of the tests",
            public_url="https://dvc.example",
            **more,
        )
        means = make_means(settings)
        changed = {"scanner": scanner or NoScanner(), "limits": limits or means.limits}
        stage = Stage(within, Means(**{**means.__dict__, **changed}), settings)
        if next(counter) == 0 or alone:
            await furnish(stage)
        return stage

    return make


async def furnish(stage: Stage) -> None:
    """Let the catalogue tell of agencies and procedures; telling again changes nothing."""
    names = {
        "H42": "UBND tỉnh Ninh Bình",
        HOA_LU: "UBND phường Hoa Lư",
        GIA_VIEN: "UBND xã Gia Viễn",
        NHO_QUAN: "UBND xã Nho Quan",
        KIM_SON: "UBND xã Kim Sơn",
        NO_DESK: "UBND xã Không Quầy",
        TU_PHAP: "Sở Tư pháp",
    }
    for code, name in names.items():
        told = {"code": code, "name": name, "name_en": f"EN {name}", "valid_from": "2025-07-01"}
        told |= {"parent": None if code == "H42" else "H42", "desk": None if code == NO_DESK else DESK}
        await stage.hear("catalog.agency_changed.v1", told)
    await stage.publish(procedure())
    await stage.publish(simple())


@pytest_asyncio.fixture(loop_scope="session")
async def stage(make_stage: MakeStage) -> Stage:
    """Give a stage of Ninh Bình without an antivirus."""
    found: Stage = await make_stage()
    return found


@pytest.fixture
def scanner() -> FakeScanner:
    """Give an obedient antivirus."""
    return FakeScanner()
