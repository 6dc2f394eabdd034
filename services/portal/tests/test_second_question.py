"""The second question of a look-up: asked on the page, answered without an address that holds it."""

from collections.abc import Callable

from portal_stage.fakes import problem
from portal_stage.samples import CODE, sample
from portal_stage.site import Visitor

TRACKING, LOOKUPS = f"GET /api/intake/tracking/{CODE}", "POST /api/intake/lookups"
Browse = Callable[..., Visitor]


async def test_s22_the_question_is_asked_and_its_answer_shows_the_dossier(browse: Browse) -> None:
    visitor = browse()
    visitor.fake.answers[TRACKING] = problem(403, "lookup-question-needed", "Hãy nhập thêm 4 số cuối.")
    visitor.fake.answers[LOOKUPS] = sample("tracked")
    shown = await visitor.get(f"/tra-cuu/{CODE}")
    assert (shown.status_code, "4 số cuối" in shown.text) == (200, True)
    found = await visitor.post(f"/tra-cuu/{CODE}", "/tra-cuu", {"code": CODE, "digits": "5678"})
    assert (found.status_code, "Hẹn trả kết quả" in found.text) == (200, True)
    assert visitor.fake.calls("POST", "/api/intake/lookups")[0].body == {"code": CODE, "digits": "5678"}
    visitor.fake.answers[LOOKUPS] = problem(404, "dossier-not-found", "Không tìm thấy hồ sơ.")
    wrong = await visitor.post(f"/tra-cuu/{CODE}", "/tra-cuu", {"code": CODE, "digits": "0000"})
    assert (wrong.status_code, "Không tìm thấy" in wrong.text, "4 số cuối" in wrong.text) == (404, True, True)
