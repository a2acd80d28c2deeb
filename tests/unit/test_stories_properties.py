"""What holds of stories whatever comes, in whatever order, and however often it is done again."""

from __future__ import annotations

from events import Newsroom
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader import stories

NAMES = [
    f"{event}:{teller}" for event in ("flood", "chess", "strike", "launch") for teller in "abc"
]
EVENTS = {frozenset(NAMES[at : at + 3]) for at in range(0, len(NAMES), 3)}
SLOW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def newsroom(tmp_path_factory) -> Newsroom:
    return Newsroom.at(tmp_path_factory.mktemp("room") / "room.db")


@SLOW
@given(order=st.permutations(NAMES), waits=st.sets(st.sampled_from(NAMES)), data=st.data())
def test_in_any_order_alone_or_many_at_once_the_stories_are_the_same(
    tmp_path_factory, order, waits, data
):
    room = newsroom(tmp_path_factory)
    for name in order:
        if name in waits:
            room.keep(name)  # as a refresh does, to be compared later
        else:
            room.arrive(name)
        if data.draw(st.integers(0, 3)) == 0:
            stories.catch_up(room.library.cache)
    assert room.groups() == EVENTS
    room.library.close()


ACTS = st.lists(
    st.tuples(st.sampled_from(["split", "merge"]), st.sampled_from(NAMES), st.sampled_from(NAMES)),
    max_size=3,
)


@SLOW
@given(acts=ACTS, again=st.lists(st.sampled_from(NAMES), max_size=5), anew=st.booleans())
def test_done_again_it_changes_nothing_whatever_a_person_decided(
    tmp_path_factory, acts, again, anew
):
    room = newsroom(tmp_path_factory)
    for name in NAMES:
        room.arrive(name)
    for act, one, other in acts:
        if act == "split":
            room.library.split(room.id_of[one])
        elif room.story_of(one) != room.story_of(other):
            room.library.merge(room.story_of(one), room.story_of(other))
    before = room.state()
    for name in again:
        room.arrive(name)
    assert stories.catch_up(room.library.cache) == 0
    assert room.state() == before
    if anew:
        with room.library.cache.write() as conn:
            stories.rebuild(conn)
            settled = room.groups()
            stories.rebuild(conn)
        assert room.groups() == settled
    room.library.close()


@SLOW
@given(
    bound=st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)),
    late=st.permutations([f"{event}:late" for event in ("flood", "chess", "strike")]),
)
def test_a_decision_outlives_what_comes_after_it_until_it_is_taken_back(
    tmp_path_factory, bound, late
):
    room = newsroom(tmp_path_factory)
    for name in NAMES:
        room.arrive(name)
    one, other = bound
    apart = room.story_of(one) == room.story_of(other)
    if apart:
        room.library.split(room.id_of[one])
    else:
        room.library.merge(room.story_of(one), room.story_of(other))
    for name in late:
        room.arrive(name)
    if one != other:
        assert (room.story_of(one) != room.story_of(other)) is apart
    room.library.undo()
    assert (room.story_of(one) == room.story_of(other)) is apart
    room.library.close()
