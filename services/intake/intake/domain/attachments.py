"""Which file stands for which paper of the dossier."""

from collections.abc import Collection, Iterable

from files.refusals import FileRefusedError

from intake.domain.vault import VAULT


class FileServesAnotherComponentError(FileRefusedError):
    """One file may not stand for two papers silently."""

    code = "file-used-twice"
    status = 409
    vi = "Tệp này đã được dùng cho thành phần “{component}”; mỗi giấy tờ là một tệp riêng."
    en = "This file already stands for “{component}”; every paper is a file of its own."


class ComponentUnknownError(FileRefusedError):
    """The procedure has no such component."""

    code = "component-unknown"
    vi = "Thủ tục không có thành phần “{component}”."
    en = "The procedure has no component “{component}”."


class SourceNotAcceptedError(FileRefusedError):
    """The regulation takes other kinds of copies."""

    code = "component-source"
    vi = "Nguồn bản điện tử “{source}” không được nhận; chấp nhận: {accepted}."
    en = "Electronic copies from “{source}” are not taken; accepted: {accepted}."


def refuse_second_use(component: str, sha256: str, present: Iterable[tuple[str, str, str]]) -> None:
    """Refuse a file that already stands for another component; `present` is (component id, name, sha256).

    Raises:
        FileServesAnotherComponentError: the same content is attached elsewhere.

    Source: NB Đ.14.2.a; R-SUB-05
    """
    for other, name, digest in present:
        if digest == sha256 and other != component:
            raise FileServesAnotherComponentError(field="file", rule="oneFilePerPaper", component=name)


def refuse_source(source: str, accepted: Collection[str]) -> None:
    """Refuse an electronic copy from a source the regulation does not take; the vault is none to upload from.

    Raises:
        SourceNotAcceptedError: `source` is not in the profile's list.

    Source: NB Đ.14.2.a; QT Đ.15.2; R-SUB-04
    """
    given = [one for one in accepted if one != VAULT]
    if source not in given:
        raise SourceNotAcceptedError(field="source", rule="enum", source=source, accepted=", ".join(given))
