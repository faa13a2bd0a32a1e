"""The names of months, in the languages policies come in, and the years of Japanese eras.

Only names are here (`rules/months.toml`); how a date is written is told in `dates`.
"""

from __future__ import annotations

from watchers.comparing.tables import table

MONTH = {name: number for number, names in enumerate(table("months").values(), 1) for name in names}
"""The number of a month by its name, in small letters."""

ERA = {"令和": 2018, "平成": 1988, "昭和": 1925}
"""What is added to the year of a Japanese era; its first year is also written 元."""
