"""The shortest story that still goes wrong is found, and can be played again by what is printed."""

from dataclasses import replace
from datetime import timedelta

from tests.simulation.edges import Rates
from tests.simulation.evidence import Fault
from tests.simulation.script import Script, Size, write
from tests.simulation.shrinking import Cut, Plays, cut, rates, shrink

STORY = write(1, Size(8, 3, 6, 20))
PLACE = STORY.places[4]


def goes_wrong_with_a_jump(script: Script) -> Plays:
    """A world in which one document in one channel is lost whenever the clock jumps."""
    document = list(script.sites)[5]

    def plays(left: Cut) -> list[Fault]:
        story = cut(script, left)
        wrong = document in story.sites and PLACE in story.places and story.jumps and story.size.days >= 8
        fault = Fault("never told", PLACE, f"{document} from 1 to 2", script.size.start + timedelta(days=3))
        return [fault] if wrong else []

    return plays


def test_what_has_no_part_in_a_fault_is_cut_away() -> None:
    plays = goes_wrong_with_a_jump(STORY)
    left, fault = shrink(STORY, plays(Cut())[0], plays)
    assert left.documents == (list(STORY.sites)[5],)
    assert left.channels == (PLACE[2],)
    assert set(left.without) == {"outages", "full", "rests", "fetch", "post", "database", "kill"}
    assert left.days == 9
    assert fault.what == "never told"


def test_a_cut_is_typed_as_it_is_printed() -> None:
    left = Cut(("p0/d1",), ("c4",), 9, ("rests", "kill"))
    assert left.words == "--only-documents p0/d1 --only-channels c4 --until-day 9 --without rests kill"


def test_in_a_cut_only_those_act_who_are_left() -> None:
    story = cut(STORY, Cut(channels=(PLACE[2],), without=("full",)))
    assert story.places == [PLACE]
    assert {act.channel for act in story.acts} <= {"", PLACE[2]}
    assert {act.workspace for act in story.acts} == {PLACE[1]}
    assert not story.full
    assert story.rests == STORY.rests
    assert rates(Rates(), Cut(without=("kill",))) == replace(Rates(), kill=0.0)


def test_no_more_is_played_than_allowed() -> None:
    played: list[Cut] = []

    def plays(left: Cut) -> list[Fault]:
        played.append(left)
        return []

    fault = Fault("never told", PLACE, "", STORY.size.start)
    assert shrink(STORY, fault, plays, most=7) == (Cut(), fault)
    assert len(played) == 7
