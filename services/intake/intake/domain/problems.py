"""Field problems of plain input that no form definition describes."""

from common.errors import FieldProblem


def unknown_case(case: str) -> FieldProblem:
    """Return the problem of a case the procedure does not have."""
    return FieldProblem(
        "case", "enum", f"Thủ tục không có trường hợp “{case}”.", f"The procedure has no case “{case}”."
    )


def unknown_page(page: str) -> FieldProblem:
    """Return the problem of a page the form does not have."""
    return FieldProblem(
        "page", "enum", f"Tờ khai không có trang “{page}”.", f"The form has no page “{page}”."
    )


def unknown_state(state: str) -> FieldProblem:
    """Return the problem of a state no dossier can be in."""
    return FieldProblem("state", "enum", f"Không có trạng thái “{state}”.", f"There is no state “{state}”.")


def last_before_first() -> FieldProblem:
    """Return the problem of days that end before they begin."""
    return FieldProblem(
        "until",
        "after-since",
        "Ngày cuối phải từ ngày đầu trở đi.",
        "The last day must not be before the first.",
    )
