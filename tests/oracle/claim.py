#!/usr/bin/env python3
"""Second implementation of the reimbursement side, written from the law sheets alone.

Reads the CSV of `batch claim` on stdin, writes the same rows with benefit_level, network_rate, relief,
fund_payment, copayment, own_payment, error_code, error on stdout.

    python3 claim.py < visits.csv > expected.csv

No floats: money is an integer number of hundredths of a dong, shares are whole percents.
Section names in the comments are those of the law sheet on benefits; READING marks a choice where the
sheet is silent or gives two answers (each is listed in READINGS.claim.md).
"""
import calendar
import csv
import re
import sys

import later

# ---------------------------------------------------------------------------------------------------------
# The law, all of it in this table
# ---------------------------------------------------------------------------------------------------------

START, END = 20150101, 20301231          # dates of discharge answered

BASE_SALARY = (                          # sec. 1, "LCS values needed"
    (20130701, 1_150_000), (20160501, 1_210_000), (20170701, 1_300_000), (20180701, 1_390_000),
    (20190701, 1_490_000), (20230701, 1_800_000), (20240701, 2_340_000), (20260701, 2_530_000),
) + tuple((int(day.replace("-", "")), amount) for day, amount in later.base_salaries(after="2026-07-01"))
LOW_COST_PERCENT = 15                    # b.1: strictly below 15 % of the base salary
CEILING_MONTHS = 6                       # b.3: 6 months' base salary a calendar year
SOCIAL_PENSION_AGE = 75                  # a.1, row 2026-01-01 (NQ 261/2025/QH15)

Y2015, Y2016, Y2021 = 20150101, 20160101, 20210101     # c.2
CARE_LEVELS = 20250101                   # c.3: care levels replace tiers; Decree 02/2025 points rule
EVE = 20250630
DECREE_188 = 20250701                    # c.3: Decree 188 art. 19; new groups of Law 51/2024 (sec. 1)
HALF_RATE = 20260701                     # c.3: 50 % outpatient self-referral
ERAS = (Y2015, Y2016, Y2021, CARE_LEVELS, DECREE_188, HALF_RATE)

OLD = ((START, 100),)
P95 = ((START, 95),)
P80 = ((START, 80),)
NEW80 = ((DECREE_188, 80),)              # a.1 "new groups 2025-07-01"
NEW100 = ((DECREE_188, 100),)
AGED = "aged"                            # 100 from SOCIAL_PENSION_AGE, else 80

# a.1, a.2: group -> card codes, levels by date of discharge (None = the group does not exist)
GROUPS = (
    # category 1
    ("worker", ("DN", "HX", "NN", "TK", "CH"), P80),
    ("civil-servant", ("HC",), P80),
    ("commune-part-timer", ("XK",), P80),
    ("unpaid-manager", (), NEW80),
    ("household-business-owner", (), NEW80),
    ("defence-worker", (), P80),                                      # 1a before, 1h since
    ("defence-worker-relative", ("TV",), ((20181201, 80),)),          # 146 art. 6
    ("cipher-staff-relative", (), ((20181201, 80),)),                 # 146 art. 6.3
    # category 2
    ("pensioner", ("HT",), P95),
    ("work-accident", ("TB",), P80),
    ("long-illness", ("NO",), P80),
    ("retired-commune-cadre", ("XB",), P80),
    ("unemployed", ("TN",), P80),
    ("rubber-worker", ("CS",), P80),
    ("maternity-leave", (), P80),
    ("sick-leave", (), NEW80),
    ("elderly-survivor", ("CT",), ((START, 80), (20181201, 100))),    # a.1 decree-level groups, row 1; digit 4 before
    # category 3
    ("army", ("QN",), OLD),
    ("police", ("CA",), OLD),
    ("cipher", ("CY",), OLD),
    ("conscript", (), OLD),                                           # 3b now, inside 3a before
    ("foreign-cadet", (), NEW100),                                    # READING 2
    ("reserve-officer-trainee", (), NEW100),                          # READING 2
    ("standing-militia", (), NEW100),                                 # READING 2
    ("merit-top", ("CC",), OLD),
    ("merit-other", ("CK",), OLD),
    ("veteran", ("CB",), OLD),
    ("resistance-participant", ("KC",), OLD),                         # READING 3 (card digit 2 since 2014)
    ("deputy", ("HD",), P80),
    ("child-under-six", ("TE",), OLD),
    ("social-allowance", ("BT",), OLD),
    ("poor", ("HN",), OLD),
    ("ethnic-minority-difficult-area", ("DT",), OLD),
    ("specially-difficult-area", ("DK",), OLD),
    ("island", ("XD",), OLD),
    ("martyr-relative", ("TS",), OLD),
    ("merit-relative", ("TC",), P95),
    ("army-relative", ("TQ",), P80),
    ("police-relative", ("TA",), P80),
    ("cipher-relative", ("TY",), P80),
    ("organ-donor", ("HG",), P80),
    ("foreign-scholarship", ("LS",), P80),
    ("merit-carer", ("PV",), ((START, 80), (20231019, 95))),          # READING 4
    ("commune-cadre-state-allowance", ("XN",), P80),
    ("ex-disability", ("MS",), P80),
    ("safe-zone-resident", ("AK",), ((20231019, 100),)),              # Decree 75 art. 3.2
    ("social-pension", ("LH",), ((DECREE_188, 80), (20260101, AGED))),
    ("pre-pension-allowance", (), NEW80),
    ("low-income-artisan", (), ((20181201, 80),)),                    # 146 art. 3, 188 art. 5.3; READING 2
    ("commune-military-trainee", (), ((20160601, 80),)),              # TTLT 49/2016
    # category 4
    ("near-poor", ("CN",), ((START, 95), (20260101, 100))),
    ("multidimensional-poor", (), ((20181201, 95), (DECREE_188, None))),
    ("pupil", ("HS",), P80),
    ("student", ("SV",), P80),
    ("average-income-farm-household", ("GB",), P80),
    ("grassroots-security", (), ((20240701, 80),)),                   # Law 30/2023
    ("village-health-worker", (), NEW80),
    ("village-staff", (), NEW80),
    ("ethnic-minority-former-difficult", (), ((20231019, 95),)),      # 146 art. 4.5 as amended; 4g
    ("artisan", (), NEW80),
    ("trafficking-victim", (), NEW80),
    ("mine-victim", (), NEW80),
    # category 5
    ("household", ("GD",), P80),
    ("charity-resident", (), NEW80),
    ("unpaid-leave", (), NEW80),
    ("individual", (), NEW80),
)
FORCES = frozenset(("army", "police", "cipher", "conscript"))         # a.5

# c.3, codes of QĐ 3276: setting class -> (rate, point of law art. 22.3-22.5, or "in" for in order)
# O outpatient, I inpatient; None = the code does not fit that setting. "half" = 0, from HALF_RATE 50.
HALF = "half"
BOTH = lambda rate, point: {"O": (rate, point), "I": (rate, point)}   # noqa: E731
VISIT_CODES = {
    "1.1": BOTH(100, "in"),
    "1.2": BOTH(100, "c"),
    "1.3": BOTH(100, "in"),
    "1.4": BOTH(100, "in"),                                           # law 22.3
    "1.5": BOTH(100, "in"),
    "1.6": BOTH(100, "in"),
    "1.7": BOTH(100, "in"),
    "1.11": BOTH(100, "c"),
    "1.12": {"O": (100, "e"), "I": (100, "d")},                       # inpatient: see 1.15
    "1.13": {"O": (HALF, "e"), "I": (100, "d")},
    "1.14": {"O": (HALF, "e"), "I": (100, "d")},                      # counts as point e: open question 4
    "1.15": {"O": None, "I": (100, "d")},
    "1.16": BOTH(100, "a"),
    "1.17": BOTH(100, "a"),
    "1.18": {"O": (HALF, "h"), "I": (100, "h")},                      # inpatient: see 3.2
    "2": BOTH(100, "in"),                                             # law 22.5
    "3.1": {"O": (0, "g"), "I": (40, "g")},
    "3.2": {"O": None, "I": (100, "h")},
    "3.3": BOTH(100, "dd"),                                           # point đ
    "3.6": {"O": None, "I": (100, "b")},
    "7": BOTH(100, "in"),
    "7.2": BOTH(100, "in"),
    "7.3": BOTH(100, "in"),
    "7.4": BOTH(100, "in"),
    "9": BOTH(0, "none"),
}
NO_ANSWER_CODES = {"8": "withdrawal of a claim, not a visit", "10": "decided case by case"}
SETTING_IMPLIED = {"1.12": "O", "1.13": "O", "1.14": "O", "1.18": "O", "1.15": "I", "3.2": "I", "3.6": "I"}
CODE_CARE_LEVEL = {"1.2": "initial", "1.11": "initial", "1.12": "basic", "1.13": "basic", "1.14": "basic",
                   "1.15": "basic", "1.16": "basic", "1.17": "specialised", "1.18": "specialised",
                   "3.1": "specialised", "3.2": "specialised", "3.6": "specialised"}
# b.3: points whose visits count toward the annual ceiling from 2025 (22.4 d, g, h do not)
COUNTING = frozenset(("in", "a", "b", "c", "dd", "e"))

IN_ORDER_ROUTES = frozenset((                                         # c.2 last rows, c.3 rows 1.1, 1.3-1.7, 2
    "registered", "referred", "emergency", "changed-residence", "revisit", "organ-donor", "newborn"))
SELF = "self-referred"
SETTINGS = {"outpatient": "O", "inpatient": "I", "day-treatment": "I"}   # READING 9: day treatment as inpatient
LEVELS = frozenset(("initial", "basic", "specialised"))
TIERS = frozenset(("commune", "district", "provincial", "central", "unranked"))

APPENDED = ("benefit_level", "network_rate", "relief", "fund_payment", "copayment", "own_payment",
            "error_code", "error")

# ---------------------------------------------------------------------------------------------------------
# Reading cells
# ---------------------------------------------------------------------------------------------------------


class RowError(Exception):
    """The row gets no amounts."""


_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_VN = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\Z", re.ASCII)


def parse_date(text):
    """YYYY-MM-DD or DD/MM/YYYY as the integer yyyymmdd."""
    text = text.strip()
    match = _ISO.match(text)
    if match:
        year, month, day = (int(part) for part in match.groups())
    else:
        match = _VN.match(text)
        if not match:
            raise RowError(f"not a date: {text!r}")
        day, month, year = (int(part) for part in match.groups())
    if not (1 <= month <= 12 and 1900 <= year and 1 <= day <= calendar.monthrange(year, month)[1]):
        raise RowError(f"no such day: {text!r}")
    return year * 10000 + month * 100 + day


_DECIMAL = re.compile(r"(\d+)\.(\d{1,2})\Z", re.ASCII)
_GROUPED = re.compile(r"[1-9]\d{0,2}[.,]\d{3}\Z|\d{1,3}(?:\.\d{3}){2,}\Z|\d{1,3}(?:,\d{3}){2,}\Z|\d{1,3}(?:[ \u00a0\u202f]\d{3})+\Z", re.ASCII)


def parse_money(text):
    """An amount in hundredths of a dong."""
    text = text.strip()
    if text.isascii() and text.isdigit():
        return int(text) * 100
    bare = text.rstrip("đĐ₫").rstrip()
    if bare.isascii() and bare.isdigit():
        return int(bare) * 100
    match = _DECIMAL.match(bare)
    if match:
        return int(match.group(1)) * 100 + int(match.group(2).ljust(2, "0"))
    if _GROUPED.match(bare):
        return int(re.sub(r"\D", "", bare)) * 100
    raise RowError(f"not an amount, or one with two meanings: {text!r}")


def format_money(hundredths):
    sign = "-" if hundredths < 0 else ""
    whole, rest = divmod(abs(hundredths), 100)
    if rest == 0:
        return f"{sign}{whole}"
    if rest % 10 == 0:
        return f"{sign}{whole}.{rest // 10}"
    return f"{sign}{whole}.{rest:02d}"


def round_half_away(numerator, denominator):
    if numerator < 0:
        return -round_half_away(-numerator, denominator)
    return (2 * numerator + denominator) // (2 * denominator)


def add_years(date, years):
    """The same day `years` later; 29 February falls on 28 February in a common year (READING 12)."""
    date += years * 10000
    if date % 10000 == 229 and not calendar.isleap(date // 10000):
        date -= 1
    return date


def fold(text):
    return text.strip().lower().replace("_", "-").replace(" ", "-")


_TRUE = frozenset(("true", "yes", "1", "có", "x"))
_FALSE = frozenset(("false", "no", "0", "không"))


def parse_flag(text, default):
    text = text.strip().lower()
    if not text:
        return default
    if text in _TRUE:
        return True
    if text in _FALSE:
        return False
    raise RowError(f"neither yes nor no: {text!r}")


def parse_choice(text, allowed, what):
    value = fold(text)
    if value in ("", "none"):
        return ""
    if value not in allowed:
        raise RowError(f"unknown {what}: {text!r}")
    return value


def parse_residence(text):
    value = text.strip().upper()
    if value in ("", "K1", "K2", "K3"):
        return value
    raise RowError(f"unknown residence: {text!r}")


def parse_disease_list(text):
    value = text.strip().upper()
    for found, spellings in (("", ("",)), ("I", ("I", "1", "APPENDIX-I")), ("II", ("II", "2", "APPENDIX-II"))):
        if value in spellings:
            return found
    raise RowError(f"unknown disease list: {text!r}")


# ---------------------------------------------------------------------------------------------------------
# Group level (sec. a.1)
# ---------------------------------------------------------------------------------------------------------

GROUP_BY_NAME = {}
for _id, _codes, _levels in GROUPS:
    GROUP_BY_NAME[_id] = (_id, _levels)
    for _code in _codes:
        GROUP_BY_NAME[_code.lower()] = (_id, _levels)


def base_salary(date):
    amount = None
    for since, value in BASE_SALARY:
        if date >= since:
            amount = value
    return amount


def group_level(group, date):
    """100, 95, 80 or AGED."""
    name, levels = group
    level = None
    for since, value in levels:
        if date >= since:
            level = value
    if level is None:
        raise RowError(f"group {name} does not exist on the day of discharge")
    return level


def is_aged(date, born):
    """75 on the day of discharge. READING 5: without a birth date, not."""
    if born.strip():
        return add_years(parse_date(born), SOCIAL_PENSION_AGE) <= date
    return False


# ---------------------------------------------------------------------------------------------------------
# Network rate (sec. c.2, c.3) and which reliefs the visit can have (sec. b)
# ---------------------------------------------------------------------------------------------------------


def points_from_facts(era, level, tier, score, setting, residence, disease):
    """Self-referral from 2025: every point of law art. 22.4 that the facts meet, as (rate, point)."""
    met = []
    if level == "initial":
        met.append((100, "c"))
        return met
    if (level, disease) in (("specialised", "I"), ("basic", "II")):
        met.append((100, "a"))
    if tier == "district":
        met.append((100, "dd"))
    half = 50 if era >= HALF_RATE else 0
    if level == "specialised":
        if residence and setting == "I":
            met.append((100, "b"))
        if tier == "provincial":
            met.append((100, "h") if setting == "I" else (half, "h"))
        else:
            met.append((40, "g") if setting == "I" else (0, "g"))
        return met
    if setting == "I":
        met.append((100, "d"))
    elif era < DECREE_188:                                  # Decree 02/2025: any basic facility below 50 points
        if score is not None and score >= 70:                   # READING 8
            met.append((None, "none"))
        else:
            met.append((100 if score is None or score < 50 else 0, "e"))
    elif tier in ("provincial", "central"):                 # 188 art. 19.3
        met.append((half, "e"))
    elif score is None or score < 50:                       # 19.1; READING 8: no points = provisionally basic
        met.append((100, "e"))
    elif score < 70:                                        # 19.2, [50, 70)
        met.append((half, "e"))
    else:
        # READING 8: a basic facility with 70 points and more does not exist in the law
        met.append((None, "none"))
    return met


OLD_CODES_SINCE = 20230118             # QĐ 130 made the field; QĐ 824/2023 through a vendor page
OLD_CODES = {"1.1": "registered", "2": "emergency"}        # claim-files sec. 5: their rate is that of the route


def access(era, forces, code, care_level, former_tier, points, route, setting, residence, disease_list,
           listed_initial, same_province, old_codes=True):
    """(rate, low-cost possible, initial level, counts toward the annual ceiling)."""
    code = code.strip()
    level = parse_choice(care_level, LEVELS, "care level")
    tier = parse_choice(former_tier, TIERS, "former tier")
    way = fold(route)
    if way and way != SELF and way not in IN_ORDER_ROUTES:
        raise RowError(f"unknown route: {route!r}")
    place = None
    if setting.strip():
        place = SETTINGS.get(fold(setting))
        if place is None:
            raise RowError(f"unknown setting: {setting!r}")
    home = parse_residence(residence)
    disease = parse_disease_list(disease_list)
    same = parse_flag(same_province, True)                  # READING 11
    score = None
    if points.strip():
        if not (points.strip().isascii() and points.strip().isdigit() and int(points) <= 100):
            raise RowError(f"not a number of points from 0 to 100: {points!r}")
        score = int(points)

    if era < CARE_LEVELS:
        parse_flag(listed_initial, False)
        if code and not way:
            way = OLD_CODES.get(code, "")
            if old_codes and way:
                return access_before_2025(era, forces, tier, way, place, home, same)
            if old_codes and code == "3.5" and place in ("O", None):
                return 0, False, False, False               # out-patient, province, self-referred: 0 %
            raise RowError(f"what code {code!r} meant then is not known")        # READING 7
        if not way or place is None or not tier:
            raise RowError("route, setting and former tier are needed")
        return access_before_2025(era, forces, tier, way, place, home, same)

    if code and way and level and place:
        code = ""                                           # READING 21: all facts given, the label is ignored
    if code:
        if code in NO_ANSWER_CODES:
            raise RowError(f"visit code {code}: {NO_ANSWER_CODES[code]}")
        if code not in VISIT_CODES:
            raise RowError(f"unknown visit code: {code!r}")
        if place is None:
            place = SETTING_IMPLIED.get(code)
        if place is None:
            cell = VISIT_CODES[code]["O"]
            if cell != VISIT_CODES[code]["I"]:
                raise RowError(f"visit code {code} needs the setting")
        else:
            cell = VISIT_CODES[code][place]
        if cell is None:
            raise RowError(f"visit code {code} is for inpatients")              # READING 6
        rate, point = cell
        if rate is HALF:
            rate = 50 if era >= HALF_RATE else 0
        met = [(rate, point)]
        level = CODE_CARE_LEVEL.get(code, level)
        listed = code == "1.2" or (code != "1.11" and level == "initial" and parse_flag(listed_initial, False))
        if code != "9":
            # the code is a label, the facts decide (c.3, "rules around the table")
            if way in IN_ORDER_ROUTES:
                met.append((100, "in"))
            if level == "specialised" and home and place == "I":
                met.append((100, "b"))
            if (level, disease) in (("specialised", "I"), ("basic", "II")):
                met.append((100, "a"))
            if tier == "district" and level in ("basic", "specialised"):
                met.append((100, "dd"))
    else:
        if not way or place is None or not level:
            raise RowError("a visit code is needed, or route, setting and care level")
        listed = level == "initial" and parse_flag(listed_initial, True)        # READING 10
        if way in IN_ORDER_ROUTES:
            met = [(100, "in")]
        else:
            met = points_from_facts(era, level, tier, score, place, home, disease)
    if all(value is None for value, _ in met):
        raise RowError("no rule for a basic facility with 70 points and more")
    met = [(value, point) for value, point in met if value is not None]
    rate = max(value for value, _ in met)
    counts = any(value > 0 and point in COUNTING for value, point in met)
    # 188 art. 17.2: the low-cost rule applies to visits under 22.1, 22.3, 22.4 and 22.5
    return rate, rate > 0, listed and rate > 0, counts


def access_before_2025(era, forces, tier, way, place, home, same):
    """c.2. The 100 % cases and the annual ceiling belong to visits in order (sec. 2 no. 4, b.3)."""
    in_order = way in IN_ORDER_ROUTES
    cheap = False                                           # READING 16: the low-cost rule reaches law 22.5 too
    if in_order:
        rate = 100
    elif tier == "unranked":
        raise RowError("no rule for a self-referred visit to a facility without a tier")      # READING 24
    elif tier in ("commune", "district") and era >= Y2016 and (same or (forces and tier == "commune")):
        rate, in_order = 100, True                          # law 22.4 (2014); a.5 for the forces
    elif tier == "commune":
        rate = 0                                            # READING 11: no row of c.2
    elif tier == "district":
        rate = 100 if home or era >= Y2016 else 70
        cheap = bool(home)
    elif place == "O":
        rate = 0
    elif home:
        rate, cheap = 100, True
    elif tier == "provincial":
        rate = 100 if era >= Y2021 else 60
    else:
        rate = 40
    return rate, in_order or cheap, in_order and tier == "commune", in_order


# ---------------------------------------------------------------------------------------------------------
# One visit
# ---------------------------------------------------------------------------------------------------------


def settle(level, rate, can_low_cost, initial, counts, five_years, salary, hospital, covered, copaid):
    """(level shown, relief, fund, copayment, own payment), amounts in hundredths. Sec. 2, b.1-b.3."""
    ceiling_left = None
    relief = "none"
    if level < 100 and rate > 0:
        if can_low_cost and covered < LOW_COST_PERCENT * salary:     # hundredths against percents of a dong
            level, relief = 100, "low-cost-visit"
        elif initial:
            level, relief = 100, "initial-level"
        elif counts and five_years:
            left = max(0, CEILING_MONTHS * salary * 100 - copaid)
            # the level share of the co-payment (READING 14), compared exactly
            if covered * rate * (100 - level) > left * 10000:
                relief, ceiling_left = "annual-ceiling", left
                if left == 0:
                    level = 100                                      # READING 15
    if ceiling_left is None:
        fund = round_half_away(covered * level * rate, 10000)
    else:
        fund = round_half_away(covered * rate - ceiling_left * 100, 100)
    return level, relief, fund, covered - fund, hospital - covered


class Oracle:
    def __init__(self, header):
        self.width = len(header)
        index = {}
        for position, name in enumerate(header):
            index.setdefault(name.strip().lower(), position)
        for name in ("group", "discharged", "admitted", "hospital_cost", "covered_cost"):
            if name not in index:
                raise SystemExit(f"column {name} is missing")
        if "visit_code" not in index and "route" not in index:
            raise SystemExit("neither visit_code nor the facts are given")
        at = lambda name: index.get(name, self.width)                # noqa: E731  an empty cell is put there
        self.main = [at(name) for name in (
            "group", "admitted", "discharged", "hospital_cost", "covered_cost", "copaid_this_year",
            "five_years_since", "born")]
        self.facts = [at(name) for name in (
            "visit_code", "care_level", "former_tier", "points", "route", "setting", "residence",
            "disease_list", "listed_initial", "same_province")]
        self.dates, self.days, self.levels, self.accesses = {}, {}, {}, {}

    def date(self, text):
        value = self.dates.get(text)
        if value is None:
            value = self.dates[text] = parse_date(text)
        return value

    def day(self, date):
        """(base salary, era) of a day of discharge."""
        value = self.days.get(date)
        if value is None:
            if not START <= date <= END:
                raise RowError("no rules recorded for that day of discharge")
            era = max(since for since in ERAS if since <= date)
            value = self.days[date] = (base_salary(date), era)
        return value

    def level(self, name, date):
        key = (name, date)
        value = self.levels.get(key)
        if value is None:
            group = GROUP_BY_NAME.get(fold(name))
            if group is None:
                raise RowError(f"unknown group: {name!r}")
            value = self.levels[key] = (group_level(group, date), group[0] in FORCES)
        return value

    def access(self, key):
        value = self.accesses.get(key)
        if value is None:
            try:
                value = access(*key)
            except RowError as error:
                value = error
            self.accesses[key] = value
        if isinstance(value, RowError):
            raise RowError(str(value))
        return value

    def more_favourable(self, under, out):
        """188 art. 69.1 (READING 1): the outcome that pays more, the new one in a draw."""
        answers = []
        for day in (out, EVE):
            try:
                answers.append(under(day))
            except RowError as error:
                answers.append(error)
        new, old = answers
        if isinstance(new, RowError) and isinstance(old, RowError):
            raise new
        if isinstance(old, RowError):
            return new
        if isinstance(new, RowError):
            return old
        return old if old[1][2] > new[1][2] else new

    def answer(self, row):
        """The appended cells of a row."""
        try:
            if len(row) != self.width:
                raise RowError(f"{len(row)} cells instead of {self.width}")
            row = row + [""]
            group, admitted, discharged, hospital, covered, copaid, since, born = [row[i] for i in self.main]
            out = self.date(discharged)
            salary, era = self.day(out)
            into = self.date(admitted) if admitted.strip() else out
            if into > out:
                raise RowError("discharged before admitted")
            hospital, covered = parse_money(hospital), parse_money(covered)
            if covered > hospital:
                raise RowError("covered cost above hospital cost")
            copaid = parse_money(copaid) if copaid.strip() else 0
            five_years = bool(since.strip()) and self.date(since) <= out       # READING 17
            facts = [row[i] for i in self.facts]

            def under(day):
                """The visit under the rules of a day, amounts of base salary by the day of discharge."""
                level, forces = self.level(group, day)
                if level is AGED:
                    level = 100 if is_aged(out, born) else 80
                rate, low_cost, initial, counts = self.access(
                    (self.day(day)[1], forces, *facts, day >= OLD_CODES_SINCE))
                return rate, settle(
                    level, rate, low_cost, initial, counts, five_years, salary, hospital, covered, copaid)

            rate, settled = self.more_favourable(under, out) if into < DECREE_188 <= out else under(out)
            level, relief, fund, copayment, own = settled
        except RowError as error:
            return ["", "", "", "", "", "", "E", str(error)]
        return [f"{level}%", f"{rate}%", relief, format_money(fund), format_money(copayment), format_money(own), "", ""]


def run(source, target):
    reader = csv.reader(source)
    writer = csv.writer(target, lineterminator="\n")
    header = next(reader, None)
    if header is None:
        raise SystemExit("no header")
    oracle = Oracle(header)
    writer.writerow(header + list(APPENDED))
    answer, write = oracle.answer, writer.writerow
    for row in reader:
        if row:
            write(row + answer(row))


def main():
    sys.stdin.reconfigure(encoding="utf-8-sig", newline="")
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    run(sys.stdin, sys.stdout)


if __name__ == "__main__":
    main()
