"""Texts of notices that would run, and what the typist of papers is given."""

import time

import httpx
import pytest
from camp.stage import Stage

pytestmark = pytest.mark.attack
BODIES = [
    "{{ code.__class__ }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ code|attr('__class__') }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}",
    "{{ 'a' * 1000000000 }}",
    "{{ code.center(900000000) }}",
    "{{ code|indent(900000000) }}",
    "{{ 9 ** 9 ** 9 }}",
    "{{ lipsum(n=1000000) }}",
    "{{ cycler.__init__.__globals__ }}",
    "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}",
    "{% set x = 'a' %}{{ x }}",
    "{{ config }}",
    "{{ self }}",
    "{{ request }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{{ code.format(code) }}",
    "{% extends 'x' %}",
    "{{ [1,2,3] }}",
    "{{ code",
    "{% if code %}",
    "{{ password }}",
    "{{ '" + "x" * 1000 + "'|join('" + "y" * 1000 + "'|join('" + "z" * 300 + "')) }}",
    "{{ code|join(code|join(code|join(code))) }}",
]


@pytest.mark.asvs("1.3.2", "1.3.7")
@pytest.mark.parametrize("body", BODIES)
def test_s28_a_notice_runs_nothing(stage: Stage, body: str) -> None:
    operator = stage.person("quantri")
    kinds = operator.get("/api/notify/templates")
    text = next(one for one in kinds if one["kind"] == "dossier_accepted" or one)
    new = {"version": text["version"], "subject": text["subject"], "sms": text["sms"]}
    begun = time.monotonic()
    answer = operator.http.put(
        f"/api/notify/templates/{text['kind']}", json={**new, "body": {"vi": body, "en": body}}
    )
    assert answer.status_code == 422, answer.text
    assert time.monotonic() - begun < 5
    assert operator.get("/api/notify/messages/unread-count") is not None


@pytest.mark.asvs("1.3.11")
@pytest.mark.parametrize("subject", ["x\r\nBcc: ai@evil.example", "x\nX-A: b", "=?utf-8?q?x?=\r\n\r\nbody"])
def test_s28_a_subject_brings_no_header(stage: Stage, subject: str) -> None:
    operator = stage.person("quantri")
    text = operator.get("/api/notify/templates")[0]
    new = {"version": text["version"], "body": text["body"], "sms": text["sms"]}
    answer = operator.http.put(
        f"/api/notify/templates/{text['kind']}", json={**new, "subject": {"vi": subject, "en": subject}}
    )
    assert answer.status_code == 422, answer.text


def test_s28_the_readiness_of_who_writes_is_untouched(stage: Stage) -> None:
    port = stage.suite.note["watched"]["notify"]
    assert httpx.get(f"http://127.0.0.1:{port}/health/ready").status_code == 200
