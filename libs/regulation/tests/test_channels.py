"""Channels: every word a profile may use stands for one, and each is said in both languages."""

import pytest
from regulation.channels import AS_PROFILES_SAY, FILED, OFFERED, RETURNED, Channel
from regulation.profiles.vocabulary import RESULT_CHANNELS
from regulation.text import LANGUAGES


@pytest.mark.parametrize("words", [FILED, OFFERED, RETURNED])
def test_every_channel_is_named_in_both_languages_and_no_two_alike(words):
    assert set(words) == set(Channel)
    for lang in LANGUAGES:
        assert len({said[lang] for said in words.values()}) == len(Channel)


def test_every_word_of_the_regulations_stands_for_a_channel():
    assert set(AS_PROFILES_SAY) == set(RESULT_CHANNELS)
