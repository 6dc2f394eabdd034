"""One plain sentence and a short table that say how a deadline came about, in Vietnamese and English."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from regulation.clock.account import Account
from regulation.clock.rows import Interval, Reason
from regulation.clock.rules import DayZero, Rule
from regulation.clock.wording import instant_words, minutes_words, plural, short_instant
from regulation.profiles.texts import SUITE_DEFAULT


@dataclass(frozen=True)
class Row:
    """One printed line: from, to (local), whether it counts, and what it is."""

    start: str
    end: str
    counted: bool
    text: str


@dataclass(frozen=True)
class Explanation:
    """The sentence for the citizen and the rows for whoever wants to check it."""

    sentence: str
    rows: tuple[Row, ...]


_REASONS = {
    "vi": {
        Reason.OUTSIDE_HOURS: "Ngoài giờ làm việc",
        Reason.WEEKLY_REST: "Nghỉ hằng tuần",
        Reason.OFF: "Nghỉ lễ: {note}",
        Reason.PAUSED: "Tạm dừng: {note}",
        Reason.DAY_ZERO: "Ngày nhận, không tính vào thời hạn",
        Reason.LAST_DAY_OFF: "Ngày cuối trùng ngày nghỉ ({note}), chuyển sang ngày làm việc tiếp theo",
        Reason.AFTER_15H: "Nhận sau 15:00 hoặc sau giờ làm việc, chuyển sang ngày làm việc tiếp theo",
        Reason.HANDED_IN_ELSEWHERE: "Đã nộp, chưa đến cơ quan có thẩm quyền",
        Reason.MADE_UP: "Bù thời gian tạm dừng: {tally}",
        Reason.CLOSING_DAY: "Ngày đến hạn",
    },
    "en": {
        Reason.OUTSIDE_HOURS: "Outside working hours",
        Reason.WEEKLY_REST: "Weekly rest",
        Reason.OFF: "Day off: {note}",
        Reason.PAUSED: "Paused: {note}",
        Reason.DAY_ZERO: "Day of receipt, not counted",
        Reason.LAST_DAY_OFF: "The last day is off ({note}), moved to the next working day",
        Reason.AFTER_15H: "Received after 15:00 or after closing time, moved to the next working day",
        Reason.HANDED_IN_ELSEWHERE: "Handed in, not yet with the competent authority",
        Reason.MADE_UP: "Makes up for the pause: {tally}",
        Reason.CLOSING_DAY: "Due day",
    },
}
_NOTELESS = {
    "vi": {
        Reason.LAST_DAY_OFF: "nghỉ hằng tuần",
        Reason.PAUSED: "theo yêu cầu",
        Reason.OFF: "theo lịch làm việc",
    },
    "en": {
        Reason.LAST_DAY_OFF: "weekly rest",
        Reason.PAUSED: "on request",
        Reason.OFF: "by the working calendar",
    },
}


def explain(account: Account, intervals: Sequence[Interval], lang: str) -> Explanation:
    """Explain a deadline in `vi` or `en`. Source: requirements §0.3.2; R-PRC-05."""
    lang = "en" if lang == "en" else "vi"
    rows = (*(_row(one, lang, account) for one in intervals), *_given_longer(account, lang))
    parts = [_received(account, lang), _limit(account, intervals, lang), *_left_out(account, intervals, lang)]
    due = instant_words(account.original_due_at, lang, account.zone)
    parts.append(f"hạn cuối là {due}" if lang == "vi" else f"due by {due}")
    return Explanation(
        " ".join(["; ".join(parts) + ".", *_later(account, lang), *_source(account, lang)]), rows
    )


def _row(one: Interval, lang: str, account: Account) -> Row:
    """Write one interval as a table line."""
    start, end = (short_instant(at, account.zone) for at in (one.start, one.end))
    return Row(start, end, one.counted, _text(one, lang, account))


def _given_longer(account: Account, lang: str) -> list[Row]:
    """Write the longer time that the law gives as the last line, so that the rows end where the limit does."""
    extension = account.extension
    if not (extension and extension.by_law):
        return []
    start, end = (short_instant(at, account.zone) for at in (account.original_due_at, extension.until))
    words = "Longer time for a special case" if lang == "en" else "Thời gian dài hơn cho trường hợp đặc biệt"
    return [Row(start, end, counted=True, text=words)]


def _text(one: Interval, lang: str, account: Account) -> str:
    """Say why an interval counts or does not."""
    if one.reason is Reason.COUNTED:
        return _counted(one.tally, lang, account)
    note = (one.en if lang == "en" else one.vi) or _NOTELESS[lang].get(one.reason, "")
    return _REASONS[lang][one.reason].format(note=note, tally=minutes_words(one.tally, lang))


def _counted(tally: int, lang: str, account: Account) -> str:
    """Say how far the count has come: the working day reached, the days passed, or the time consumed."""
    if not account.in_days:
        done = minutes_words(tally, lang)
        return f"Counted, {done} so far" if lang == "en" else f"Có tính, cộng dồn {done}"
    if account.rule is Rule.WORKING_DAYS:
        return f"Working day {tally}" if lang == "en" else f"Ngày làm việc thứ {tally}"
    return f"{plural(tally, 'calendar day')} counted" if lang == "en" else f"Có tính, {tally} ngày theo lịch"


def _received(account: Account, lang: str) -> str:
    """Say when the matter arrived, and from when it counts if that differs."""
    received = instant_words(account.received_at, lang, account.zone)
    handed_in = account.handed_in_at
    if handed_in and handed_in < account.received_at:
        elsewhere = instant_words(handed_in, lang, account.zone)
        if lang == "en":
            return f"Handed in at {elsewhere}; the limit starts with the competent authority's receipt at {received}"
        return f"Nộp lúc {elsewhere}, cơ quan có thẩm quyền nhận lúc {received} và thời hạn tính từ lúc này"
    return f"Received at {received}" if lang == "en" else f"Nhận lúc {received}"


def _limit(account: Account, intervals: Sequence[Interval], lang: str) -> str:
    """Say the limit and its rule."""
    if account.amount is None:
        return _three_o_clock(account, intervals, lang)
    amount = account.amount.words(lang)
    start = instant_words(account.started_at, lang, account.zone)
    limit = f"limit {amount}" if lang == "en" else f"thời hạn {amount}"
    if account.in_days:
        return f"{limit}, {_day_zero(account, lang, start)}"
    if account.started_at == account.received_at:
        return limit
    if lang == "en":
        return f"{limit}, counted from {start} because it arrived outside working hours"
    return f"{limit}, tính từ {start} vì nhận ngoài giờ làm việc"


def _day_zero(account: Account, lang: str, start: str) -> str:
    """Say which day is not counted."""
    if account.day_zero is DayZero.NEXT_WORKING_DAY and account.started_at != account.received_at:
        if lang == "en":
            return (
                f"taken as received at {start} because it arrived outside working hours, that day not counted"
            )
        return f"coi như nhận lúc {start} vì đến ngoài giờ làm việc, không tính ngày này"
    return "the day of receipt not counted" if lang == "en" else "không tính ngày nhận"


_SAME_DAY = {
    ("vi", Rule.SAME_DAY_15H): "trả kết quả ngay trong ngày",
    ("en", Rule.SAME_DAY_15H): "result within the same day",
    ("vi", Rule.FORWARD_15H): "chuyển ngay trong ngày làm việc",
    ("en", Rule.FORWARD_15H): "transfer within the same working day",
}
_NEXT_DAY = {
    ("vi", Rule.SAME_DAY_15H): "nhận {why} nên trả kết quả trong ngày làm việc tiếp theo",
    ("en", Rule.SAME_DAY_15H): "received {why}, so the result is due by the end of the next working day",
    ("vi", Rule.FORWARD_15H): "nhận {why} nên chuyển vào đầu ngày làm việc tiếp theo",
    ("en", Rule.FORWARD_15H): "received {why}, so the transfer is due at the start of the next working day",
}


def _three_o_clock(account: Account, intervals: Sequence[Interval], lang: str) -> str:
    """Say which of the two 15:00 rules applies and on which side of it the receipt fell."""
    first = next(one.reason for one in intervals if one.reason is not Reason.HANDED_IN_ELSEWHERE)
    if first is Reason.CLOSING_DAY:
        return _SAME_DAY[lang, account.rule]
    late = {"vi": "sau 15:00 hoặc sau giờ làm việc", "en": "after 15:00 or after closing time"}
    rest = {"vi": "vào ngày nghỉ", "en": "on a day off"}
    why = late[lang] if first is Reason.AFTER_15H else rest[lang]
    return _NEXT_DAY[lang, account.rule].format(why=why)


def _left_out(account: Account, intervals: Sequence[Interval], lang: str) -> list[str]:
    """Name the holidays and pauses that were not counted, and a last day that rolled on."""
    parts = []
    reasons = {one.reason for one in intervals}
    if Reason.OFF in reasons and account.rule not in (Rule.CALENDAR_DAYS, Rule.MONTHS):
        names = dict.fromkeys(
            (one.en if lang == "en" else one.vi) for one in intervals if one.reason is Reason.OFF
        )
        listed = ", ".join(filter(None, names)) or _NOTELESS[lang][Reason.OFF]
        parts.append(
            f"days off not counted: {listed}" if lang == "en" else f"không tính ngày nghỉ lễ: {listed}"
        )
    if minutes := _lost(account, intervals):
        lost = minutes_words(minutes, lang)
        parts.append(f"{lost} of pause not counted" if lang == "en" else f"không tính {lost} tạm dừng")
    if Reason.LAST_DAY_OFF in reasons:
        rolled = "the last day is off, so the next working day holds"
        vi = "ngày cuối trùng ngày nghỉ nên chuyển sang ngày làm việc tiếp theo"
        parts.append(rolled if lang == "en" else vi)
    return parts


def _lost(account: Account, intervals: Sequence[Interval]) -> int:
    """Minutes that pauses took from the limit: made up at the end of limits in days, cut out of others."""
    if not account.in_minutes:
        return sum(one.tally for one in intervals if one.reason is Reason.MADE_UP)
    cut = (one.end - one.start for one in intervals if one.reason is Reason.PAUSED)
    return sum(cut, timedelta()) // timedelta(minutes=1)


def _later(account: Account, lang: str) -> list[str]:
    """Say what happened to the date afterwards: restarts and the extension."""
    said = []
    if account.restarts:
        count = len(account.restarts)
        first = instant_words(account.restarts[0].previous_due_at, lang, account.zone)
        again = f"The limit began anew {plural(count, 'time')}; the first date was {first}."
        said.append(
            again if lang == "en" else f"Thời hạn đã tính lại từ đầu {count} lần; hạn đầu tiên là {first}."
        )
    if account.extension:
        until, told = (
            instant_words(at, lang, account.zone)
            for at in (account.extension.until, account.extension.announced_at)
        )
        vi, en = _EXTENDED[account.extension.by_law]
        said.append((en if lang == "en" else vi).format(until=until, told=told))
    return said


_EXTENDED = {
    False: (
        "Đã hẹn lại đến {until}, báo lúc {told}; việc đúng hạn vẫn tính theo hạn ban đầu.",
        "The date was set anew to {until}, announced at {told}; lateness counts against the first date.",
    ),
    True: (
        "Trường hợp đặc biệt: đã phản hồi lúc {told}, thời hạn dài hơn theo quy định đến {until}.",
        "A special case: an interim reply was sent at {told}, and the rule gives until {until}.",
    ),
}


def _source(account: Account, lang: str) -> list[str]:
    """Name the article."""
    if not account.source:
        return []
    if account.source == SUITE_DEFAULT:
        vi, en = (
            "Quy chế không quy định; theo mặc định của hệ thống.",
            "The regulation is silent; the suite's default.",
        )
        return [en if lang == "en" else vi]
    return [f"Source: {account.source}." if lang == "en" else f"Căn cứ: {account.source}."]
