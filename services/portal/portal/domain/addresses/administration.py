"""Pages of who runs the suite: officers and their rights, suspensions, holds, bars."""

from regulation import links

from portal.domain.addresses.address import Address


class AdministrationPages:
    """Pages of who runs the suite."""

    OFFICERS = Address("/can-bo/quan-tri/can-bo")
    OFFICERS_SEARCH = Address("/can-bo/quan-tri/can-bo/tim")
    OFFICER = Address(links.ADMINISTERED_OFFICER)
    GIVE_PASSWORD = Address("/can-bo/quan-tri/can-bo/{officer}/mat-khau")
    CLEAR_FACTOR = Address("/can-bo/quan-tri/can-bo/{officer}/xac-thuc")
    OFFICER_ROLES = Address("/can-bo/quan-tri/can-bo/{officer}/vai-tro")
    AUTHORISATIONS = Address("/can-bo/quan-tri/can-bo/{officer}/uy-quyen")
    NEW_AUTHORISATION = Address("/can-bo/quan-tri/can-bo/{officer}/uy-quyen/moi")
    WITHDRAW_AUTHORISATION = Address("/can-bo/quan-tri/can-bo/{officer}/uy-quyen/{authorisation}/rut")
    OFFICER_PAPERS = Address("/can-bo/quan-tri/can-bo/{officer}/van-ban")
    NEW_NOTICE = Address("/can-bo/quan-tri/can-bo/{officer}/van-ban/thong-bao")
    NEW_COMMITMENT = Address("/can-bo/quan-tri/can-bo/{officer}/van-ban/cam-ket")
    RIGHTS_REQUESTS = Address("/can-bo/quan-tri/dang-ky-quyen")
    NEW_RIGHTS_REQUEST = Address("/can-bo/quan-tri/dang-ky-quyen/moi")
    USAGE_REVIEW = Address("/can-bo/quan-tri/ra-soat")
    OWN_COMMITMENT = Address("/can-bo/cam-ket")
    GRANTS = Address(links.GRANTS)
    CONFIRM_GRANT = Address("/can-bo/quan-tri/cap-quyen/{proposal}/xac-nhan")
    REFUSE_GRANT = Address("/can-bo/quan-tri/cap-quyen/{proposal}/tu-choi")
    SUSPENSIONS = Address("/can-bo/quan-tri/tam-ngung")
    NEW_SUSPENSION = Address("/can-bo/quan-tri/tam-ngung/moi")
    CONFIRM_SUSPENSION = Address("/can-bo/quan-tri/tam-ngung/{suspension}/xac-nhan")
    END_SUSPENSION = Address("/can-bo/quan-tri/tam-ngung/{suspension}/cham-dut")
    HOLDS = Address("/can-bo/quan-tri/giu-lai")
    NEW_HOLD = Address("/can-bo/quan-tri/giu-lai/moi")
    CONFIRM_HOLD = Address("/can-bo/quan-tri/giu-lai/{hold}/xac-nhan")
    REFUSE_HOLD = Address("/can-bo/quan-tri/giu-lai/{hold}/khong-xac-nhan")
    RELEASE_HOLD = Address("/can-bo/quan-tri/giu-lai/{hold}/thoi-giu")
    DECISIONS = Address("/can-bo/quan-tri/quyet-dinh")
    NEW_DECISION = Address("/can-bo/quan-tri/quyet-dinh/moi")
    CHANGE_REQUESTS = Address(links.CHANGE_REQUESTS)
    NEW_CHANGE_REQUEST = Address("/can-bo/quan-tri/de-nghi/moi")
    SEND_CHANGE_REQUEST = Address("/can-bo/quan-tri/de-nghi/{request}/gui")
    TAKE_CHANGE_REQUEST = Address("/can-bo/quan-tri/de-nghi/{request}/nhan")
    COMPLETE_CHANGE_REQUEST = Address("/can-bo/quan-tri/de-nghi/{request}/xong")
    RETURN_CHANGE_REQUEST = Address("/can-bo/quan-tri/de-nghi/{request}/tra-lai")
    HELD_FILES = Address("/can-bo/tep-bi-giu")
    BARS = Address("/can-bo/quan-tri/khong-duoc-hoi")
    NEW_BAR = Address("/can-bo/quan-tri/khong-duoc-hoi/moi")
    END_BAR = Address("/can-bo/quan-tri/khong-duoc-hoi/{bar}/cham-dut")
    UNLOCK = Address("/can-bo/quan-tri/can-bo/{officer}/mo-khoa")
