"""Peer: Polars, one lazy query from scan_csv to sink_csv, or from Parquet to Parquet.

    python polars_lazy.py in.csv out.csv
    python polars_lazy.py in.parquet out.parquet

The ladder rank is a running count of GD members minus its value where the household began; that needs no
grouping, only that the rows of one household stand together. `cum_sum().over("household_id")` gives the same
file more slowly. All arithmetic is on Int64: exact. Halves round up, as all amounts are positive.
"""

import sys
from datetime import date

import polars as pl

GROUPS = ["GD", "HS", "SV", "CN", "GB", "HN", "TE", "DN", "CH", "HT"]
COLUMNS = {
    "household_id": pl.String,
    "person_id": pl.String,
    "born": pl.Date,
    "group": pl.Enum(GROUPS),
    "salary": pl.Int64,
    "from": pl.Date,
    "paid_on": pl.Date,
    "months": pl.Int64,
}
LATER = [(date(2024, 7, 1), 2_340_000), (date(2026, 7, 1), 2_530_000)]
BEFORE = 1_800_000

group, salary, first_day, paid_on, months = map(pl.col, ("group", "salary", "from", "paid_on", "months"))
on_ladder = group == "GD"
wage_earner = group.is_in(["DN", "CH"])
pupil = group.is_in(["HS", "SV"])
prepaid = group.is_in(["HS", "SV", "CN", "GB"])
state_paid = group.is_in(["HN", "TE"])


def whole(value: int) -> pl.Expr:
    return pl.lit(value, dtype=pl.Int64)


def base_salary_on(day: pl.Expr) -> pl.Expr:
    base = whole(BEFORE)
    for since, amount in LATER:
        base = pl.when(day >= since).then(whole(amount)).otherwise(base)
    return base


def sum_over_months(amount_for) -> pl.Expr:
    """Adds up the months of cover, each with the base salary of its first day (changes fall on firsts of months)."""
    total, counted, base = whole(0), whole(0), BEFORE
    for since, next_base in LATER:
        until = 12 * (since.year - first_day.dt.year().cast(pl.Int64)) + since.month - first_day.dt.month()
        until = until.clip(0, months)
        total += amount_for(base) * (until - counted)
        counted, base = until, next_base
    return total + amount_for(base) * (months - counted)


def whole_dong(thousandths: pl.Expr) -> pl.Expr:
    return (thousandths + 500) // 1000


ladder_members = on_ladder.cast(pl.Int64).cum_sum()
household_begins = pl.col("household_id").ne_missing(pl.col("household_id").shift(1))
before_household = pl.when(household_begins).then(ladder_members - on_ladder.cast(pl.Int64)).forward_fill()
rank = pl.col("member_rank")
ladder_tenths = (
    pl.when(rank == 1).then(whole(10))
    .when(rank == 2).then(whole(7))
    .when(rank == 3).then(whole(6))
    .when(rank == 4).then(whole(5))
    .otherwise(whole(4))
)

# What all months together are assessed on; the premium is 4.5 % of it.
frozen = base_salary_on(paid_on) * months
assessed = (
    pl.when(on_ladder).then(frozen * ladder_tenths // 10)
    .when(prepaid).then(frozen)
    .when(state_paid).then(sum_over_months(whole))
    .when(wage_earner).then(sum_over_months(lambda base: pl.min_horizontal(salary, whole(20 * base))))
    .when(group == "HT").then(salary * months)
)
own_percent = (
    pl.when(on_ladder).then(whole(100))
    .when(pupil & (paid_on < date(2025, 7, 1))).then(whole(70))
    .when(pupil).then(whole(50))
    .when(group == "CN").then(whole(30))
    .when(group == "GB").then(whole(70))
    .otherwise(whole(0))
)
own_share = (
    pl.when(wage_earner).then(whole_dong(15 * pl.col("assessed")))
    .otherwise((45 * pl.col("assessed") * own_percent + 50_000) // 100_000)
)
rest = pl.col("premium") - pl.col("person")

source, target = sys.argv[1:3]
people = pl.scan_parquet(source).cast(COLUMNS) if source.endswith(".parquet") else pl.scan_csv(source, schema=COLUMNS)
answered = (
    people
    .with_columns(member_rank=pl.when(on_ladder).then(ladder_members - before_household))
    .with_columns(assessed=assessed)
    .with_columns(premium=whole_dong(45 * pl.col("assessed")), person=own_share)
    .select(
        *COLUMNS,
        "premium",
        "person",
        employer=pl.when(wage_earner).then(rest).otherwise(whole(0)),
        social_insurance_fund=pl.when(group == "HT").then(rest).otherwise(whole(0)),
        state=pl.when(prepaid | state_paid).then(rest).otherwise(whole(0)),
        local=whole(0),
        other=whole(0),
        member_rank="member_rank",
    )
)
if target.endswith(".parquet"):
    answered.sink_parquet(target, compression="snappy")
else:
    answered.sink_csv(target)
