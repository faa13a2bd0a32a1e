"""Where imported services and documents belong among those we know."""

from storage.importers.names import Names, fitted
from watchers.model import Document, Part, Platform

PAGE = "https://tern.example/terms"
OURS = Document("tern/terms-of-service", "tern", "Terms of Service", (Part(PAGE),))
TERN = Platform("tern", "Tern", ("sternidae",), "travel", (OURS,))


def declared(name: str, *types: str) -> Platform:
    own = name.lower()
    documents = (Document(f"{own}/{kind}", own, kind, (Part(f"{PAGE}/{kind}"),), source="elsewhere") for kind in types)
    return Platform(own, name, documents=tuple(documents))


def test_a_document_of_the_catalogue_stands_and_what_it_lacks_is_added() -> None:
    platform, ours = fitted(Names((TERN,)), declared("Tern", "Terms of Service", "Privacy Policy"))
    assert ours == 1
    assert [document.id for document in platform.documents] == ["tern/privacy-policy"]
    assert (platform.aliases, platform.group) == (("sternidae",), "travel")


def test_a_service_goes_by_any_name_we_know_it_by() -> None:
    platform, _ = fitted(Names((TERN,)), declared("Sternidae", "Privacy Policy"))
    assert (platform.id, platform.name) == ("tern", "Tern")
    assert platform.documents[0].platform == "tern"


def test_a_service_nobody_knows_is_new_and_its_documents_may_be_declared_anew() -> None:
    first, ours = fitted(Names((TERN,)), declared("Gull", "Terms of Service"))
    assert (first.id, ours) == ("gull", 0)
    again, ours = fitted(Names((TERN, first)), declared("Gull", "Terms of Service"))
    assert (again, ours) == (first, 0)
