"""What people ask first in any province, answered and published, so that the first who searches finds something."""

from collections.abc import Callable
from dataclasses import dataclass

from suite.demo.actors import Actor, Json
from suite.demo.questions import ROOT, QuestionAndAnswer, Written
from suite.run.provinces import STANDARD

Say = Callable[[str, str], None]


def _law(number: str, title: str, issuer: str, issued_on: str, effective_on: str) -> Json:
    told = {"number": number, "title": title, "issuer": issuer}
    return {**told, "issued_on": issued_on, "effective_on": effective_on}


CIVIL_STATUS = _law("60/2014/QH13", "Luật Hộ tịch", "Quốc hội", "2014-11-20", "2016-01-01")
CIVIL_STATUS_RULES = _law(
    "123/2015/NĐ-CP",
    "Quy định chi tiết một số điều và biện pháp thi hành Luật Hộ tịch",
    "Chính phủ",
    "2015-11-15",
    "2016-01-01",
)
CERTIFIED_COPIES = _law(
    "23/2015/NĐ-CP",
    "Về cấp bản sao từ sổ gốc, chứng thực bản sao từ bản chính, chứng thực chữ ký và chứng thực hợp đồng, giao dịch",
    "Chính phủ",
    "2015-02-16",
    "2015-04-10",
)
FIRST = (
    Written(
        "Khai sinh cho con quá 60 ngày có bị phạt không",
        "Con tôi sinh đã hơn bốn tháng mà gia đình chưa đi khai sinh. Bây giờ nộp ở đâu, có bị phạt không?",
        "Anh chị nộp hồ sơ tại Ủy ban nhân dân cấp xã nơi cư trú của cha hoặc mẹ, trực tiếp hoặc trên Cổng dịch vụ "
        "công, gồm tờ khai đăng ký khai sinh và giấy chứng sinh. Luật quy định đi khai sinh trong 60 ngày kể từ ngày "
        "sinh con; đi muộn vẫn được đăng ký và không bị xử phạt. Khai sinh không đúng hạn có thể phải nộp lệ phí theo "
        "nghị quyết của Hội đồng nhân dân tỉnh.",
        CIVIL_STATUS,
    ),
    Written(
        "Mất bản chính giấy khai sinh thì làm thế nào",
        "Tôi làm mất bản chính giấy khai sinh của mình, nay cần để làm hồ sơ xin việc. Xin cấp lại ở đâu?",
        "Bản chính giấy khai sinh chỉ cấp một lần. Nếu sổ hộ tịch còn lưu, anh chị đề nghị cơ quan đã đăng ký hoặc cơ "
        "quan quản lý cơ sở dữ liệu hộ tịch cấp trích lục khai sinh bản sao; bản này có giá trị như bản chính trong "
        "giao dịch. Chỉ khi cả sổ hộ tịch và bản chính đều mất mới đăng ký lại khai sinh.",
        CIVIL_STATUS,
        procedure=None,
    ),
    Written(
        "Giấy xác nhận tình trạng hôn nhân dùng được bao lâu",
        "Tôi xin giấy xác nhận tình trạng hôn nhân từ đầu năm, nay mới đi đăng ký kết hôn. Giấy còn dùng được không?",
        "Giấy xác nhận tình trạng hôn nhân có giá trị sáu tháng kể từ ngày cấp. Giấy đã quá sáu tháng thì anh chị xin "
        "cấp lại tại Ủy ban nhân dân cấp xã nơi thường trú và nộp lại giấy cũ. Giấy chỉ dùng đúng mục đích ghi trong "
        "giấy.",
        CIVIL_STATUS_RULES,
        procedure=None,
    ),
    Written(
        "Chứng thực bản sao có phải về nơi thường trú không",
        "Tôi tạm trú ở xã khác. Muốn chứng thực bản sao bằng tốt nghiệp thì có phải về xã thường trú không?",
        "Không. Việc chứng thực bản sao từ bản chính không phụ thuộc nơi cư trú: anh chị mang bản chính đến bất kỳ Ủy "
        "ban nhân dân cấp xã hoặc tổ chức hành nghề công chứng nào. Hồ sơ được giải quyết trong ngày tiếp nhận.",
        CERTIFIED_COPIES,
        procedure=None,
    ),
)


@dataclass
class FirstAnswers:
    """The first published answers of a province; those that are there already stay as they are."""

    url: str
    say: Say = lambda _title, _what: None
    profile: str = STANDARD

    def play(self) -> list[str]:
        """Ask, answer and publish what is missing, and return the numbers.

        Raises:
            JourneyError: a step did not go as it must.
        """
        visitor = Actor(self.url)
        if visitor.get(f"{ROOT}/terms")["publishes"] == "no":
            return []
        found = visitor.get(f"{ROOT}/answers", limit=50)["items"]
        there = {one["title"] for one in found}
        missing = [one for one in FIRST if one.title not in there]
        made = [QuestionAndAnswer(self.url, profile=self.profile, written=one).play() for one in missing]
        if made:
            self.say("Trả lời sẵn", f"{len(made)} câu người dân hay hỏi, đã công khai: {', '.join(made)}")
        return made
