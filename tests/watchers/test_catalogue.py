"""The catalogue finds platforms by what people call them, and names every mistake with its line and mend."""

from pathlib import Path

import pytest

from watchers import catalogue
from watchers.errors import CatalogueError
from watchers.model import Reader, Selector
from watchers.platform_file import GROUPS

SOUND = """\
name = "Example Social"
aliases = ["exsoc"]
group = "social media"

[[document]]
type = "Terms of Service"
address = "https://example.com/terms"
select = ["main", { start = "h1", end = "footer" }]
remove = ["nav"]

[[document]]
type = "Privacy Policy"
language = "de"
reader = "browser"
drop_query = ["sid"]

[[document.part]]
address = "https://example.com/privacy"

[[document.part]]
address = "https://example.com/privacy.pdf"
reader = "pdf"
"""

# (words of the sound file, what stands there instead, the line named, words of the message)
MISTAKES = [
    ('name = "Example Social"', 'name = "Example', 1, "not TOML"),
    ('name = "Example Social"', "", 1, "“name” is missing"),
    ('name = "Example Social"', "name = 5", 1, "“name” must be a text"),
    ('name = "Example Social"', 'name = "E"\nid = "other"', 2, "must be the file's name"),
    ("aliases =", "alias =", 2, "did you mean “aliases”"),
    ('["exsoc"]', '"exsoc"', 2, "must be a list of texts"),
    ('"social media"', '"social medium"', 3, "did you mean “social media”"),
    ('"Terms of Service"', '"Terms of Servitude"', 6, "did you mean “Terms of Service”"),
    ('"Privacy Policy"', '"Terms of Service"', 12, "stands twice"),
    ("https://example.com/terms", "example.com/terms", 7, "only http and https"),
    ("https://example.com/terms", "https://10.0.0.1:99999/", 7, "its port is not a plain number"),
    ('address = "https://example.com/terms"', "", 5, "either an address or several"),
    ('["main", {', '["main[", {', 8, "is not a CSS selector"),
    ('end = "footer"', 'ende = "footer"', 8, "did you mean “end”"),
    ('end = "footer"', 'end_inside = "no"', 8, "true or false"),
    ('{ start = "h1", end = "footer" }', "{ start_inside = true }", 8, "either css, or start and end"),
    ('"main", {', "7, {", 8, "a selector is a text"),
    ('start = "h1", ', "", 8, "says where it starts"),
    ("https://example.com/terms", "https://10.0.0.1/terms", 7, "no public page"),
    ("https://example.com/terms", "http://localhost/terms", 7, "no public page"),
    ('address = "https://example.com/terms"', "part = 3", 7, "each written [[document.part]]"),
    ('address = "https://example.com/terms"', "part = []", 7, "each written [[document.part]]"),
    ('name = "Example Social"', 'name = "E"\nname = "F"', 2, "not TOML"),
    ('"de"', '"German"', 13, "two lower-case letters"),
    ('reader = "browser"', 'reader = "chrome"', 14, "there is no reader “chrome”"),
    ("privacy.pdf", "privacy", 11, "same address"),
    ('reader = "pdf"', 'raeder = "pdf"', 22, "did you mean “reader”"),
]


def write(folder: Path, text: str, name: str = "example-social") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf8")
    return path


def test_a_platform_file_says_where_its_documents_are_and_how_they_are_read(tmp_path: Path) -> None:
    write(tmp_path, SOUND)
    (platform,) = catalogue.load(tmp_path)
    terms, privacy = platform.documents
    assert (platform.id, platform.aliases, platform.group) == ("example-social", ("exsoc",), "social media")
    assert (terms.id, terms.language) == ("example-social/terms-of-service", "en")
    assert terms.parts[0].select == (Selector("main"), Selector(start="h1", end="footer"))
    assert [part.reader for part in privacy.parts] == [Reader.BROWSER, Reader.PDF]
    assert privacy.parts[1].drop_query == ("sid",), "what the document says holds for its parts"
    assert privacy.language == "de"


@pytest.mark.parametrize(("right", "wrong", "line", "message"), MISTAKES)
def test_a_wrong_file_says_file_line_and_mend(tmp_path: Path, right: str, wrong: str, line: int, message: str) -> None:
    assert right in SOUND
    path = write(tmp_path, SOUND.replace(right, wrong, 1))
    (mistake,) = catalogue.check([path])
    assert (mistake.file, mistake.line) == (str(path), line)
    assert str(mistake).startswith(f"{path}:{line}: ")
    assert message in str(mistake)
    with pytest.raises(CatalogueError):
        catalogue.load(tmp_path)


def test_a_platform_without_documents_is_a_mistake(tmp_path: Path) -> None:
    (mistake,) = catalogue.check([write(tmp_path, 'name = "Example"\n', "example")])
    assert "at least one [[document]]" in str(mistake)


def test_every_wrong_file_is_named_not_only_the_first(tmp_path: Path) -> None:
    paths = [write(tmp_path, "name = ", "one"), write(tmp_path, "nome = 1", "two"), tmp_path / "gone.toml"]
    assert {Path(mistake.file).stem for mistake in catalogue.check(paths)} == {"one", "two", "gone"}


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    path = tmp_path / "latin.toml"
    path.write_bytes('id = "latin"\nname = "Überall"'.encode("latin1"))
    (mistake,) = catalogue.check([path])
    assert "save it as UTF-8" in str(mistake)
    assert mistake.line == 2


def test_two_platforms_cannot_have_one_name(tmp_path: Path) -> None:
    paths = [write(tmp_path, SOUND), write(tmp_path, SOUND.replace("Example Social", "Ex Soc"), "zebra")]
    (mistake,) = catalogue.check(paths)
    assert "“exsoc” is also a name in example-social.toml" in str(mistake)


def test_our_own_catalogue_is_sound() -> None:
    assert catalogue.check(catalogue.FOLDER.glob("*.toml")) == ()


def test_our_own_catalogue_is_wide() -> None:
    platforms = catalogue.load()
    assert len(platforms) >= 60
    assert sum(len(platform.documents) for platform in platforms) >= 200
    assert {platform.group for platform in platforms} == set(GROUPS)


def test_our_own_catalogue_asks_for_a_browser_in_the_minority_of_cases() -> None:
    readers = [part.reader for p in catalogue.load() for document in p.documents for part in document.parts]
    assert readers.count(Reader.BROWSER) < len(readers) / 2


def test_no_platform_is_without_its_terms_or_its_privacy_policy() -> None:
    main = {"Terms of Service", "Privacy Policy", "General Conditions of Sale"}
    assert [p.id for p in catalogue.load() if not main & {document.type for document in p.documents}] == []


@pytest.mark.parametrize("name", ["x", "X", "twitter", "Twitter ", "x.com"])
def test_a_platform_is_found_by_any_of_its_names(name: str) -> None:
    found = catalogue.find(name)
    assert found is not None
    assert found.id == "x"


def test_le_chat_is_mistral() -> None:
    found = catalogue.find("le chat")
    assert found is not None
    assert found.id == "mistral"


def test_an_unknown_name_is_not_found_but_has_neighbours() -> None:
    assert catalogue.find("linkdin") is None
    assert catalogue.nearest("linkdin")[0].id == "linkedin"
    assert len({platform.id for platform in catalogue.nearest("re")}) == 3


@pytest.mark.parametrize(
    ("said", "type_"),
    [
        ("privacy", "Privacy Policy"),
        ("terms-of-service", "Terms of Service"),
        ("DPA", "Data Processor Agreement"),
        ("x", None),
    ],
)
def test_terms_types_go_by_everyday_words(said: str, type_: str | None) -> None:
    assert catalogue.find_type(said) == type_
