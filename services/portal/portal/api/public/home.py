"""The first page: search first, the usual occasions of life, the look-up box."""

from fastapi import APIRouter, Response

from portal.api.since import since_last
from portal.api.visit import VisitDep
from portal.domain.addresses import Page

router = APIRouter()

OCCASIONS = (
    ("khai sinh", "Sinh con", "Khai sinh, thẻ bảo hiểm y tế cho trẻ"),
    ("đăng ký kết hôn", "Kết hôn", "Đăng ký kết hôn, xác nhận tình trạng hôn nhân"),
    ("đăng ký thường trú", "Chuyển chỗ ở", "Thường trú, tạm trú, tách hộ"),
    ("giấy phép xây dựng", "Làm nhà", "Giấy phép xây dựng, sửa chữa nhà ở"),
    ("đăng ký đất đai", "Đất đai", "Đăng ký, chuyển quyền, đính chính"),
    ("hộ kinh doanh", "Kinh doanh", "Thành lập, thay đổi, chấm dứt"),
    ("trợ cấp xã hội", "Trợ giúp xã hội", "Người cao tuổi, người khuyết tật, hộ nghèo"),
    ("khai tử", "Khi có người mất", "Khai tử, mai táng phí, thừa kế"),
)
POPULAR = "1.001193"


@router.get(Page.HOME)
async def home(visit: VisitDep) -> Response:
    """Show the first page, with the visitor's open requests on top when signed in."""
    return visit.page(
        "public/home.html",
        occasions=OCCASIONS,
        requests=await visit.spare(visit.dossiers.requests(), ()) if visit.session.signed_in else [],
        unread=await visit.unread(),
        since=await since_last(visit),
        popular=POPULAR,
    )


@router.get(Page.HOW_IT_WORKS)
async def guide(visit: VisitDep) -> Response:
    """Explain the portal from search to result."""
    return visit.page("public/how_it_works.html")
