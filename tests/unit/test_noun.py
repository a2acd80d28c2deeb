"""Nouns are frozen dataclasses to whoever uses them, and cost nothing until they are used."""

import copy
import pickle
import subprocess
import sys
from dataclasses import FrozenInstanceError, asdict, fields, replace

import pytest

from reader.app.marking import Marking
from reader.config import Config, Feed
from reader.model import Copied, Marked, Related, Similar, View


def test_a_noun_takes_its_fields_by_place_by_name_and_by_default():
    assert View("all") == View(kind="all", value=None)
    assert (View("source", 3).kind, View("source", value=3).value) == ("source", 3)


@pytest.mark.parametrize("given", [{}, {"kind": "all", "colour": "red"}])
def test_a_noun_refuses_missing_and_unknown_fields(given):
    with pytest.raises(TypeError):
        View(**given)


def test_a_noun_cannot_be_changed():
    view = View("all")
    with pytest.raises(FrozenInstanceError):
        view.kind = "unread"
    with pytest.raises(FrozenInstanceError):
        del view.kind
    with pytest.raises(FrozenInstanceError):
        view.colour = "red"
    assert view == View("all")
    assert not hasattr(view, "__dict__")


def test_nouns_are_equal_by_kind_and_fields_and_hash_so():
    assert len({View("all"), View("all"), View("unread")}) == 2
    assert View("all") != ("all", None)
    assert Related("all") != View("all")


def test_a_noun_shows_and_copies_and_travels_whole():
    marked = Marked("quote", note="why")
    assert repr(View("story", 3)) == "View(kind='story', value=3)"
    assert copy.deepcopy(marked) == marked == pickle.loads(pickle.dumps(marked))


def test_the_standard_library_takes_nouns_for_dataclasses():
    assert [each.name for each in fields(Similar)] == list(Similar.__match_args__)
    assert replace(View("story", 3), value=4) == View("story", 4)
    assert asdict(Copied(None, ())) == {"headline": None, "copies": ()}
    with pytest.raises(TypeError):
        replace(View("all"), colour="red")


def test_the_standard_library_takes_a_noun_whose_default_could_change():
    assert replace(Feed(), user="ann") == Feed(user="ann")
    assert asdict(Feed(headers={"A": "b"}))["headers"] == {"A": "b"}
    assert (Feed().headers, Config().source, Marking().spans) == ({}, {}, {})


def test_a_list_of_articles_loads_no_dataclasses():
    said = "import sys, reader.library; sys.exit('dataclasses' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", said], check=False).returncode == 0
