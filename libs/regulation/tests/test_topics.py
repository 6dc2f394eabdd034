"""Topics and categories: every word a profile may use is said in both languages."""

import pytest
from regulation.profiles.vocabulary import QUESTION_TOPICS
from regulation.text import LANGUAGES
from regulation.topics import CATEGORIES, THEMES, TOPICS


@pytest.mark.parametrize("words", [TOPICS, CATEGORIES])
def test_no_two_are_said_alike(words):
    for lang in LANGUAGES:
        assert len({said[lang] for said in words.values()}) == len(words)


def test_every_topic_of_the_regulations_has_its_words():
    assert set(TOPICS) == set(QUESTION_TOPICS)


def test_every_topic_and_every_category_counts_to_one_theme():
    topics = [topic for theme in THEMES.values() for topic in theme.topics]
    categories = [category for theme in THEMES.values() for category in theme.categories]
    assert (sorted(topics), sorted(categories)) == (sorted(TOPICS), sorted(CATEGORIES))
