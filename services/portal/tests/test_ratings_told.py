"""Ratings on pages: figures of a quarter for everybody, low ones to follow up for who leads, contacts per agency."""

from collections.abc import Callable

from portal_stage import told
from portal_stage.fakes import problem
from portal_stage.samples import sample
from portal_stage.site import Visitor

Browse = Callable[..., Visitor]
RATINGS, TASKS = "/danh-gia", "/can-bo/danh-gia"
TASK = f"{TASKS}/{told.TASK}"


async def test_r_sat_03_everybody_reads_the_ratings_of_a_quarter_in_total_and_per_agency(
    browse: Browse,
) -> None:
    visitor = browse()
    page = (await visitor.get(RATINGS)).text
    for words in (
        "01/07/2026 – 30/09/2026",
        "Toàn tỉnh",
        "4,5",
        "quá ít đánh giá để công bố",
        "Dưới 5 đánh giá",
    ):
        assert words in page
    assert f"{RATINGS}?ngay=2026-06-30" in page
    assert "Quý sau" not in page, "a quarter that is not told is not offered"
    asked = {
        call.query["phase"] for call in visitor.fake.calls("GET", "/api/qa/ratings") if "phase" in call.query
    }
    assert asked == {"result", "receipt"}
    assert f'href="{RATINGS}"' in (await visitor.get("/thong-ke")).text


async def test_r_sat_03_any_day_of_a_quarter_opens_it_and_what_is_no_day_the_latest(browse: Browse) -> None:
    visitor = browse()
    await visitor.get(f"{RATINGS}?ngay=2026-05-04")
    assert "2026-05-04" in [call.query.get("day") for call in visitor.fake.calls("GET", "/api/qa/ratings")]
    assert (await visitor.get(f"{RATINGS}?ngay=mai")).status_code == 200
    assert "chưa được công bố" in (await visitor.get(f"{RATINGS}?ngay=2026-11-01")).text


async def test_r_sat_05_who_leads_follows_a_low_rating_up_without_knowing_whose_it_is(browse: Browse) -> None:
    visitor = await browse().sign_in("coordinator")
    page = (await visitor.get(TASKS)).text
    assert all(words in page for words in ("Chờ quá lâu.", "16/11/2026", TASK))
    empty = await visitor.post(TASK, TASK, {"done": " ", "version": "1"})
    assert (empty.status_code, 'href="#done"' in empty.text) == (422, True)
    done = await visitor.post(TASK, TASK, {"done": "Đã bố trí thêm người.", "version": "1"})
    assert done.headers["location"] == TASKS
    [call] = visitor.fake.calls("POST", f"/api/qa/rating-tasks/{told.TASK}/closing")
    assert call.body == {"done": "Đã bố trí thêm người.", "version": 1}


async def test_r_sat_05_a_task_that_was_settled_meanwhile_keeps_what_was_typed(browse: Browse) -> None:
    visitor = await browse().sign_in("coordinator")
    closing = f"POST /api/qa/rating-tasks/{told.TASK}/closing"
    visitor.fake.answers[closing] = problem(409, "rating-task-closed", "Việc này đã được ghi nhận xong.")
    sent = await visitor.post(TASK, TASK, {"done": "Đã xin lỗi.", "version": "1"})
    assert "Việc này đã được ghi nhận xong." in sent.text
    assert "Đã xin lỗi." in sent.text
    visitor.fake.answers[f"GET /api/qa/rating-tasks/{told.TASK}"] = told.task(state="closed", done="Đã nhắc.")
    assert (await visitor.get(TASK)).headers["location"] == TASKS
    assert (await visitor.get(f"{TASKS}/khong-co")).status_code == 404


async def test_r_sat_05_the_way_to_low_ratings_is_for_who_leads(browse: Browse) -> None:
    assert f'href="{TASKS}"' in (await (await browse().sign_in("coordinator")).get("/can-bo")).text
    assert f'href="{TASKS}"' not in (await (await browse().sign_in("desk_officer")).get("/can-bo")).text


async def test_r_fbk_04_each_agency_is_named_with_address_telephone_and_mailbox(browse: Browse) -> None:
    visitor = browse()
    assert "/phan-anh-kien-nghi/noi-nhan" in (await visitor.get("/phan-anh-kien-nghi")).text
    page = (await visitor.get("/phan-anh-kien-nghi/noi-nhan?q=hoa+lu")).text
    for agency in sample("agencies"):
        assert all(agency[part] in page for part in ("name", "address", "email"))
    assert visitor.fake.calls("GET", "/api/catalog/agencies")[-1].query["q"] == "hoa lu"
