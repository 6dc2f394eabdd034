"""What a kept paper may stand for, and where it is kept, as tables."""

import pytest
from intake.domain.vault import Kind, Mode, keeps, paper_type, types_of
from intake.domain.vault_bundle import entry_name


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Giấy chứng sinh", "giay chung sinh"),
        ("Bản sao Giấy khai sinh", "giay khai sinh"),
        ("Bản chính và bản sao Giấy khai sinh.", "giay khai sinh"),
        ("Bản điện tử của Giấy phép xây dựng", "giay phep xay dung"),
        ("Giấy xác nhận tình trạng hôn nhân (nếu không khai thác được)", "giay xac nhan tinh trang hon nhan"),
        ("Bản vẽ thiết kế xây dựng (02 bộ)", "ban ve thiet ke xay dung"),
    ],
)
def test_papers_of_one_type_are_known_by_their_name(name, type_):
    assert paper_type(name) == type_


@pytest.mark.parametrize(
    ("asked", "kept", "fits"),
    [
        ("Giấy báo tử hoặc giấy tờ thay Giấy báo tử", "Giấy báo tử", True),
        (
            "Giấy chứng nhận quyền sử dụng đất hoặc giấy tờ hợp pháp",
            "Giấy chứng nhận quyền sử dụng đất",
            True,
        ),
        ("Căn cước của hai bên nam, nữ", "Căn cước", False),
        ("Giấy khai sinh", "Giấy khai tử", False),
    ],
)
def test_a_component_is_satisfied_by_its_type_or_an_alternative_it_names(asked, kept, fits):
    assert (paper_type(kept) in types_of(asked)) is fits


@pytest.mark.parametrize(
    ("mode", "kind", "channel", "kept"),
    [
        (Mode.OFF, Kind.RESULT, "online", False),
        (Mode.OFF, Kind.COMPONENT, "online", False),
        (Mode.ONCE_ONLY, Kind.COMPONENT, "online", True),
        (Mode.ONCE_ONLY, Kind.COMPONENT, "counter", False),
        (Mode.ONCE_ONLY, Kind.RESULT, "counter", True),
        (Mode.FULL, Kind.COMPONENT, "post", True),
    ],
)
def test_a_once_only_store_keeps_what_was_given_online_and_a_full_vault_everything(mode, kind, channel, kept):
    assert keeps(mode, kind, channel) is kept


@pytest.mark.parametrize(
    ("name", "stands"),
    [
        ("Đơn.pdf", "001-1-Đơn.pdf"),
        (f"{'Giấy chứng nhận ' * 12}.pdf", None),
        (f"{'a' * 300}.jpeg", None),
        ("", "001-1-tep"),
        ("..", "001-1-tep"),
        ("a/../b\u202e.exe.pdf", "001-1-a_.._b_.exe.pdf"),
    ],
)
def test_a_name_in_the_bundle_fits_every_folder_and_keeps_its_ending(name, stands):
    made = entry_name(1, 1, name)
    assert stands in {None, made}
    assert len(made.encode()) <= 143, "folders that seal names have room for no more"
    assert made.rpartition(".")[2] == (name.rpartition(".")[2] or made.rpartition(".")[2])
