"""What a person reads when the suite has come up."""

from suite.run.layout import Plan
from suite.run.provinces import retell

PASSWORD = "Motcua-Demo-2026"  # noqa: S105 - of the demonstration province, printed for everybody


def _passkeys(public_url: str) -> str:
    """Say where passkeys work; browsers know none for a bare address."""
    named = public_url.replace("//127.0.0.1", "//localhost", 1)
    return "" if named == public_url else f"\n  Dùng khóa truy cập ở      {named}/can-bo"


def welcome(plan: Plan) -> str:
    """Return addresses, demonstration accounts, and what to try first."""
    told = f"""
[bold]motcua chạy tại {plan.public_url}[/bold]   (quy chế: {plan.profile}; dừng: Ctrl-C)

  Cổng dịch vụ công        {plan.public_url}/
  Cán bộ                   {plan.public_url}/can-bo{_passkeys(plan.public_url)}
  Thư gửi ra (thử nghiệm)  http://127.0.0.1:{plan.mail_page_port}/
  Hợp đồng API, sự kiện    http://127.0.0.1:{plan.mail_page_port}/contracts

[bold]Tài khoản trình diễn[/bold] (mật khẩu chung: {PASSWORD})
  Công dân                 congdan@motcua.example
  Cán bộ một cửa           motcua.hoalu, motcua2.hoalu
  Chuyên viên              chuyenvien.hoalu
  Lãnh đạo ký              lanhdao.hoalu
  Hỏi đáp, phản ánh        hoidap.hoalu (cơ quan), dieuphoi (đầu mối)
  Văn phòng UBND tỉnh      vanphong.tinh
  Lãnh đạo tỉnh            lanhdao.tinh
  Thanh tra, kiểm tra      thanhtra.tinh (toàn tỉnh)
  Quản trị của cơ quan     quantri.hoalu
  Vận hành hệ thống        quantri
  Biên tập thủ tục         bientap

[bold]Thử trước tiên[/bold]
  1. Tìm “lam giay khai sinh” ở trang chủ, mở thủ tục 1.001193, nộp hồ sơ cho UBND phường Hoa Lư.
  2. Đăng nhập motcua.hoalu, kiểm tra thành phần, tiếp nhận, đọc vì sao có ngày hẹn đó.
  3. Đặt câu hỏi ở {plan.public_url}/hoi-dap; chuyển bằng dieuphoi, soạn bằng hoidap.hoalu, duyệt bằng lanhdao.hoalu.
  4. Hoặc để máy làm cả hành trình:  make demo
"""
    return retell(told, plan.profile)
