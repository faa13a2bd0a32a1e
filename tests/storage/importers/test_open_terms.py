"""Declarations of Open Terms Archive, in all their forms."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from storage.importers.open_terms import read_folder, read_history, read_platform
from watchers.errors import CatalogueError
from watchers.model import Document, Part, Reader, Selector

PAGE = "https://birdsong.example/privacy"


def declared(terms: object, kind: str = "Privacy Policy", key: str = "terms") -> Document:
    (document,) = read_platform(json.dumps({"name": "Birdsong", key: {kind: terms}}), "birdsong.json").documents
    return document


@pytest.mark.parametrize(
    ("terms", "parts"),
    [
        ({"fetch": PAGE, "select": "main"}, [Part(PAGE, (Selector("main"),))]),
        ({"fetch": PAGE, "select": ["h1", "main"]}, [Part(PAGE, (Selector("h1"), Selector("main")))]),
        ({"fetch": PAGE, "select": "main", "remove": [".ad"]}, [Part(PAGE, (Selector("main"),), (Selector(".ad"),))]),
        (
            {"fetch": PAGE, "select": {"startBefore": "h1", "endBefore": "footer"}},
            [Part(PAGE, (Selector(start="h1", start_inside=True, end="footer", end_inside=False),))],
        ),
        (
            {"fetch": PAGE, "select": "main", "remove": {"startAfter": "hr", "endAfter": "p"}},
            [Part(PAGE, (Selector("main"),), (Selector(start="hr", start_inside=False, end="p", end_inside=True),))],
        ),
        ({"fetch": f"{PAGE}.pdf"}, [Part(f"{PAGE}.pdf", reader=Reader.PDF)]),
        ({"fetch": f"{PAGE}.PDF?download=1"}, [Part(f"{PAGE}.PDF?download=1", reader=Reader.PDF)]),
        (
            {"fetch": PAGE, "select": "main", "executeClientScripts": True},
            [Part(PAGE, (Selector("main"),), reader=Reader.BROWSER)],
        ),
        (
            {"fetch": PAGE, "select": "main", "filter": ["numberLists"]},
            [Part(PAGE, (Selector("main"),), note="read without its custom filter numberLists")],
        ),
        (
            {"fetch": PAGE, "select": "main", "filter": [{"removeQueryParams": ["ref", "utm"]}]},
            [Part(PAGE, (Selector("main"),), drop_query=("ref", "utm"))],
        ),
        (
            {"fetch": PAGE, "select": "main", "filter": {"removeQueryParams": "ref"}},
            [Part(PAGE, (Selector("main"),), drop_query=("ref",))],
        ),
        (
            {"combine": [{"fetch": PAGE}, {"fetch": f"{PAGE}/eu", "select": "article"}], "select": "main"},
            [Part(PAGE, (Selector("main"),)), Part(f"{PAGE}/eu", (Selector("article"),))],
        ),
        (
            {"combine": [{"fetch": PAGE, "executeClientScripts": False}], "executeClientScripts": True},
            [Part(PAGE)],
        ),
    ],
)
def test_every_form_of_a_document_is_read(terms: object, parts: list[Part]) -> None:
    assert list(declared(terms).parts) == parts


def test_ids_are_slugs_and_the_source_is_kept() -> None:
    document = declared({"fetch": PAGE}, "Terms of Service")
    assert (document.id, document.type) == ("birdsong/terms-of-service", "Terms of Service")
    assert (document.source, document.licence) == ("Open Terms Archive", "EUPL-1.2")


def test_old_files_say_documents() -> None:
    assert declared({"fetch": PAGE}, key="documents").id == "birdsong/privacy-policy"


def test_a_terminated_service_has_no_documents() -> None:
    assert read_platform('{"name": "Gone", "terms": {}}', "gone.json").documents == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('{"name": "A",\n "terms": }', r"a\.json:2: this is not JSON"),
        ("[]", "an object"),
        ('{"name": "A"}', "neither"),
        ('{"name": "A", "terms": {"T": {"select": "main"}}}', "no “fetch”"),
        ('{"name": "A", "terms": {"T": "x"}}', "an object"),
        ('{"name": "A", "terms": {"T": {"fetch": "x", "select": 3}}}', "a string or a range"),
        ('{"name": "A", "terms": {"T": {"fetch": "x", "select": {"startBefore": "a"}}}}', "one end"),
        ('{"name": "…", "terms": {}}', "no letter"),
        (
            '{"name": "A", "terms": {"T": {"fetch": "x", "select": {"startBefore": 1, "endBefore": 2}}}}',
            "are selectors",
        ),
        ('{"name": "A", "terms": {"T": {"combine": "x"}}}', "a list of objects"),
        ('{"name": "A", "terms": {"T": {"combine": [7]}}}', "a list of objects"),
        ('{"name": "A", "terms": {"T": {"combine": []}}}', "a list of objects"),
        ('{"name": "A", "terms": {"T": {"fetch": "x", "filter": {"removeQueryParams": 3}}}}', "query parameters"),
        ('{"name": "\\ud800A", "terms": {}}', "half a letter"),
        ("[" * 100_000, "nested too deep"),
        (f'{{"name": {"9" * 5_000}}}', "a number too long"),
    ],
)
def test_a_mistake_is_named_with_its_file(text: str, message: str) -> None:
    with pytest.raises(CatalogueError, match=message):
        read_platform(text, "a.json")


def test_a_wrong_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "good.json").write_text('{"name": "Good", "terms": {}}')
    (tmp_path / "bad.json").write_text("{")
    (tmp_path / "good.history.json").write_text(json.dumps({"T": [{"fetch": PAGE}, {"fetch": f"{PAGE}/2"}]}))
    (tmp_path / "bad.history.json").write_text('{"T": [{"select": "main"}]}')
    (tmp_path / "odd.json").write_bytes(b"\xff\xfe")
    declared = read_folder(tmp_path)
    assert [platform.name for platform in declared.platforms] == ["Good"]
    assert [Path(mistake.file).name for mistake in declared.mistakes] == ["bad.history.json", "bad.json", "odd.json"]
    assert declared.earlier == 2


def test_earlier_declarations_say_until_when() -> None:
    text = json.dumps({"Imprint": [{"fetch": PAGE, "select": "body", "validUntil": "2024-05-01T10:00:00Z"}]})
    (earlier,) = read_history(text, "birdsong.history.json")
    assert (earlier.type, earlier.parts[0].address) == ("Imprint", PAGE)
    assert earlier.valid_until is not None
    assert earlier.valid_until.year == 2024


@pytest.mark.parametrize("moment", ["yesterday", "2024-13-01", ""])
def test_a_moment_that_is_none_is_a_mistake_with_its_file(moment: str) -> None:
    text = json.dumps({"Imprint": [{"fetch": PAGE, "validUntil": moment}]})
    with pytest.raises(CatalogueError, match=r"birdsong\.history\.json.*“validUntil” is a moment"):
        read_history(text, "birdsong.history.json")
