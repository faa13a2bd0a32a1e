"""Home says what is new, what comes and what cannot be read; two versions of any days can be compared."""

import re

from tests.bot.pages.conftest import SiteWorld
from tests.bot.pages.test_site import pytestmark as pytestmark  # the site is shared, and so is its loop


async def test_home_shows_the_newest_changes_and_says_what_was_read(site: SiteWorld) -> None:
    text = (await site.client.get("/")).text
    assert f"/changes/{site.change.id}" in text
    assert re.search(r"Clausewatch watches \d+ document", text)
    assert "Intern" not in text  # what one workspace added is not everybody's


async def test_the_list_of_changes_can_be_narrowed_and_says_when_nothing_fits(site: SiteWorld) -> None:
    for query in ("platform=fernpost", "type=Privacy Policy", "exposure=high&significance=all", "from=2020"):
        answer = await site.client.get(f"/changes?{query}")
        assert answer.status_code == 200
        found = f"/changes/{site.change.id}" in answer.text
        assert found or query.startswith("exposure"), query
    nothing = (await site.client.get("/changes?platform=fernpost&to=2001")).text
    assert "No change that fits has been seen" in nothing


async def test_any_two_versions_are_compared_with_what_lies_between(site: SiteWorld) -> None:
    document = site.change.document
    page = (await site.client.get(f"/between/{document}")).text
    assert "passage" in page
    assert f"/changes/{site.change.id}" in page
    assert page.count("<option") >= 4
    same = (await site.client.get(f"/between/{document}?from={site.change.after}&to={site.change.after}")).text
    assert "The two versions say the same" in same


async def test_a_day_before_the_first_version_is_answered_with_the_first_day(site: SiteWorld) -> None:
    answer = await site.client.get(f"/between/{site.change.document}?from=1999")
    assert answer.status_code == 404
    assert "at that time; the first is of 20" in answer.text


async def test_a_page_of_one_workspace_is_not_compared_for_others(site: SiteWorld) -> None:
    assert (await site.client.get("/between/intern/terms-of-service")).status_code == 404


async def test_the_calendar_is_a_page_and_a_file(site: SiteWorld) -> None:
    assert (await site.client.get("/calendar?region=eu")).status_code == 200
    answer = await site.client.get("/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert answer.text.startswith("BEGIN:VCALENDAR\r\n")
    assert answer.text.endswith("END:VCALENDAR\r\n")


async def test_the_search_field_holds_what_was_searched_for_and_nothing_else(site: SiteWorld) -> None:
    for path in (f"/between/{site.change.document}", "/changes?platform=fernpost"):
        assert 'value=""' in (await site.client.get(path)).text, path
    assert 'value="posts"' in (await site.client.get("/search?q=posts")).text
