"""What looking into a file means for who uploads it: taken or refused, shown as a picture, limits told before."""

from files.kinds import HEIC, JPEG
from files.refusals import Limits
from suite.testing.uploads import heic, large_jpeg, office

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"


async def test_r_sub_05_office_files_are_taken_only_where_the_component_says_so(stage):
    draft = await stage.draft()
    assert (await stage.attach(draft["id"], "bang-ke", office(), "a.docx")).status_code == 201
    refused = await stage.attach(draft["id"], "giay-chung-sinh", office(), "a.docx")
    assert refused.json()["code"] == "file-kind"
    macro = await stage.attach(draft["id"], "bang-ke", office(kind=MACRO), "b.docx")
    assert macro.json()["code"] == "file-active-content"


async def test_r_sub_05_a_telephones_picture_is_kept_as_sent_and_shown_as_jpeg(stage):
    draft, sent = await stage.draft(), heic()
    attached = await stage.attach(draft["id"], "giay-chung-sinh", sent, "IMG_0001.HEIC")
    assert (attached.status_code, attached.json()["media_type"]) == (201, HEIC)
    code = (await stage.submit(draft_id=draft["id"])).json()["code"]
    dossier = await stage.read(code)
    (file,) = next(item["files"] for item in dossier["components"] if item["files"])
    assert (file["name"], file["on_screen"]) == ("IMG_0001.HEIC", True)
    path = f"dossiers/{code}/files/{file['id']}"
    kept = await stage.get(path, stage.citizen)
    assert (kept.content, kept.headers["content-type"]) == (sent, HEIC)
    shown = await stage.get(path, stage.citizen, shown="screen")
    assert (shown.content[:3], shown.headers["content-type"]) == (b"\xff\xd8\xff", JPEG)
    assert (await stage.get(path, stage.desk(), shown="screen")).json()["code"] == "file-not-scanned"


async def test_the_draft_says_what_may_be_sent_and_how_large_it_may_be(make_stage):
    stage = await make_stage(limits=Limits(megapixels=1))
    draft = await stage.draft()
    limits = [draft["upload_limits"][name] for name in ("file_mb", "dossier_mb", "megapixels")]
    assert limits == [20, 100, 1]
    kinds = {item["id"]: item["kinds"] for item in draft["components"]}
    assert kinds["giay-chung-sinh"] == ["PDF", "JPG", "PNG", "HEIC", "WEBP"]
    assert kinds["bang-ke"] == ["PDF", "DOCX"]
    answer = await stage.attach(draft["id"], "giay-chung-sinh", large_jpeg(1_200, 1_000), "a.jpg")
    assert (answer.status_code, answer.json()["code"]) == (422, "picture-too-large")
    assert "2 triệu điểm ảnh, nhiều hơn mức 1 triệu" in answer.json()["detail"]
    assert "300 dpi" in answer.json()["detail"]
