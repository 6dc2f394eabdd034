"""What everybody may read: search, lists, the page of a procedure, forms and the directory."""

import unicodedata

import pytest
from suite.testing import client


async def get(app, path, language="vi", **params):
    async with client(app, language=language) as http:
        return await http.get(f"/api/catalog{path}", params=params)


@pytest.mark.parametrize(
    "q", ["đăng ký khai sinh", "dang ky khai sinh", "1.001193", "1001193", "làm giấy khai sinh"]
)
async def test_r_trk_11_search_answers_items_and_total_without_signing_in(app, q):
    answer = (await get(app, "/procedures", q=q, limit=3)).json()
    assert answer["items"][0]["code"] == "1.001193"
    assert answer["items"][0]["name"] == "Thủ tục đăng ký khai sinh"
    assert answer["total"] >= len(answer["items"])


async def test_r_trk_11_search_narrows_by_field_agency_level_and_being_online(app):
    by_field = (await get(app, "/procedures", field="ho-tich", limit=200)).json()
    assert by_field["total"] == 41
    assert {item["field_name"] for item in by_field["items"]} == {"Hộ tịch"}
    assert (await get(app, "/procedures", field="ho tich")).json()["total"] == 41
    by_agency = (await get(app, "/procedures", agency="H42.15")).json()
    assert {item["code"] for item in by_agency["items"]} == {"2.000635", "2.000829"}
    online = (await get(app, "/procedures", q="kết hôn", online=True)).json()
    assert online["items"][0]["code"] == "1.000894"
    assert all(item["online"] for item in online["items"])
    ministry = (await get(app, "/procedures", level="ministry", q="thẻ căn cước")).json()
    assert all("ministry" in item["levels"] for item in ministry["items"])


async def test_a_hit_says_fee_time_level_and_where_it_is_filed(app):
    birth = (await get(app, "/procedures", q="đăng ký khai sinh")).json()["items"][0]
    assert (birth["filing"], birth["fee"], birth["fee_en"]) == ("online", "Không thu", "No fee")
    assert birth["time"] not in ("", "Chưa công bố")
    assert birth["service_level"] is not None
    elsewhere = (await get(app, "/procedures", q="hoàn thuế giá trị gia tăng của doanh nghiệp")).json()[
        "items"
    ][0]
    assert elsewhere["filing"] == "elsewhere"


async def test_r_trk_11_nfc_and_nfd_find_the_same(app):
    composed = (await get(app, "/procedures", q="sổ đỏ")).json()
    assert (await get(app, "/procedures", q=unicodedata.normalize("NFD", "sổ đỏ"))).json() == composed


async def test_a_vague_query_says_so_in_the_callers_language(app):
    vi, en = (
        (await get(app, "/procedures", q="xin")).json(),
        (await get(app, "/procedures", "en", q="xin")).json(),
    )
    assert (vi["items"], vi["note"]["code"]) == ([], "too-vague")
    assert vi["note"]["message"] == vi["note"]["vi"]
    assert en["note"]["message"] == en["note"]["en"]
    assert vi["suggestions"]


async def test_the_whole_list_is_paged_in_vietnamese_order(app):
    first = (await get(app, "/procedures", limit=5)).json()
    second = (await get(app, "/procedures", limit=5, offset=5)).json()
    assert first["total"] == 2664
    assert not {item["code"] for item in first["items"]} & {item["code"] for item in second["items"]}
    assert (await get(app, "/procedures", limit=1000)).status_code == 422


PARTS = (
    "name",
    "field",
    "competent",
    "coordinating",
    "applicants",
    "steps",
    "channels",
    "components",
    "sets",
    "limits",
    "results",
    "fees",
    "conditions",
    "legal_basis",
)


async def test_r_cat_09_the_page_shows_all_constituent_parts_and_who_is_responsible(app):
    page = (await get(app, "/procedures/1001193")).json()
    content = page["content"]
    assert [part for part in PARTS if part not in content or content[part] is None] == []
    assert page["incomplete"] == []
    assert [step["role"] for step in content["process"]["steps"]] == ["specialist", "signer", "desk_officer"]
    assert {(limit["case"], limit["rule"], limit["amount"]) for limit in content["limits"]} == {
        ("standard", "same_day_15h", "1 wd"),
        ("verification", "working_days", "1 wd"),
    }


async def test_r_cat_21_the_page_publishes_process_limit_fee_and_desk_contact(app):
    page = (await get(app, "/procedures/1.001193")).json()
    assert [offer["agency"] for offer in page["offers"]] == ["H42.101", "H42.102", "H42.103"]
    assert all(all(offer["desk"][part] for part in ("address", "phone", "email")) for offer in page["offers"])
    assert page["content"]["process"]["steps"]
    assert page["content"]["limits"]
    assert page["content"]["fees"]


@pytest.mark.parametrize(
    ("code", "terms"),
    [
        (
            "1.013225",
            [
                ("Nhà ở riêng lẻ", 3, "15 ngày", "15 calendar days", "75.000 đồng", "75,000 dong"),
                (
                    "Công trình cấp III và cấp IV",
                    3,
                    "20 ngày",
                    "20 calendar days",
                    "150.000 đồng",
                    "150,000 dong",
                ),
            ],
        ),
        (
            "1.001612",
            [
                ("", 1, "03 ngày làm việc", "3 working days", "Không thu", "No fee"),
                ("", 2, "03 ngày làm việc", "3 working days", "50.000 đồng", "50,000 dong"),
            ],
        ),
        ("2.000829", [("", 3, "02 ngày làm việc", "2 working days", "Không thu", "No fee")]),
    ],
)
async def test_r_cat_05_limits_and_fees_stand_side_by_side_per_case_and_channel(app, code, terms):
    shown = (await get(app, f"/procedures/{code}")).json()
    assert shown["online"] is True
    said = [tuple(term[key] for key in ("limit", "limit_en", "fee", "fee_en")) for term in shown["terms"]]
    places = [(term["case_name"], len(term["channels"])) for term in shown["terms"]]
    assert [(*place, *words) for place, words in zip(places, said, strict=True)] == terms


async def test_a_counted_fee_is_told_by_its_price_before_anything_was_asked_for(app):
    [term, *_] = (await get(app, "/procedures/1.001193")).json()["terms"]
    assert (term["fee"], term["amount"]) == ("Không thu; 8.000 đồng mỗi bản sao trích lục", None)


async def test_national_information_names_what_it_leaves_open(app):
    page = (await get(app, "/procedures/1.000005")).json()
    assert page["state"] == "listed"
    assert {"steps", "components"} <= {gap["field"] for gap in page["incomplete"]}


async def test_a_procedure_of_another_system_says_where_to_go(app):
    page = (await get(app, "/procedures/1.004194")).json()
    assert page["route"] == "ministry"
    assert page["route_url"] == "https://dichvucong.bocongan.gov.vn/"
    assert page["offers"] == []


@pytest.mark.parametrize("code", ["9.999999", "abc", "1.001193/../x"])
async def test_a_code_that_does_not_exist_is_not_found(app, code):
    assert (await get(app, f"/procedures/{code}")).status_code == 404


async def test_r_cat_04_services_are_listed_with_levels_counted(app):
    answer = (await get(app, "/services")).json()
    assert answer["scheme"] == "full_partial"
    assert answer["counts"]["full"] + answer["counts"]["partial"] == answer["total"] > 20
    partial = (await get(app, "/services", level="partial", agency="H42.101")).json()
    assert {item["procedure"] for item in partial["items"]} == {"1.000894", "2.000815", "1.013225"}
    assert all(item["partial_reason"] for item in partial["items"])
    assert (await get(app, "/services", field="ho-tich", agency="H42.15")).json()["total"] == 1
    provincial = (await get(app, "/services", agency_level="province")).json()
    communal = (await get(app, "/services", agency_level="commune")).json()
    assert {item["agency"] for item in communal["items"]} == {"H42.101", "H42.102", "H42.103"}
    assert (provincial["total"] > 0, provincial["total"] + communal["total"]) == (True, answer["total"])


async def test_r_cat_01_anyone_lists_and_filters_the_directory(app):
    everything = (await get(app, "/agencies")).json()
    assert everything["total"] == 8
    assert everything["counts"] == {"province": 5, "district": 0, "commune": 3}
    provincial = (await get(app, "/agencies", level="province")).json()
    assert (provincial["total"], provincial["counts"]["commune"]) == (5, 0)
    communes = (await get(app, "/agencies", level="commune", offers="1.001193")).json()
    assert [item["code"] for item in communes["items"]] == ["H42.101", "H42.102", "H42.103"]
    assert (await get(app, "/agencies", q="hoa lu", parent="H42")).json()["items"][0]["code"] == "H42.101"
    one = (await get(app, "/agencies/H42.101")).json()
    assert {"address", "phone", "email", "level", "parent", "valid_from"} <= one.keys()
    units = ["chuyen-mon", "lanh-dao", "mot-cua", "tu-phap-ho-tich", "van-phong"]
    assert [unit["id"] for unit in one["units"]] == units
    assert {len(item["units"]) for item in everything["items"]} == {0}
    whole = {item["code"]: item for item in (await get(app, "/agencies", units=True)).json()["items"]}
    assert whole["H42.101"] == one
    assert [unit["id"] for unit in whole["H42"]["units"]] == ["ky-thuat", "lanh-dao", "van-phong"]
    assert (await get(app, "/agencies/H42.999")).status_code == 404


async def test_r_cat_11_every_form_of_a_published_procedure_can_be_downloaded(app):
    for code in ("1.001193", "1.000656", "1.001612"):
        page = (await get(app, f"/procedures/{code}")).json()
        assert page["forms"]
        for form in page["forms"]:
            file = await get(app, form["href"].removeprefix("/api/catalog"))
            assert file.content.startswith(b"%PDF-")
            assert "attachment" in file.headers["content-disposition"]


async def test_fields_levels_and_addresses_are_public(app):
    fields = (await get(app, "/fields")).json()
    assert fields["total"] == 146
    assert sum(field["procedures"] for field in fields["items"]) == 2664
    assert [level["id"] for level in (await get(app, "/levels")).json()["items"]] == [
        "province",
        "district",
        "commune",
    ]
    assert len((await get(app, "/address-units")).json()["items"]) == 34
    communes = (await get(app, "/address-units", province="37")).json()["items"]
    assert {"code": "14329", "name": "Phường Hoa Lư"} in communes


@pytest.mark.parametrize("path", ["/procedures/1.001193/history", "/level-proposals"])
async def test_what_only_officers_may_read_asks_for_a_token(app, path):
    assert (await get(app, path)).status_code == 401
