"""One family's birth registration: what the citizen types and photographs, and what the specialist writes."""

import io
import json
import uuid
from dataclasses import dataclass

from PIL import Image, ImageDraw

from suite.demo.actors import Json
from suite.run.provinces import retell

PROCEDURE = "1.001193"
AGENCY = "H42.101"
ADDRESS = {"province": "37", "commune": "14329", "detail": "Số 5 đường Tràng An"}
ANSWERS: dict[str, Json] = {
    "requester": {
        "requester_name": "Nguyễn Thị Ánh",
        "requester_id": "000190000001",
        "requester_phone": "0900000001",
        "requester_email": "congdan@motcua.example",
        "requester_relation": "mother",
    },
    "requester-address": {"requester_address": ADDRESS},
    "child": {
        "child_name": "Nguyễn Minh Anh",
        "child_born_on": "2026-11-02",
        "child_sex": "female",
        "child_ethnicity": "01",
        "child_nationality": "VN",
    },
    "birth-place": {
        "born_at_facility": True,
        "facility_name": "Bệnh viện Sản nhi Ninh Bình",
        "birth_place": ADDRESS,
        "child_home_town": "Phường Hoa Lư, tỉnh Ninh Bình",
    },
    "mother": {
        "mother_name": "Nguyễn Thị Ánh",
        "mother_born_on": "1996-03-08",
        "mother_id": "000190000001",
        "mother_ethnicity": "01",
        "mother_nationality": "VN",
        "mother_address": ADDRESS,
    },
    "father": {
        "parents_married": True,
        "father_name": "Trần Văn Đức",
        "father_born_on": "1994-07-15",
        "father_id": "000090000002",
        "father_ethnicity": "01",
        "father_nationality": "VN",
    },
    "papers": {"extract_copies": 1},
}
RESULT = {
    "child_name": "Nguyễn Minh Anh",
    "child_born_on": "2026-11-02",
    "child_sex": "female",
    "child_ethnicity": "Kinh",
    "child_nationality": "Việt Nam",
    "birth_place": "Bệnh viện Sản nhi Ninh Bình, tỉnh Ninh Bình",
    "child_home_town": "Phường Hoa Lư, tỉnh Ninh Bình",
    "mother_name": "Nguyễn Thị Ánh",
    "mother_born_on": "1996-03-08",
    "mother_ethnicity": "Kinh",
    "mother_nationality": "Việt Nam",
    "mother_address": "Số 5 đường Tràng An, phường Hoa Lư, tỉnh Ninh Bình",
    "father_name": "Trần Văn Đức",
    "father_born_on": "1994-07-15",
    "father_ethnicity": "Kinh",
    "father_nationality": "Việt Nam",
    "father_address": "Số 5 đường Tràng An, phường Hoa Lư, tỉnh Ninh Bình",
    "requester_name": "Nguyễn Thị Ánh",
    "requester_id": "000190000001",
}


@dataclass(frozen=True)
class Example:
    """The same family in the province of a profile, and the officers who serve it."""

    agency: str
    answers: dict[str, Json]
    result: Json
    desk: str
    specialist: str
    leader: str


def example(profile: str) -> Example:
    """Return the example in the names and codes of a profile's province."""
    written = [AGENCY, ANSWERS, RESULT, "motcua.hoalu", "chuyenvien.hoalu", "lanhdao.hoalu"]
    return Example(*json.loads(retell(json.dumps(written, ensure_ascii=False), profile)))


def photo(words: str) -> bytes:
    """Return a small photograph of a paper."""
    sheet = Image.new("RGB", (640, 420), "white")
    ImageDraw.Draw(sheet).text((40, 180), f"{words} {uuid.uuid4().hex[:8]}", fill="black")
    sink = io.BytesIO()
    sheet.save(sink, "JPEG", quality=80)
    return sink.getvalue()
