"""`card`: a file's card is the card that a chat would show of it."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from bot.cli.cards import card_one
from bot.cli.texts import answer_lines
from watchers.errors import ClausewatchError

TERMS = (
    "# Terms\n\nAny dispute between you and us will be resolved by binding arbitration under the rules of the bureau.\n"
)


def asked(path: Path, provision: str = "arbitration") -> dict[str, Any]:
    return {
        "id": 7,
        "platform": "Tern",
        "provision": provision,
        "documents": [{"doc_type": "Terms", "path": str(path)}],
    }


@pytest.fixture
def terms(tmp_path: Path) -> Path:
    path = tmp_path / "terms.md"
    path.write_text(TERMS, encoding="utf8")
    return path


def test_a_line_is_answered_with_the_card_of_the_documents(terms: Path) -> None:
    told = StringIO()
    answer_lines(StringIO(json.dumps(asked(terms)) + "\n"), told, card_one)
    answer = json.loads(told.getvalue())
    assert (answer["id"], answer["present"], answer["document"], answer["stance"]) == (7, True, "Terms", "does")
    assert answer["excerpt"] in TERMS


def test_what_no_document_speaks_of_is_not_present(terms: Path) -> None:
    answer = card_one(asked(terms, "biometric"))
    assert (answer["present"], answer["excerpt"], answer["stance"]) == (False, "", None)


def test_an_unknown_provision_is_refused_with_the_nearest_names(terms: Path) -> None:
    with pytest.raises(ClausewatchError, match="arbitration"):
        card_one(asked(terms, "arbitrasion"))
