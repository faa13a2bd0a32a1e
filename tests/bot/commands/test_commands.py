"""What people type and what comes back, on real stores."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chats.port import Place, Request
from bot.commands.commands import Commands
from tests.bot.conftest import HERE, World
from tests.bot.reading import buttons, whole

ELSEWHERE = Place("fake", "T2", "C1")


async def test_watching_says_what_where_and_when_next(world: World) -> None:
    said = await world.say("watch tern privacy")
    assert "Tern Privacy Policy is now watched here." in said
    assert "Next digest: Mon 30 Nov 2026, 09:00 UTC" in said
    assert "First look: within the hour" in said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("watch tern", "Tern is now watched here."),
        ("WATCH Birdsite Terms", "Tern Terms of Service is now watched here."),
        ("clausewatch watch tern", "Tern is now watched here."),
        ("clausewatch /watch tern", "Tern is now watched here."),
        ("watch kite mail", "Kite Mail is now watched here."),
        ("watch tern ai-training", "AI training on Tern is now watched here."),
        ("watch all ai-training", "AI training on every platform is now watched here."),
        ("watch tern kite-mail", "Tern and Kite Mail are now watched here."),
        ("watch https://tern.example/terms", "Tern Terms of Service is now watched here."),
        ("watch", "Five things to type"),
        ("watch help", "/watch linkedin digest only  no pings"),
        ("help watch", "/watch linkedin digest only  no pings"),
        ("help /mute", "/mute all 1d"),
        ("help timelin", "Did you mean /timeline"),
        ("mute tern 2 weeks", "until"),
        ("mute tern soon", "“soon” is no span of time. For instance: /mute tern 7d"),
        ("settings purple", "“purple” is nothing that can be set here."),
        ("digest mon 25:00", "“25:00” is no time of day"),
        ("digest mon Europe/Berln", "“Europe/Berln” was not understood. Did you mean Europe/Berlin"),
        ("ask tern", "What do you want to know about Tern?"),
        ("ask tern may I fly a kite?", "Nothing of Tern is archived yet"),
        ("watch tern privcy", "Did you mean privacy?"),
        ("timeline", "For instance: /timeline linkedin"),
        ("help", "Five things to type"),
        ("", "Five things to type"),
        ("watch tren", "No platform is called “tren”. Did you mean Tern"),
        ("watch kite-mail privacy", "Kite Mail has no Privacy Policy in the catalogue. It has: Terms of Service."),
        ("watch tern ai-traning", "Did you mean ai-training"),
        ("watch ai-training", "On which platform?"),
        ("watch all privacy", "one platform at a time"),
        ("wotch tern", "There is no command “wotch”. Did you mean /watch"),
        ("unwatch tern", "Tern is not watched here"),
        ("unwatch", "Nothing is watched here."),
        ("watches", "Nothing is watched here yet."),
        ("changes", "No change has been seen yet."),
        ("changes tern 30d", "No change of Tern has been seen in the last 30 days."),
        ("changes nowhere", "No platform is called “nowhere”"),
        ("changes tern high", "No change of Tern of high exposure has been seen yet."),
        ("changes all worse", "No change to readers’ cost has been seen yet."),
        ("digest now", "Nothing changed"),
        ("digest", "The digest comes weekly on Monday at 09:00, UTC."),
        (
            "digest weekly fri 17:30 Europe/Berlin",
            "weekly on Friday at 17:30, Europe/Berlin. The next one: Fri 27 Nov 2026",
        ),
        ("digest daily 8", "The digest comes daily at 08:00, UTC. The next one: Tue 24 Nov 2026, 08:00 UTC."),
        ("digest off", "No digest is posted in this channel."),
        ("digest monthly", "“monthly” was not understood."),
        ("mute tern 7d", "No pings about Tern in this channel until 30 Nov 2026, 14:02 UTC. It is not watched here"),
        ("mute all 1d", "No pings about everything in this channel until 24 Nov 2026"),
        ("mute", "What should be muted?"),
        ("unmute tern", "Pings about Tern come again in this channel."),
        ("plan", "This workspace is on the Professional plan."),
        ("settings", "May configure: everybody who may use commands here"),
        ("redline tern", "No change of Tern has been seen yet."),
        ("redline", "Of which platform?"),
        ("timeline tern", "Nothing is archived yet about Tern."),
        ("provision tern ai-training", "Nothing of Tern is archived yet"),
        ("provision tern", "Which provision of Tern?"),
        ("compare ai-training", "Nothing about AI training was found in the documents read so far."),
        ("compare", "Which provision?"),
        ("undo watch 1", "There is nothing left to undo."),
        ("undo unwatch 1", "That is not watched here any more"),
    ],
)
async def test_commands_are_answered(world: World, line: str, said: str) -> None:
    assert said in await world.say(line)


async def test_asking_twice_says_it_is_so_already(world: World) -> None:
    await world.say("watch tern privacy")
    assert "is watched here already" in await world.say("watch tern privacy policy")
    assert "1 watch in this channel" in await world.say("watches")


async def test_unwatching_is_undone_and_undone_again(world: World) -> None:
    await world.say("watch tern privacy")
    ended = await world.ask("unwatch tern")
    assert "Nothing more about Tern Privacy Policy will be posted here." in whole(ended.message)
    assert "Nothing is watched here yet." in await world.say("watches")
    back = await world.press(ended, "Undo")
    assert "Tern Privacy Policy is now watched here." in whole(back.message)
    gone = await world.press(back, "Undo")
    assert "Nothing more about Tern Privacy Policy" in whole(gone.message)


async def test_unwatching_narrows_to_what_is_named(world: World) -> None:
    for line in ("watch tern privacy", "watch tern terms", "watch kite", "watch all ai-training"):
        await world.say(line)
    assert "The watch of Tern Terms of Service has ended." in await world.say("unwatch tern terms")
    assert "Tern | Privacy Policy" in await world.say("watches")
    assert "AI training on every platform" in await world.say("unwatch all ai-training")
    assert "Tern Privacy Policy and Kite Mail" in await world.say("unwatch all")


async def test_mutes_end_by_themselves(world: World) -> None:
    await world.say("watch tern")
    await world.say("mute tern 7d")
    assert "muted until 30 Nov 2026" in await world.say("watches")
    world.clock.pass_by(days=8)
    assert "muted" not in await world.say("watches")


async def test_a_pressed_mute_asks_for_how_long(world: World) -> None:
    asked = await world.answer(Request(HERE, "U1", "mute", "tern", pressed=True))
    assert list(buttons(asked.message)) == ["1 day", "7 days", "30 days"]
    assert "until 23 Dec 2026" in whole((await world.press(asked, "30 days")).message)


async def test_changes_are_listed_and_paged(world: World) -> None:
    texts = [f"# Privacy\n\nWe keep your posts for {n} days.\n" for n in range(12)]
    for text in texts:
        await world.change(text=text)
    first = await world.ask("changes tern")
    assert "12 changes of Tern (1 to 10)" in whole(first.message)
    second = await world.press(first, "2 more")
    assert "(11 to 12)" in whole(second.message)
    assert second.replaces
    assert "since 2020" in await world.say("changes tern since 2020")
    assert "No change of Tern" in await world.say("changes tern since 2999")


async def test_the_digest_now_shows_what_the_next_one_would(world: World) -> None:
    await world.say("watch tern")
    await world.change()
    assert "1 change at 1 platform, 1 of high exposure, not read: 1 document never yet." in await world.say(
        "digest now"
    )
    assert "1 change at 1 platform" in await world.say("digest now")


async def test_a_redline_shows_the_latest_change_or_the_one_named(world: World) -> None:
    change = await world.change()
    for words in ("tern", "tern privacy", change.id):
        assert "We never sell your data." in await world.say(f"redline {words}")


async def test_a_provision_is_shown_from_the_archive(world: World) -> None:
    await world.change()
    said = await world.say("provision tern ai-training")
    assert "AI training at Tern" in said
    assert "Exposure: high" in said
    assert "Tern · may do it · high exposure" in await world.say("compare ai-training")
    said = await world.say("timeline tern ai-training")
    assert "Privacy Policy: added (high exposure)" in said
    assert "use your posts to train models of our own." in said


async def test_a_question_is_answered_with_clauses(world: World) -> None:
    await world.change()
    said = await world.say("ask tern can they train on my posts?")
    assert "[Tern Privacy Policy › Privacy · as read on 23 Nov 2026] We may use your posts to train models" in said
    assert "Looked in: Tern Privacy Policy." in await world.say("ask tern may I fly a kite indoors?")
    assert "Ask about a platform." in await world.say("ask")
    assert "No platform is called" in await world.say("ask tren may they?")


async def test_a_redline_since_a_day_says_what_differs_and_what_was_not_read_then(world: World) -> None:
    assert "No document of it has been read yet" in await world.say("redline tern since 2023-05")
    await world.change()
    assert "still stands" in await world.say("redline tern since 2999")
    assert "it was first read on" in await world.say("redline tern since 1999-05")
    assert "There is no day 2023-13" in await world.say("redline tern since 2023-13")


@pytest.mark.parametrize(
    "line", ["provision tern ai-training", "compare ai-training", "redline tern", "ask tern AI training"]
)
async def test_a_private_answer_can_be_shared_once(world: World, line: str) -> None:
    await world.change()
    answer = await world.ask(line)
    assert answer.private
    shared = await world.press(answer, "Share")
    assert not shared.private
    assert "Share" not in buttons(shared.message)
    assert whole(shared.message).split("[")[0] == whole(answer.message).split("[")[0]


async def test_only_answers_can_be_shared(world: World) -> None:
    pressed = Request(HERE, "U1", "share", "watch tern", pressed=True)
    assert "This cannot be shared." in whole((await world.answer(pressed)).message)
    assert "Nothing is watched here yet." in await world.say("watches")


async def test_the_home_shows_the_whole_workspace_and_leaves_no_trace(world: World) -> None:
    nowhere = Place("fake", "T1", "")
    assert "Nothing is watched yet." in await world.say("home", nowhere)
    await world.say("watch tern privacy")
    await world.say("watch kite", Place("fake", "T1", "C2"))
    said = await world.say("home", nowhere)
    assert "C1\n• Tern Privacy Policy, any change: first look soon" in said
    assert "Next digest: Mon 30 Nov 2026, 09:00 UTC." in said
    assert "C2\n• Kite Mail all (1)" in said
    assert [channel.foreign for channel in await world.audience.channels("fake:T1")] == ["C1", "C2"]


async def test_the_home_shows_a_person_only_what_their_channels_show(world: World) -> None:
    async def seen_by(place: Place, person: str) -> frozenset[str]:
        return frozenset({"C1"} if person == "U1" else ())

    await world.say("watch tern privacy")
    await world.say("watch kite", Place("fake", "T1", "DEAL"))
    commands = Commands(replace(world.desk, seen_by=seen_by))
    for person, tern, hidden in (("U1", True, "1 channel that"), ("U2", False, "2 channels that")):
        said = whole((await commands.answer(Request(Place("fake", "T1", ""), person, "home"))).message)
        assert ("Tern" in said) is tern
        assert "Kite" not in said
        assert "DEAL" not in said
        assert f"{hidden} you are not in" in said


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    line=st.text(max_size=200),
    command=st.sampled_from(["watch", "unwatch", "digest", "mute", "redline", "undo", "ack"]),
)
async def test_nothing_typed_breaks_a_command(world: World, line: str, command: str) -> None:
    reply = await world.answer(Request(HERE, "U1", command, line))
    assert reply.message.text
    assert "went wrong on our side" not in reply.message.text


@pytest.mark.parametrize(
    ("option", "typed", "first"),
    [
        ("platform", "te", "Tern"),
        ("platform", "", "Kite Mail"),
        ("provision", "ai tr", "AI training"),
        ("document", "priv", "Privacy Policy"),
        ("platform", "zzzzzz", None),
        ("change", "", "the newest"),
        ("when", "dai", "daily 09:00 UTC"),
        ("days", "", "1d"),
        ("since", "3", "30d"),
        ("who", "adm", "admins"),
        ("platforms", "Tern, ki", "Tern, Kite Mail"),
        ("platforms", "te", "Tern"),
        ("platform", "https://kite.example/terms", "https://kite.example/terms"),
        ("document", "kite.example/terms", "kite.example/terms"),
    ],
)
async def test_names_are_suggested_while_they_are_typed(
    world: World, option: str, typed: str, first: str | None
) -> None:
    change = await world.change()
    found = await Commands(world.desk).suggest(Request(HERE, "U1", "watch"), option, typed)
    wanted = change.id if first == "the newest" else first
    assert (found[0] if found else None) == wanted


async def test_what_is_watched_as_a_part_of_more_is_not_said_to_be_unwatched(world: World) -> None:
    await world.say("watch tern")
    said = await world.say("unwatch tern privacy")
    assert "This is watched here as a part of: Tern." in said
    assert "/unwatch tern ends that" in said
    await world.say("watch all ai-training")
    ended = await world.say("unwatch tern")
    assert "The watch of Tern has ended." in ended
    assert "What changes there is still told as a part of: AI training on every platform." in ended
    assert "as a part of: AI training on every platform." in await world.say("unwatch tern")
    assert "Tern is not watched here" in await world.say("unwatch tern arbitration")


async def test_what_was_never_read_is_not_said_to_be_unchanged(world: World) -> None:
    assert "No change of Kite Mail has been seen yet. Kite Mail has not been looked at yet." in await world.say(
        "changes kite"
    )
    await world.say("watch tern")
    await world.blind(2)
    said = await world.say("changes tern 30d")
    assert "Tern has never been read: the site asks for a login." in said
    assert "Tern has never been read" in await world.say("provision tern ai-training")
    said = await world.say("digest now")
    assert "None of 2 documents could be read" in said
    assert "Nothing changed" not in said
    await world.look()
    assert "Nothing changed in 1 document" in await world.say("digest now")
