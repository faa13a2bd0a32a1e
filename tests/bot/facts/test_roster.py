"""The platforms of a workspace are read once a minute, and at once after something was added."""

from bot.facts.roster import MOST_KEPT, Roster
from tests.bot.cast import KITE, TERN
from tests.fakes import FakeClock
from watchers.model import Platform


class Shelf:
    """An archive that counts how often it is asked."""

    def __init__(self, *owners: str) -> None:
        self.asked, self.own = 0, frozenset(owners)

    async def owners(self) -> frozenset[str]:
        return self.own

    async def platforms(self, workspace: str) -> tuple[Platform, ...]:
        self.asked += 1
        return (TERN, KITE)


async def test_what_is_kept_is_read_again_after_a_minute_or_when_something_was_added() -> None:
    shelf, clock = Shelf("w"), FakeClock()
    roster = Roster(shelf, clock)
    for _ in range(3):
        assert (await roster.page("w")).names.platform("birdsite") == TERN
    assert shelf.asked == 1
    clock.pass_by(minutes=1)
    await roster.page("w")
    roster.forget("w")
    await roster.page("w")
    assert shelf.asked == 3


async def test_a_clock_that_goes_back_is_not_trusted() -> None:
    shelf, clock = Shelf(), FakeClock()
    roster = Roster(shelf, clock)
    await roster.page("w")
    clock.pass_by(hours=-1)
    await roster.page("w")
    assert shelf.asked == 2


async def test_only_so_many_workspaces_are_kept() -> None:
    shelf = Shelf(*map(str, range(MOST_KEPT + 1)))
    roster = Roster(shelf, FakeClock())
    for number in range(MOST_KEPT + 1):
        await roster.page(str(number))
    await roster.page("1")
    await roster.page("0")
    assert shelf.asked == MOST_KEPT + 2


async def test_workspaces_without_pages_of_their_own_share_one_reading_until_they_add_one() -> None:
    shelf = Shelf("owner")
    roster = Roster(shelf, FakeClock())
    first = await roster.page("a")
    assert await roster.page("b") is first
    assert await roster.page("owner") is not first
    shelf.own |= {"a"}
    roster.forget("a")
    assert await roster.page("a") is not first
    assert await roster.page("b") is first
