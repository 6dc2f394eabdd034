"""Pages that anybody opens: procedures, looking up, figures, what the portal says of itself."""

from regulation import links

from portal.domain.addresses.address import Address


class PublicPages:
    """Pages that anybody opens."""

    HOME = Address("/")
    PROCEDURES = Address("/thu-tuc")
    PROCEDURE = Address("/thu-tuc/{code}")
    PROCEDURE_GUIDE = Address("/thu-tuc/{code}/huong-dan")
    FILL_AND_PRINT = Address("/thu-tuc/{code}/dien-va-in")
    BLANK_FORM = Address("/thu-tuc/{code}/mau/{form}")
    BEGIN = Address("/thu-tuc/{code}/nop")
    LOOKUP = Address("/tra-cuu")
    TRACKING = Address(links.TRACKING)
    VERIFY = Address("/xac-minh")
    VERIFIED = Address(links.VERIFICATION)
    FIGURES = Address("/thong-ke")
    FIGURES_CSV = Address("/thong-ke.csv")
    QUESTION_FIGURES = Address("/thong-ke/hoi-dap")
    QUESTION_FIGURES_CSV = Address("/thong-ke/hoi-dap.csv")
    RATINGS = Address("/danh-gia")
    COUNTER = Address("/danh-gia-tai-quay")
    COUNTER_CODE = Address("/danh-gia-tai-quay/ma/{code}")
    COUNTER_RATE = Address("/danh-gia-tai-quay/cham")
    COUNTER_THANKS = Address("/danh-gia-tai-quay/cam-on")
    STATUS = Address(links.STATUS)
    HOW_IT_WORKS = Address("/huong-dan")
    CONTACT = Address("/lien-he")
    ACCESSIBILITY = Address("/kha-nang-tiep-can")
    PRIVACY = Address("/quyen-rieng-tu")
    TERMS = Address("/dieu-khoan")
    NEWS = Address("/dien-bien")
    TOO_LARGE = Address("/qua-lon")
    ROBOTS = Address("/robots.txt")
    SECURITY = Address("/.well-known/security.txt")
