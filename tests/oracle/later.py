"""Amounts that came after this oracle was written: read from the rules, so that a new one is recorded in one place.

What the oracle knows itself stays its own, transcribed from the law sheets; `tests/it/law.rs` holds the rules against them.
"""
import pathlib
import tomllib

RULES = pathlib.Path(__file__).resolve().parent.parent.parent / "rules"


def base_salaries(after):
    """The base salaries that begin after a day (YYYY-MM-DD), as (day, amount)."""
    versions = tomllib.loads((RULES / "base_salary.toml").read_text(encoding="utf-8"))["version"]
    found = [(version["effective-from"].isoformat(), version["value"]) for version in versions]
    return sorted((day, amount) for day, amount in found if day > after)
