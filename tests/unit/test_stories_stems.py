"""In languages that bend their words accounts of one event come together, and no others."""

import re

import pytest
from invented_events import bring, groups, told_in

from reader.model import View
from reader.text.stems import stemmer

TOLD = told_in("inflected")
LANGUAGES = sorted({one.event.split()[0] for one in TOLD})


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("language", LANGUAGES)
def test_an_event_told_with_other_endings_is_one_story(library, language, turned):
    told = [one for one in TOLD if one.event.startswith(language)]
    bring(library, told[::-1] if turned else told)

    events = {one.event for one in told}
    expected = {frozenset(one.id for one in told if one.event == event) for event in events}
    assert groups(library) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_accounts_share_is_told_in_whole_words_as_they_are_written(library, language):
    told = [one for one in TOLD if one.event == f"{language} one"]
    bring(library, told)

    texts = "\n".join(f"{one.title}\n{one.text}" for one in told)
    words = set(re.findall(r"\w+", texts.lower()))
    for id in library.ids(View("all")):
        for alike in library.similar(id):
            for reason in alike.reason:
                if language == "Japanese":
                    assert reason in texts
                else:
                    assert {part.lower() for part in reason.split()} <= words


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("ru", "отставка отставку отставкой"),
        ("pl", "górników górnicy górnikom"),
        ("fi", "tehtaassa tehtaan tehtaalla"),
        ("ar", "والمدينة بالمدينة للمدينة مدينة"),
    ],
)
def test_forms_of_a_word_have_one_stem(language, forms):
    stem = stemmer(language)
    assert stem
    assert len({stem(form) for form in forms.split()}) == 1


@pytest.mark.parametrize("language", ["en", "de", "fr", None])
def test_words_of_other_languages_are_compared_as_they_are_written(language):
    assert stemmer(language) is None


def test_a_number_is_known_by_all_its_digits():
    stem = stemmer("ru")
    assert stem
    assert stem("1234567") == "1234567"
