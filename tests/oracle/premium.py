#!/usr/bin/env python3
"""Second, independent implementation of health-insurance premiums (Vietnam), used as a test oracle.

Reads the CSV of `bhyt batch premium` on stdin, writes the same rows with the amounts appended on stdout.
Written from the law sheet ("contributions"; its sections a to g are named below) and from the conventions of the
tool, never from the Rust code. Integers only: an amount is held in units of 1/30,000,000 dong, so every rate
(1/1000), ladder share (1/100) and payer share (1/300) is exact, and rounding happens once, at the end.
"""

import csv
import os
import re
import sys
import unicodedata
from bisect import bisect_right
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

import later
import places

# ======================================================================================================================
# The law
# ======================================================================================================================

OPEN = "9999-12-31"  # no end recorded

# a.1  Base salary (luong co so), dong a month. a.2: since 2025-07-01 "reference level", same value.
BASE_SALARY = [
    ("2009-05-01", 650_000),    # ND 33/2009
    ("2010-05-01", 730_000),    # ND 28/2010
    ("2011-05-01", 830_000),    # ND 22/2011
    ("2012-05-01", 1_050_000),  # ND 31/2012
    ("2013-07-01", 1_150_000),  # ND 66/2013
    ("2016-05-01", 1_210_000),  # ND 47/2016
    ("2017-07-01", 1_300_000),  # ND 47/2017
    ("2018-07-01", 1_390_000),  # ND 72/2018
    ("2019-07-01", 1_490_000),  # ND 38/2019
    ("2023-07-01", 1_800_000),  # ND 24/2023
    ("2024-07-01", 2_340_000),  # ND 73/2024 art. 3.2
    ("2026-07-01", 2_530_000),  # ND 161/2026 art. 3.2
]
BASE_SALARY += later.base_salaries(after=BASE_SALARY[-1][0])

# a.3  Salary counts up to 20 base salaries. (Pension and unemployment benefit are not salary: no cap.)
CAP_MULTIPLE = 20

# b.  Contribution rate, per thousand.
RATE = [("2009-07-01", 30), ("2010-01-01", 45)]
RATE_PUPILS = [("2009-07-01", 30), ("2015-01-01", 45)]  # pupils and students stay at 3 % until 2014-12-31

# c.1  Household ladder, per cent; the last value holds for every further member.
LADDER = [
    ("2009-07-01", (100, 90, 80, 70, 60)),
    ("2015-01-01", (100, 70, 60, 50, 40)),
]

# d.  Groups. Each period: (from, until, base, date that picks the base, who pays).
#   base:   BASE = base salary, SALARY = salary capped at 20 base salaries, BENEFIT = pension or unemployment benefit
#   date:   PAID = day of payment, frozen (f.5); MONTHS = first day of every month of cover
#   payers: see PAYERS; SUPPORTED = state share of section e, local share of section g, the person pays the rest
BASE, SALARY, BENEFIT = "base salary", "salary", "benefit"
PAID, MONTHS = "payment date", "each month"
SUPPORTED = "supported"

L2009, L2015, D146, L2025 = "2009-07-01", "2015-01-01", "2018-12-01", "2025-07-01"
BEFORE_D146, BEFORE_L2025 = "2018-11-30", "2025-06-30"


def since(start, base, when, payers):
    return [(start, OPEN, base, when, payers)]


ND70, TTLT49 = "2015-10-15", "2016-06-01"
STATE_PAID = since(L2015, BASE, MONTHS, "state")
FUND_PAID = since(L2015, BASE, MONTHS, "fund")
# Law 25/2008 in its first wording, art. 12 and 13.1 (law sheet before-2015, section 2): the same payer before and after 2015.
STATE_PAID_2009 = since(L2009, BASE, MONTHS, "state")   # 13.1.d-bar: clauses 7, 9 to 18
FUND_PAID_2009 = since(L2009, BASE, MONTHS, "fund")     # 13.1.c: clauses 4 and 6
BEFORE_L2015 = "2014-12-31"
IN_2014 = [("2014-01-01", BEFORE_L2015, BASE, PAID, SUPPORTED)]  # 51.2.d: clauses 23 and 24, paid by themselves

GROUPS = {  # id: (category, card codes, periods)                                               article old / new
    # category 1: employer and worker
    "worker": (1, "DN HX NN TK CH", since(L2009, SALARY, MONTHS, "employer 2 : person 1")),          # 1a / 1a,c,d
    "civil-servant": (1, "HC", since(L2009, SALARY, MONTHS, "employer 2 : person 1")),               # 1a / 1e
    "commune-part-timer": (1, "XK", since(L2015, BASE, MONTHS, "employer 2 : person 1")),            # 1b / 1g
    "unpaid-manager": (1, "", since(L2025, SALARY, MONTHS, "person")),                               # - / 1b
    "household-business-owner": (1, "", since(L2025, SALARY, MONTHS, "person")),                     # - / 1d-bar
    "defence-worker": (1, "", since(L2015, SALARY, MONTHS, "employer 2 : person 1")),                # 1a / 1h
    "defence-worker-relative": (1, "TV", since(D146, BASE, MONTHS, "employer")),                     # 146 art. 6 / 1i
    "cipher-staff-relative": (1, "", since(D146, BASE, MONTHS, "employer")),                        # - / 188 art. 5.5
    # category 2: paid by social insurance
    "pensioner": (2, "HT", since(L2009, BENEFIT, MONTHS, "fund")),                                   # 2a
    "work-accident": (2, "TB", FUND_PAID_2009),                                                           # 2b
    "long-illness": (2, "NO", FUND_PAID),                                                            # 2b
    "retired-commune-cadre": (2, "XB", FUND_PAID_2009),                                                   # 2c
    "unemployed": (2, "TN", since(L2009, BENEFIT, MONTHS, "fund")),                                  # 2d
    "rubber-worker": (2, "CS", FUND_PAID),                                                           # decree / 188 5.1
    "maternity-leave": (2, "", [                                                                     # 146 art. 2.5 / 2b
        (L2015, BEFORE_L2025, SALARY, MONTHS, "fund"),  # salary before the leave
        (L2025, OPEN, BASE, MONTHS, "fund"),
    ]),
    "sick-leave": (2, "", since(L2025, BASE, MONTHS, "fund")),                                       # - / 2b
    "elderly-survivor": (3, "CT", [                                                                  # 2b, 146 art. 3 / 3s
        (L2015, BEFORE_D146, BASE, MONTHS, "fund"),
        (D146, OPEN, BASE, MONTHS, "state"),
    ]),
    # category 3: paid by the state
    "army": (3, "QN", since(ND70, SALARY, MONTHS, "state")),                                        # 3a
    "police": (3, "CA", [                                                                            # clause 2 / 3a
        (L2009, BEFORE_L2015, SALARY, MONTHS, "employer 2 : person 1"),  # 13.1.a names clauses 1 and 2
        (L2015, OPEN, SALARY, MONTHS, "state"),
    ]),
    "cipher": (3, "CY", since(ND70, SALARY, MONTHS, "state")),                                      # 3a
    "conscript": (3, "", since(ND70, BASE, MONTHS, "state")),                                        # 3a / 3b
    "foreign-cadet": (3, "", since(L2025, BASE, MONTHS, "state")),                                   # - / 3c
    "reserve-officer-trainee": (3, "", since(L2025, BASE, MONTHS, "state")),                         # - / 3d
    "standing-militia": (3, "", since(L2025, BASE, MONTHS, "state")),                                # - / 3d-bar
    "commune-cadre-state-allowance": (3, "XN", STATE_PAID_2009),                                          # 3b / 3p
    "ex-disability": (3, "MS", [(L2009, BEFORE_L2015, BASE, MONTHS, "fund")] + STATE_PAID),  # 13.1.c: clause 5;                                                          # 3c / 3q
    "merit-top": (3, "CC", STATE_PAID_2009),                                                              # 3d / 3e
    "merit-other": (3, "CK", STATE_PAID_2009),                                                            # 3d / 3e
    "veteran": (3, "CB", STATE_PAID_2009),                                                                # 3d / 3e
    "resistance-participant": (3, "KC", STATE_PAID_2009),                                                 # 3d / 188 5.6
    "deputy": (3, "HD", STATE_PAID_2009),                                                                 # 3d-bar / 3g
    "child-under-six": (3, "TE", STATE_PAID_2009),                                                        # 3e / 3h
    "social-allowance": (3, "BT", STATE_PAID_2009),                                                       # 3g / 3r
    "poor": (3, "HN", STATE_PAID_2009),                                                                   # 3h / 3o
    "ethnic-minority-difficult-area": (3, "DT", STATE_PAID_2009),                                         # 3h / 3o
    "specially-difficult-area": (3, "DK", STATE_PAID),                                               # 3h / 3o
    "island": (3, "XD", STATE_PAID),                                                                 # 3h / 3o
    "martyr-relative": (3, "TS", STATE_PAID_2009),                                                        # 3i / 3i
    "merit-relative": (3, "TC", STATE_PAID_2009),                                                         # 3i,k / 3k
    "merit-carer": (3, "PV", STATE_PAID),                                                            # decree / 3k
    "army-relative": (3, "TQ", STATE_PAID_2009),                                                          # 3l
    "police-relative": (3, "TA", STATE_PAID_2009),                                                        # 3l
    "cipher-relative": (3, "TY", STATE_PAID_2009),                                                        # 3l
    "organ-donor": (3, "HG", STATE_PAID_2009),                                                            # 3m
    "foreign-scholarship": (3, "LS", since(L2009, BASE, MONTHS, "other")),                           # 3n
    "safe-zone-resident": (3, "AK", since("2023-10-19", BASE, MONTHS, "state")),                              # 75/2023 art. 3.2 / 188 5.2
    "social-pension": (3, "LH", since(L2025, BASE, MONTHS, "state")),                                # - / 3t
    "pre-pension-allowance": (3, "", since(L2025, BASE, MONTHS, "state")),                           # - / 3u
    "low-income-artisan": (3, "", since(D146, BASE, MONTHS, "state")),                               # 146 art. 3 / 188 5.3
    "commune-military-trainee": (3, "", since(TTLT49, BASE, MONTHS, "state")),                       # TTLT49 / 188 5.7
    # category 4: supported by the state (near-poor at 100 %: base of each month, see `terms_of`)
    "near-poor": (4, "CN", since(L2009, BASE, PAID, SUPPORTED)),                                     # 4a
    "multidimensional-poor": (4, "", [(D146, BEFORE_L2025, BASE, PAID, SUPPORTED)]),                 # 146 art. 4.2 / -
    "pupil": (4, "HS", since("2010-01-01", BASE, PAID, SUPPORTED)),                                  # 4b
    "student": (4, "SV", since("2010-01-01", BASE, PAID, SUPPORTED)),                                # 4b
    "average-income-farm-household": (4, "GB", since("2012-01-01", BASE, PAID, SUPPORTED)),          # decree / 4d
    "grassroots-security": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                             # - / 4c
    "village-health-worker": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                           # - / 4d-bar
    "village-staff": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                                   # - / 4e
    "ethnic-minority-former-difficult": (4, "", since("2023-11-01", BASE, PAID, SUPPORTED)),         # 75/2023 / 4g
    "artisan": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                                         # - / 4h
    "trafficking-victim": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                              # - / 4i
    "mine-victim": (4, "", since(L2025, BASE, PAID, SUPPORTED)),                                     # - / 188 5.4
    "worker-relative": (4, "", IN_2014),                                                             # clause 23 of 2008
    "cooperative-member": (4, "", IN_2014),                                                          # clause 24 of 2008
    # category 5: the person pays (or a province, section g)
    "household": (5, "GD", since(L2009, BASE, PAID, SUPPORTED)),                                     # 5 / 5a
    "charity-resident": (5, "", since(L2025, BASE, PAID, SUPPORTED)),                                # - / 5b
    "unpaid-leave": (5, "", since(L2025, BASE, PAID, SUPPORTED)),                                    # - / 5c
    "individual": (5, "", since(L2025, BASE, PAID, SUPPORTED)),                                      # - / 5d
}
LADDER_GROUP = "household"  # the only group that takes a place on the ladder (c.2)
PUPILS = {"pupil", "student"}

# e.1  State share, per cent of the premium, on the day of payment. The highest matching row counts (e.2).
# condition: None, a tag, or a window (tag, months): a month that is paid for begins in the months from the tag's date on
# (support lasts 36 months, one year, five years); a tag without a date is taken at its word.
STATE_SHARE = [
    # who, needed tags, from, until, per cent, window (tag, months) or None
    ("near-poor", (), "2009-07-01", "2011-12-31", 50, None),
    ("near-poor", (), "2012-01-01", OPEN, 70, None),                                    # QD 797 (2012), D105, D146, D188
    ("near-poor", ("poor-district",), "2013-05-08", BEFORE_L2025, 100, None),           # QD 705 (2013), D105, D146
    ("near-poor", ("left-poverty",), "2013-05-08", BEFORE_D146, 100, ("left-poverty", 60)),  # QD 705 (2013), D105
    ("near-poor", ("poor-commune",), L2025, OPEN, 100, None),                           # D188 6.6.a
    ("multidimensional-poor", (), D146, BEFORE_L2025, 70, None),
    ("pupil", (), "2010-01-01", BEFORE_L2025, 30, None),
    ("pupil", (), L2025, OPEN, 50, None),                                               # D188 6.6.d-bar
    ("student", (), "2010-01-01", BEFORE_L2025, 30, None),
    ("student", (), L2025, OPEN, 50, None),
    ("pupil", ("near-poor-family",), "2010-01-01", "2014-12-31", 50, None),             # sheet before-2015: Q&A 387
    ("student", ("near-poor-family",), "2010-01-01", "2014-12-31", 50, None),
    ("average-income-farm-household", (), "2012-01-01", OPEN, 30, None),                # D188 6.6.e
    ("ethnic-minority-former-difficult", (), "2023-11-01", BEFORE_L2025, 70, None),     # D75: 36 months from 2023-11-01
    ("ethnic-minority-former-difficult", (), L2025, OPEN, 70, ("left-difficult-list", 36)),  # D188 6.6.c: from the exit
    ("grassroots-security", (), L2025, OPEN, 50, None),
    ("village-health-worker", (), L2025, OPEN, 50, None),
    ("village-staff", (), L2025, OPEN, 50, None),
    ("artisan", (), L2025, OPEN, 50, None),
    ("trafficking-victim", (), L2025, OPEN, 50, ("confirmed-trafficking-victim", 12)),  # D188 6.6.d: one year
    ("mine-victim", (), L2025, OPEN, 30, None),
    # Which of several categories a person joins under is an input (art. 13.5), never taken from tags.
]
# e.1, D105 adds to the five years of the newly non-poor "at least one left"; the tool lists that half as a known gap.
# g.  Local share, per cent of the premium, on top of the state share (together at most 100), on the day of payment.
# g. Local policies and the names of places: places.py, from the sheet on provinces.

# f.7  Start of the card when not given. Those who wait start 30 days after payment, unless an earlier card still runs (the new
# one follows it) or has not lapsed (the new one starts on the day of payment: 146 art. 13.8, 188 art. 13.9). Days without a
# card run from the day after the old card to the day before payment. Who waits:
#   first wording of the Law, art. 16.3: voluntary members only (household), after any gap;
#   2014 art. 16.3.c: categories 4 and 5, and by 146 art. 13.8 relatives paid by an employer; three months of one fiscal year;
#   2024 art. 16.3.c: categories 4 and 5; 90 days.
WAIT_DAYS = 30
LAPSE_MONTHS_BEFORE_L2025 = 3
LAPSE_DAYS_SINCE_L2025 = 90
PAID_BY_EMPLOYER = {"defence-worker-relative", "cipher-staff-relative"}

# c.4, f.8  Months of one payment
LONGEST = 12
SCHOOL_LONGEST = 16  # pupils and students only: from a September to the end of the next year

# Who pays, in 1/300, in the order in which the rest of the rounding is taken ("remainder taker").
TAKERS = ("employer", "state", "fund", "local", "other", "person")
PAYERS = {
    "employer 2 : person 1": (200, 0, 0, 0, 0, 100),
    "employer": (300, 0, 0, 0, 0, 0),
    "state": (0, 300, 0, 0, 0, 0),
    "fund": (0, 0, 300, 0, 0, 0),  # social-insurance fund, with the unemployment fund
    "other": (0, 0, 0, 0, 300, 0),
    "person": (0, 0, 0, 0, 0, 300),
}

# ======================================================================================================================
# Reading
# ======================================================================================================================


class Rejected(Exception):
    """The row has no answer."""


def fold(text):
    """Trimmed, lower case, without diacritics, blanks as hyphens."""
    text = unicodedata.normalize("NFD", text.strip().lower().replace("đ", "d"))
    text = "".join(c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\s_]+", "-", text)


GROUP_NAMES = {fold(name): group for group, (_, codes, _) in GROUPS.items() for name in [group, *codes.split()]}


@lru_cache(maxsize=None)
def group_named(text):
    """Id of the group with this id or card code, None when there is none."""
    return GROUP_NAMES.get(fold(text))


def read_group(text):
    group = group_named(text)
    if group is None:
        raise Rejected("unknown group")
    return group


@lru_cache(maxsize=200_000)
def read_date(text):
    """YYYY-MM-DD or DD/MM/YYYY."""
    text = text.strip()
    if m := re.fullmatch(r"([0-9]{4})-([0-9]{2})-([0-9]{2})", text):
        year, month, day = m.groups()
    elif m := re.fullmatch(r"([0-9]{2})/([0-9]{2})/([0-9]{4})", text):
        day, month, year = m.groups()
    else:
        raise Rejected("not a date")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise Rejected("not a date") from None


def read_count(text, least):
    text = text.strip()
    if not re.fullmatch(r"[0-9]{1,9}", text) or int(text) < least:
        raise Rejected("not a number")
    return int(text)


def read_amount(text):
    """Whole dong: 1263600, 1.263.600, 631.800, 1 263 600 or 1,263,600, with or without the currency sign."""
    text = text.strip()
    if text[-1:] in ("đ", "Đ"):
        text = text[:-1].rstrip()
    if re.fullmatch(r"[0-9]{1,15}", text):
        return int(text)
    if re.fullmatch(r"[1-9][0-9]{0,2}[.,][0-9]{3}", text):  # the dong has no fraction: thousands
        return int(text[:-4] + text[-3:])
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{3}){2,}|[0-9]{1,3}(,[0-9]{3}){2,}|[0-9]{1,3}([ \u00a0][0-9]{3})+", text):
        return int(re.sub(r"[^0-9]", "", text))
    raise Rejected("not an amount")  # also 1.23 and 1,5: two readings


@lru_cache(maxsize=200_000)
def read_tags(text):
    """'a;b=2025-03-01' -> {'a': None, 'b': date}"""
    tags = {}
    for part in text.split(";"):
        name, equals, day = part.partition("=")
        if name.strip():
            tags.setdefault(fold(name), read_date(day) if equals else None)  # the first of two alike counts
    return tags


def read_province(text, day):
    if not text.strip():
        return ""
    place = places.read_place(text, day)
    if place is None:
        raise Rejected("unknown province")
    return place


# ======================================================================================================================
# Dates
# ======================================================================================================================


def add_months(day, months):
    """The same day `months` later; the last day of the month when there is no such day."""
    total = day.year * 12 + day.month - 1 + months
    year, month = divmod(total, 12)
    if day.day <= 28:
        return date(year, month + 1, day.day)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def age_on(born, day):
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def iso(text):
    return date.fromisoformat(text)


# Days on which a table above changes. Between two of them (an "era") every table is constant.
CHANGES = sorted(
    {iso(day) for table in (BASE_SALARY, RATE, RATE_PUPILS, LADDER) for day, _ in table}
    | {iso(p[0]) for _, _, periods in GROUPS.values() for p in periods}
    | {iso(p[1]) + timedelta(1) for _, _, periods in GROUPS.values() for p in periods if p[1] != OPEN}
)


def value_on(table, day):
    """The value of the last entry that has begun, None before the first."""
    value = None
    for start, entry in table:
        if iso(start) <= day:
            value = entry
    return value


@lru_cache(maxsize=None)
def rule_in(group, era):
    """(base, date, payers, base salary, rate, ladder) of the group in an era; rejected when the law has none."""
    day = CHANGES[era - 1] if era else date.min
    for start, until, base, when, payers in GROUPS[group][2]:
        if iso(start) <= day <= iso(until):
            rate = value_on(RATE_PUPILS if group in PUPILS else RATE, day)
            return base, when, payers, value_on(BASE_SALARY, day), rate, value_on(LADDER, day)
    return None


def rule_on(group, day):
    rule = rule_in(group, bisect_right(CHANGES, day))
    if rule is None:
        raise Rejected("no rule for the group on this day")
    return rule


@lru_cache(maxsize=200_000)
def eras_of_cover(start, months):
    """The first days of the months of cover, counted by era: [(era, months)]."""
    eras = [bisect_right(CHANGES, add_months(start, k)) for k in range(months)]
    return [(era, eras.count(era)) for era in sorted(set(eras))]


def waits(group, paid_on):
    category = GROUPS[group][0]
    if paid_on < iso(L2015):
        return category == 5
    if iso(D146) <= paid_on < iso(L2025) and group in PAID_BY_EMPLOYER:
        return True
    return category in (4, 5)


def has_lapsed(last, paid_on):
    since = last + timedelta(1)  # first day without a card; the day of payment is the first with one again
    if since >= paid_on:
        return False
    if paid_on < iso(L2015):
        return True
    if paid_on >= iso(L2025):
        return (paid_on - since).days >= LAPSE_DAYS_SINCE_L2025
    return any(add_months(max(since, date(year, 1, 1)), LAPSE_MONTHS_BEFORE_L2025) <= min(paid_on, date(year + 1, 1, 1))
               for year in range(since.year, paid_on.year + 1))


@lru_cache(maxsize=200_000)
def cover_and_count(group, paid_on, tags_text):
    """(first day of cover, day from which the months paid for count), f.6 and f.7, when the row names no first day."""
    wait = waits(group, paid_on)
    if not wait and GROUPS[group][0] != 4:
        return paid_on, paid_on
    previous = read_tags(tags_text).get("previous-card")
    if previous is None and not wait:
        return paid_on, paid_on
    if previous is None or (wait and has_lapsed(previous, paid_on)):
        return paid_on + timedelta(WAIT_DAYS), paid_on
    start = max(previous + timedelta(1), paid_on)
    return start, start


# f.8  Until 2025-08-14 nothing beyond 30 September could be paid for a pupil in grade 12 (146 art. 13.7.a).
GRADE_12 = (D146, "2025-08-14")


def months_of_grade_12(group, months, paid_on, start, tags_text):
    """The months that begin by the end of school, where at least one does."""
    if group not in PUPILS or "grade-12" not in read_tags(tags_text) or not iso(GRADE_12[0]) <= paid_on <= iso(GRADE_12[1]):
        return months
    cover = start or start_of_cover(group, paid_on, tags_text)
    end = date(cover.year, 9, 30)
    if cover > end:
        end = date(cover.year + 1, 9, 30)
    fit = sum(add_months(cover, k) <= end for k in range(months))
    return fit if fit else months


def start_of_cover(group, paid_on, tags_text):
    return cover_and_count(group, paid_on, tags_text)[0]


# ======================================================================================================================
# Support
# ======================================================================================================================


def in_window(window, day, tags):
    if window is None:
        return True
    tag, months = window
    if tag not in tags:
        return False
    event = tags[tag]
    if event is None:  # no date given: taken at its word
        return True
    return event <= day < add_months(event, months)


STATE_SHARE_OF = {
    group: [(set(tags), iso(start), iso(until), percent, window)
            for who, tags, start, until, percent, window in STATE_SHARE
            if who == group]
    for group in GROUPS
}


@lru_cache(maxsize=200_000)
def state_share(group, day, month, tags_text):
    """Per cent on the day of payment for a month that is paid for."""
    tags = read_tags(tags_text)
    return max((percent for needed, start, until, percent, window in STATE_SHARE_OF[group]
                if start <= day <= until and needed <= tags.keys() and in_window(window, month, tags)), default=0)


def local_share(group, day, month, number, tags_text, home, school, born, state):
    """Per cent that the places add in a month, on top of the state's."""
    tags = read_tags(tags_text)

    def window(tag, months, from_month, month, tags):
        """In a window; some count from the first day of the month, but an event of tomorrow is none of today."""
        if tag not in tags:
            return False
        event = tags[tag]
        if event is None:  # no date given: taken at its word
            return True
        start = event.replace(day=1) if from_month else event
        return start <= month < add_months(start, months) and not (from_month and event > day)

    return places.local_share(group, day, month, number, tags, home, school, born, state, window)


def supported_payers(state, local):
    local = min(local, 100 - state)
    return (0, state * 3, 0, local * 3, 0, (100 - state - local) * 3)


# ======================================================================================================================
# Premium
# ======================================================================================================================

UNITS = 1000 * 100 * 300  # of one dong: rate x ladder x payer


def rounded(units):
    """Half away from zero (amounts are never negative)."""
    return (2 * units + UNITS) // (2 * UNITS)


def terms_of(group, months, paid_on, start, tags_text, province, born, school=""):
    """[(number of months, base or None for the salary, cap or None, rate, payers)] and the ladder."""
    category = GROUPS[group][0]
    if category >= 4:
        _, _, _, base_salary, rate, ladder = rule_on(group, paid_on)
        cover = start or start_of_cover(group, paid_on, tags_text)
        terms = []
        for k in range(months):
            month = add_months(cover, k)  # a window is one of the months of the card
            state = state_share(group, paid_on, month, tags_text)
            local = (local_share(group, paid_on, month, k, tags_text, province, school, born, state)
                     if province or school else 0)
            base = base_salary
            if group == "near-poor" and state == 100:  # f.5: recomputed from the day of the new base
                rule = rule_in(group, bisect_right(CHANGES, add_months(cover, k)))
                if rule is None:
                    raise Rejected("no rule for the group in a month of cover")
                base, rate = rule[3], rule[4]
            term = [1, base, None, rate, supported_payers(state, local)]
            if terms and terms[-1][1:] == term[1:]:
                terms[-1][0] += 1
            else:
                terms.append(term)
        return terms, ladder
    start = start or start_of_cover(group, paid_on, tags_text)
    terms = []
    for era, count in eras_of_cover(start, months):
        rule = rule_in(group, era)
        if rule is None:
            raise Rejected("no rule for the group in a month of cover")
        base, _, who, base_salary, rate, ladder = rule
        if who != SUPPORTED:
            payers = PAYERS[who]
        if base == BASE:
            terms.append((count, base_salary, None, rate, payers))
        else:
            terms.append((count, None, CAP_MULTIPLE * base_salary if base == SALARY else None, rate, payers))
    return terms, None


def premium_of(group, months, paid_on, start=None, born=None, salary=None, province="", tags="", rank=None,
               school=""):
    """(premium, amounts by payer in the order of TAKERS)"""
    months = months_of_grade_12(group, months, paid_on, start, tags)
    terms, ladder = terms_of(group, months, paid_on, start, tags, province, born, school)
    share = ladder[min(rank, len(ladder)) - 1] if group == LADDER_GROUP else 100
    exact = [0] * len(TAKERS)
    for count, base, cap, rate, payers in terms:
        if base is None:
            if not salary:
                raise Rejected("salary missing")
            base = salary if cap is None or salary < cap else cap
        units = count * base * rate * share
        for i, weight in enumerate(payers):
            if weight:
                exact[i] += units * weight
    premium = rounded(sum(exact))
    amounts = [rounded(units) if units else 0 for units in exact]
    # who bears the odd dong: the first whose own part has a fraction, an exact part stays exact
    odd = [i for i, units in enumerate(exact) if units % UNITS]
    taker = odd[0] if odd else next(i for i, units in enumerate(exact) if units)
    amounts[taker] += premium - sum(amounts)
    return premium, amounts


# ======================================================================================================================
# Table
# ======================================================================================================================

REQUIRED = ("group", "months", "paid_on")
KNOWN = REQUIRED + ("household_id", "person_id", "rank", "from", "born", "salary", "province", "tags", "already",
                    "school_province")
APPENDED = ("premium", "person", "employer", "social_insurance_fund", "state", "local", "other", "member_rank",
            "error_code", "error")
REJECTED_TAIL = [""] * 8 + ["E", ""]


def answer(cells, place):
    """The appended columns of one row. `place`: how many-th household member of its household, this one included."""
    (group_text, months_text, paid_text, _, _, rank_text, from_text, born_text, salary_text,
     province, tags, already, school) = cells
    group = read_group(group_text)
    months = read_count(months_text, 1)
    if months > (SCHOOL_LONGEST if group in PUPILS else LONGEST):
        raise Rejected("months")
    paid_on = read_date(paid_text)
    if paid_on < iso(L2009):  # the Law of 2008 is the first that is recorded: nothing says when a card paid for earlier starts
        raise Rejected("before the Law")
    start = read_date(from_text) if from_text.strip() else None
    born = read_date(born_text) if born_text.strip() else None
    salary = read_amount(salary_text) if salary_text.strip() else None
    rank = read_count(rank_text, 1) if rank_text.strip() else None
    before = read_count(already, 0) if already.strip() else 0
    if tags:
        read_tags(tags)
    if group == LADDER_GROUP:
        rank = rank or place + before
    else:
        rank = None
    premium, (employer, state, fund, local, other, person) = premium_of(
        group, months, paid_on, start, born, salary, read_province(province, paid_on), tags, rank,
        read_province(school, paid_on))
    return [premium, person, employer, fund, state, local, other, "" if rank is None else rank, "", ""]


def run(source, target):
    reader = csv.reader(source)
    writer = csv.writer(target, lineterminator="\n")
    header = next(reader, None)
    if header is None:
        return "no header"
    names = [fold(name).replace("-", "_") for name in header]
    missing = [name for name in REQUIRED if name not in names]
    if missing:
        return "missing columns: " + ", ".join(missing)
    width = len(header)
    # a column that is not there points behind the row, where an empty cell is put
    columns = [names.index(name) if name in names else width for name in KNOWN]
    group_column, household_column = columns[0], columns[KNOWN.index("household_id")]
    writer.writerow(header + list(APPENDED))
    household, place = "", 0
    for row in reader:
        if not row:
            continue
        cells = row + [""]
        try:
            if len(row) != width:
                raise Rejected("wrong number of cells")
            this = cells[household_column].strip()
            if not this or this != household:
                household, place = this, 0
            if group_named(cells[group_column]) == LADDER_GROUP:
                place += 1
            tail = answer([cells[c] for c in columns], place)
        except Rejected:
            tail = REJECTED_TAIL
        writer.writerow(row + tail)
    return None


def main():
    sys.stdin.reconfigure(encoding="utf-8-sig", newline="")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    try:
        problem = run(sys.stdin, sys.stdout)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if problem:
        print("premium.py: " + problem, file=sys.stderr)
        return 3
    return 0


if __name__ == "__main__":
    sys.exit(main())
