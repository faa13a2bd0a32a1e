"""Frozen values to JSON and back, by their own field types; fields at their default are left out.

Adding a field with a default to a value needs no migration: what was kept before reads as the default.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain = Any


def dumps(value: object) -> str:
    """Return a value, or a tuple of values, as compact JSON."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], packed: str | bytes) -> T:
    """Return the value of that type; raise KeyError or TypeError when the JSON is of another shape."""
    value: T = _builder(_hashable(kind))(json.loads(packed))
    return value


def loads_all(kind: type[T], packed: str | bytes) -> tuple[T, ...]:
    """Return a tuple of values of that type."""
    build = _builder(_hashable(kind))
    return tuple(build(item) for item in json.loads(packed))


def plain(value: object) -> Plain:
    """Return dicts, lists and scalars that stand for a value."""
    return _plainer(_hashable(type(value)))(value)


def build(kind: type[T], value: Plain) -> T:
    """Return the value of that type that dicts, lists and scalars stand for."""
    built: T = _builder(_hashable(kind))(value)
    return built


@cache
def _plainer(kind: Any) -> Callable[[Any], Plain]:
    if is_dataclass(kind):
        known = _defaults(_hashable(kind))
        return lambda value: {name: plain(kept) for name, default in known if (kept := getattr(value, name)) != default}
    if issubclass(kind, tuple | list | frozenset):
        return lambda value: [plain(item) for item in value]
    if issubclass(kind, datetime | date):
        return kind.isoformat  # type: ignore[no-any-return]
    return _same


@cache
def _defaults(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, _default(field)) for field in fields(kind))


def _default(field: Field[Any]) -> object:
    return field.default if field.default is not MISSING else _NOTHING


_NOTHING = object()


@cache
def _builder(kind: Any) -> Callable[[Plain], Any]:
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        return _optional(next(arm for arm in inner if arm is not type(None)))
    if origin is tuple:
        return _tuple(inner)
    if is_dataclass(kind):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, datetime | date):
        return kind.fromisoformat
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind
    return _same


def _hashable(kind: Any) -> Any:
    return kind  # a type is, though the checker does not know it of a type variable


def _same(value: Plain) -> Plain:
    return value


def _optional(arm: Any) -> Callable[[Plain], Any]:
    build = _builder(arm)
    return lambda value: None if value is None else build(value)


def _tuple(inner: tuple[Any, ...]) -> Callable[[Plain], Any]:
    if len(inner) == 2 and inner[1] is Ellipsis:
        build = _builder(inner[0])
        return lambda value: tuple([build(item) for item in value])
    builders = tuple(_builder(arm) for arm in inner)
    return lambda value: tuple(build(item) for build, item in zip(builders, value, strict=True))


def _dataclass(kind: Any) -> Callable[[Plain], Any]:
    hints = get_type_hints(kind)
    builders = {field.name: _builder(hints[field.name]) for field in fields(kind) if field.init}
    # a field that a later program dropped is passed over, so that an older archive stays readable
    return lambda value: kind(**{name: builders[name](kept) for name, kept in value.items() if name in builders})
