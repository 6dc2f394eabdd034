"""What a mail server is handed: headers that say the same when they are read back."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.policy import default

import pytest
from aiosmtplib.email import flatten_message
from hypothesis import example, given
from hypothesis import strategies as st
from notify.adapters.smtp_mail import SmtpMail
from notify.ports import Mail

SENTENCE = "Hồ sơ đã được tiếp nhận, hẹn trả kết quả của Ủy ban nhân dân phường a bb 23/11/2026"
WORDS = st.lists(st.sampled_from(SENTENCE.split()), min_size=1, max_size=60).map(" ".join)
ACCEPTED = "Hồ sơ H42.101-261121-0001 đã được tiếp nhận, hẹn trả kết quả 10 giờ 30 ngày 23/11/2026"


def read_back(sender: str, subject: str) -> tuple[bytes, EmailMessage]:
    post = SmtpMail("127.0.0.1", 25, sender)
    sent = post.compose(
        Mail("1", "c@d.example", subject, "Nội dung", "<p>Nội dung</p>", "vi", None, datetime.now(UTC))
    )
    raw = flatten_message(sent)
    head = raw.partition(b"\r\n\r\n")[0] if b"\r\n\r\n" in raw else raw.partition(b"\n\n")[0]
    assert head.isascii()
    assert max(len(line) for line in head.splitlines()) <= 78
    return raw, message_from_bytes(raw, EmailMessage, policy=default)


@given(WORDS, WORDS)
@example("Cổng dịch vụ công", ACCEPTED)
def test_r_ntf_01_subject_and_sender_keep_their_blanks_however_long_they_are(name, subject):
    raw, found = read_back(f'"{name}" <a@b.example>', subject)
    assert found["Subject"] == subject
    # decoded by RFC 2047: the address parser of Python puts a blank into a word that two encoded words share
    said = str(make_header(decode_header(message_from_bytes(raw)["From"])))
    assert said.split() == [*name.split(), "<a@b.example>"]


@pytest.mark.parametrize("sender", ["a@b.example", "Motcua <a@b.example>", '"Motcua, H42" <a@b.example>'])
def test_plain_headers_stay_plain(sender):
    _, found = read_back(sender, "Dossier H42.101-261121-0001 was submitted")
    assert (found["From"], found["Subject"]) == (sender, "Dossier H42.101-261121-0001 was submitted")
