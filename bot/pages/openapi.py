"""The OpenAPI description of the JSON interface; a test holds it against the routes."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

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
_ERROR = {
    "description": "What is wrong, in a sentence",
    "content": {
        "application/json": {
            "schema": {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
        }
    },
}


def _path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def _query(name: str, values: tuple[str, ...] = ()) -> Json:
    schema: Json = {"type": "string", "maxLength": 100}
    return {"name": name, "in": "query", "schema": {**schema, "enum": list(values)} if values else schema}


def _get(summary: str, *parameters: Json, required: tuple[str, ...] = ()) -> Json:
    answer = {
        "description": summary,
        "content": {"application/json": {"schema": {"type": "object", "required": list(required)}}},
    }
    responses: Json = {"200": answer, "304": {"description": "Nothing changed since the validator sent"}, "429": _ERROR}
    if any(each["in"] == "path" for each in parameters):
        responses["404"] = _ERROR
    if any(each["in"] == "query" for each in parameters):
        responses["400"] = _ERROR
    return {"get": {"summary": summary, "parameters": list(parameters), "responses": responses}}


DESCRIPTION: Json = {
    "openapi": "3.1.0",
    "info": {
        "title": "Clausewatch",
        "version": "1",
        "description": "What platforms' documents say and how they changed. A description, no legal determination.",
    },
    "paths": {
        "/api/v1/platforms": _get("List platforms", _LIMIT, _OFFSET, required=("total", "platforms")),
        "/api/v1/platforms/{platform}": _get("One platform", _path("platform"), required=("id", "documents")),
        "/api/v1/documents/{platform}/{name}": _get(
            "One document", _path("platform"), _path("name"), required=("id", "versions")
        ),
        "/api/v1/versions/{version}": _get("One version with its words", _path("version"), required=("id", "text")),
        "/api/v1/changes": _get(
            "List changes, newest first",
            _LIMIT,
            _OFFSET,
            _query("platform"),
            _query("document"),
            _query("provision"),
            _query("significance", ("substantive", "cosmetic")),
            required=("changes",),
        ),
        "/api/v1/changes/{change}": _get("One change with its passages", _path("change"), required=("id", "passages")),
        "/api/v1/provisions": _get("List the types of provisions", required=("total", "provisions")),
        "/api/v1/provisions/{provision}": _get(
            "One provision over all platforms", _path("provision"), required=("provision", "rows")
        ),
        "/api/v1/openapi.json": _get("This description", required=("openapi", "paths")),
    },
}
