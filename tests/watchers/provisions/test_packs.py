"""German, French, Spanish, Dutch and Italian documents are recognised by packs: words as data, the model over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from watchers.errors import CatalogueError
from watchers.model import Stance
from watchers.provisions.again import Before, recognise_again
from watchers.provisions.judge import BY_WORDS
from watchers.provisions.packs import HINT, SURE, codes, pack, read_pack, spoken
from watchers.provisions.recogniser import recognise
from watchers.provisions.taxonomy import PROVISIONS

FRENCH = (
    "Nous collectons votre nom et votre adresse e-mail lorsque vous créez un compte sur le site des oiseaux. "
    "Nous ne vendons pas vos données personnelles. "
    "Vos données sont conservées pendant trois ans après la fermeture du compte. "
    "Vous disposez d'un droit d'accès, de rectification et d'effacement de vos données."
)


@pytest.mark.parametrize(
    ("code", "text", "provision", "doc_type"),
    [
        ("fr", "Nous conservons vos données pendant trois ans.", "retention", "Privacy Policy"),
        ("fr", "Les présentes conditions sont soumises au droit français.", "governing_law", "Terms of Service"),
        ("fr", "Vos données sont transmises à nos sous-traitants.", "service_providers", "Privacy Policy"),
        ("de", "Wir haften nicht für Schäden, die auf leichter Fahrlässigkeit beruhen.", "liability_limit", "Terms"),
        ("de", "Es gilt das Recht der Bundesrepublik Deutschland.", "governing_law", "Terms of Service"),
        ("de", "Wir setzen Cookies ein, um Ihren Warenkorb zu speichern.", "cookies_tracking", "Privacy Policy"),
        ("es", "Conservaremos sus datos mientras mantenga su cuenta.", "retention", "Privacy Policy"),
        ("es", "Puede ejercer sus derechos de acceso y rectificación.", "user_rights", "Privacy Policy"),
        ("es", "El usuario se obliga a no publicar contenidos ofensivos.", "prohibited_conduct", "Terms of Service"),
        ("nl", "Wij bewaren uw gegevens niet langer dan noodzakelijk.", "retention", "Privacy Policy"),
        ("nl", "De dienst is niet aansprakelijk voor indirecte schade.", "liability_limit", "Terms of Service"),
        ("it", "Le presenti condizioni sono regolate dalla legge italiana.", "governing_law", "Terms of Service"),
        ("it", "Conserviamo i dati per un periodo di dieci anni.", "retention", "Privacy Policy"),
    ],
)
def test_a_plain_sentence_of_the_language_is_recognised(code: str, text: str, provision: str, doc_type: str) -> None:
    assert provision in {found.provision for found in recognise(text, doc_type=doc_type, language=code)}


def test_the_language_is_told_from_the_text_where_nobody_says_it() -> None:
    found = {one.provision: one.stance for one in recognise(FRENCH, doc_type="Privacy Policy")}
    assert {"retention", "user_rights", "data_sale"} <= found.keys()
    assert found["data_sale"] is Stance.DOES_NOT
    assert spoken(FRENCH, "") == "fr"
    assert spoken("Nous collectons vos données.", "") == ""


def test_no_cue_of_english_is_tried_on_a_text_that_has_a_pack() -> None:
    english = "Disputes are settled by binding arbitration."
    (found,) = [one for one in recognise(english, doc_type="Terms", language="en") if one.provision == "arbitration"]
    assert found.cue not in (SURE, HINT)
    assert {one.cue for one in recognise(FRENCH, doc_type="Privacy Policy")} <= {SURE, HINT, BY_WORDS}


def test_a_new_french_version_is_recognised_by_the_old_one_as_from_the_beginning() -> None:
    old = FRENCH.replace("trois ans", "deux ans")
    before = Before(old, recognise(old, doc_type="Privacy Policy", language="fr"))
    again = recognise_again(FRENCH, before, doc_type="Privacy Policy", language="fr")
    assert again == recognise(FRENCH, doc_type="Privacy Policy", language="fr")


@pytest.mark.parametrize("code", codes())
def test_every_pack_speaks_of_known_provisions_in_patterns_that_compile(code: str) -> None:
    known = pack(code)
    assert known is not None
    assert known.cues.thresholds.keys() <= PROVISIONS.keys()
    assert all(probe.pattern.compiled for index in known.cues.index.values() for probe in index.probes)
    assert {stance for stance, _ in known.stances} == {Stance.DOES_NOT, Stance.OFFERS_CHOICE}


def test_english_and_languages_without_a_pack_have_none() -> None:
    assert codes() == ("de", "es", "fr", "it", "nl")
    assert pack("en") is None
    assert pack("ja") is None
    assert pack("") is None


def test_a_key_that_a_pack_does_not_know_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "fr.toml"
    path.write_text("[retention]\nsur = ['''garder''']\n", encoding="utf8")
    with pytest.raises(CatalogueError, match=r"fr\.toml.*1.*sur"):
        read_pack(path)
