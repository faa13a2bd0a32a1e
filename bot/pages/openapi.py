"""The OpenAPI description of the JSON interface; a test holds it against the routes and their answers."""

from __future__ import annotations

from typing import Any

from watchers.provisions.taxonomy import PROVISIONS

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
MAYBE: Json = {"type": ["string", "null"]}
NUMBER: Json = {"type": "integer"}
MOMENT: Json = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Json = {"type": ["string", "null"], "format": "date-time"}
_LIMIT = {
    "name": "limit",
    "in": "query",
    "schema": {"type": "integer", "minimum": 1, "maximum": 200, "default": 50},
}
_OFFSET = {
    "name": "offset",
    "in": "query",
    "schema": {"type": "integer", "minimum": 0, "maximum": 1_000_000, "default": 0},
}


def _list(of: Json) -> Json:
    return {"type": "array", "items": of}


def _object(**properties: Json) -> Json:
    return {"type": "object", "required": list(properties), "properties": properties}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


_PLACE = _object(version=TEXT, start=NUMBER, text=TEXT)
_CHANGE = {
    "id": TEXT,
    "document": TEXT,
    "seen_at": MOMENT,
    "before": TEXT,
    "after": TEXT,
    "significance": {"type": "string", "enum": ["substantive", "cosmetic", "unreadable"]},
    "reasons": _list(TEXT),
    "headline": TEXT,
    "effective": {"type": ["string", "null"], "format": "date"},
    "provisions": _list(_object(provision=TEXT, turn=TEXT)),
}
_DOCUMENT = {
    **dict.fromkeys(("id", "platform", "type", "language", "source", "licence"), TEXT),
    "addresses": _list(TEXT),
}
_VERSION = {
    **dict.fromkeys(("id", "document", "sha256", "language", "rules"), TEXT),
    "seen_at": MOMENT,
}
_FINDING = {
    **dict.fromkeys(("provision", "excerpt", "stance", "exposure"), TEXT),
    **dict.fromkeys(("start", "end"), NUMBER),
    "confidence": {"type": "number"},
}

SCHEMAS: Json = {
    "Error": _object(error=TEXT),
    "Platform": _object(id=TEXT, name=TEXT, aliases=_list(TEXT), documents=_list(_ref("Document"))),
    "Document": _object(**_DOCUMENT),
    "DocumentNow": _object(
        **_DOCUMENT,
        latest=MAYBE,
        last_look=MAYBE_MOMENT,
        blind_since=MAYBE_MOMENT,
        provisions=_list(_ref("Finding")),
    ),
    "VersionNote": _object(**_VERSION, ordinal=NUMBER, source=TEXT, chain=TEXT),
    "Version": _object(**_VERSION, text=TEXT, provisions=_list(_ref("Finding"))),
    "Finding": _object(**_FINDING),
    "Change": _object(**_CHANGE),
    "Passage": _object(
        kind=TEXT,
        significance=TEXT,
        direction=TEXT,
        path=_list(TEXT),
        before={"anyOf": [_PLACE, {"type": "null"}]},
        after={"anyOf": [_PLACE, {"type": "null"}]},
    ),
    "ChangeWhole": _object(**_CHANGE, passages=_list(_ref("Passage"))),
    "Provision": _object(id=TEXT, title=TEXT, group=TEXT, definition=TEXT),
    "Row": _object(
        platform=TEXT,
        document=TEXT,
        excerpt=TEXT,
        version=MAYBE,
        start={"type": ["integer", "null"]},
        end={"type": ["integer", "null"]},
        stance=MAYBE,
        exposure=MAYBE,
        since=MAYBE_MOMENT,
    ),
}
_ERROR = {
    "description": "What is wrong, in a sentence",
    "content": {"application/json": {"schema": _ref("Error")}},
}


def _path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query(name: str, values: tuple[str, ...] = ()) -> Json:
    schema: Json = {"type": "string", "maxLength": 200}
    return {"name": name, "in": "query", "schema": {**schema, "enum": list(values)} if values else schema}


def _get(summary: str, schema: Json, *parameters: Json) -> Json:
    answer = {"description": summary, "content": {"application/json": {"schema": schema}}}
    responses: Json = {"200": answer, "304": {"description": "Nothing changed since the validator sent"}, "429": _ERROR}
    if any(each["in"] == "path" for each in parameters):
        responses["404"] = _ERROR
    if any(each["in"] == "query" for each in parameters):
        responses["400"] = _ERROR
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


def _page(summary: str, name: str, of: str, *parameters: Json, **more: Json) -> Json:
    schema = _object(**more, total=NUMBER, **{name: _list(_ref(of))})
    return _get(summary, schema, *parameters, _LIMIT, _OFFSET)


DESCRIPTION: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "Clausewatch",
        "version": "1",
        "description": "What platforms' documents say and how they changed. A description, no legal determination.",
    },
    "paths": {
        "/api/v1/platforms": _page("List platforms", "platforms", "Platform"),
        "/api/v1/platforms/{platform}": _get("One platform", _ref("Platform"), _path("platform")),
        "/api/v1/documents": _page("List documents", "documents", "Document"),
        "/api/v1/documents/{platform}/{name}": _get(
            "One document, and what was recognised in it", _ref("DocumentNow"), _path("platform"), _path("name")
        ),
        "/api/v1/documents/{platform}/{name}/versions": _page(
            "List the versions of a document, newest first", "versions", "VersionNote", _path("platform"), _path("name")
        ),
        "/api/v1/versions/{version}": _get("One version with its words", _ref("Version"), _path("version")),
        "/api/v1/changes": _page(
            "List changes, newest first",
            "changes",
            "Change",
            _query("platform"),
            _query("document"),
            _query("provision", tuple(PROVISIONS)),
            _query("significance", ("substantive", "cosmetic")),
        ),
        "/api/v1/changes/{change}": _get("One change with its passages", _ref("ChangeWhole"), _path("change")),
        "/api/v1/provisions": _get(
            "List the types of provisions", _object(total=NUMBER, provisions=_list(_ref("Provision")))
        ),
        "/api/v1/provisions/{provision}": _page(
            "One provision over all platforms", "rows", "Row", _path("provision"), provision=TEXT
        ),
        "/api/v1/openapi.json": _get("This description", {"type": "object", "required": ["openapi", "paths"]}),
    },
    "components": {"schemas": SCHEMAS},
}
