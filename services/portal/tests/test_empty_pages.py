"""A list that holds nothing says so, and what one could do."""

from collections.abc import Callable

import pytest
from portal_stage.site import Visitor
from starlette.responses import Response

Browse = Callable[..., Visitor]


@pytest.mark.parametrize(
    ("path", "roles", "said"),
    [
        ("/thu-tuc?q=xyz", (), "Có thể bạn muốn tìm"),
        ("/thong-ke", (), "Kỳ này chưa có hồ sơ."),
        ("/ho-so-cua-toi", (), "Bạn chưa nộp hồ sơ nào."),
        ("/thong-bao", (), "Chưa có thông báo nào."),
        ("/tai-khoan/lich-su-truy-cap", (), "Chưa có cán bộ nào mở hồ sơ của bạn."),
        ("/can-bo/tiep-nhan", ("desk_officer",), "Không có hồ sơ nào"),
        ("/can-bo/giai-quyet", ("specialist",), "Không có hồ sơ nào"),
        ("/can-bo/ky", ("signer",), "Không có hồ sơ nào"),
        ("/can-bo/thong-bao", ("signer",), "Chưa có thông báo nào."),
    ],
)
async def test_an_empty_list_says_so(browse: Browse, path: str, roles: tuple[str, ...], said: str) -> None:
    visitor = await browse().sign_in(*roles)
    for key, answer in visitor.fake.answers.items():
        if isinstance(answer, Response) or not isinstance(answer, dict):
            continue
        for listed in {"items", "rows", "totals"} & answer.keys():
            visitor.fake.answers[key] = {**visitor.fake.answers[key], listed: []}
    page = await visitor.get(path)
    assert (page.status_code, said in page.text) == (200, True)
