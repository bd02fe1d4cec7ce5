#!/usr/bin/env python3
"""Visits line by line, and what they are paid, written from the law sheets alone.

    python3 claim_lines.py --visits 20000 --seed 1 visits.txt expected.csv

Writes random visit files (TOML, divided by lines of `%`, after `%` the readings asked for) and for each the covered cost, the fund's
part, the co-payment, the own payment, the part paid directly and what the employer pays back. Hours, bed days (counted and given, several
wards, shared, surgical), ranked examinations, two cards, supplies, transport, direct payment (from 2018-12), a late card, arrears, the annual
ceiling of one year and of two, and readings. No floats: hundredths of a dong, shares as fractions.
"""
import argparse
import csv
import datetime
import random
from fractions import Fraction as F

import claim

DAY = datetime.timedelta(1)
HOURS_NONE, HOURS_ONE = 4, 24                    # e.2: <= 4 h none, < 24 h one
ONE_MORE = ("died", "worse", "transferred")      # e.2: +1
EXAM_STEPS = (100, 30, 30, 30, 10)               # e.2: in all at most twice one price
WARD_HOURS = 4                                   # e.2: of three wards of a day those above 4 h count
SURGICAL_DAYS = 10                               # e.2: at most 10 days after one operation
SUPPLY_MONTHS = 45                               # e.1, from 2017-06-01
DIRECT = {"outpatient": F(15, 100), "inpatient": F(1, 2)}          # f, first rows: 188 art. 57.1, 57.4
SPECIALISED_DIRECT = F(5, 2)                     # f: specialised, in-patient only
NEW_LEVELS = 20260101                            # a.1: near-poor 100 %, NQ 261
GRACE = 15                                       # a.1: 188 art. 50.4
NO_RATIO = ("CC", "TE")                          # a.4
FORCES = ("QN",)                                 # a.4, 57.5
TRANSPORT = ("QN", "CC", "TE", "HN", "CB", "BT") # d: from 2025-07-01
GROUPS = ("GD", "HT", "HN", "CC", "TE", "QN", "CB", "BT", "DN", "KC", "CN")
# route, facility, rate of an in-patient, of an out-patient, whether the visit counts for the ceiling
PLACES = (
    ("registered", dict(care_level="basic", former_tier="district")),
    ("referred", dict(care_level="basic", former_tier="district")),
    ("emergency", dict(care_level="specialised", former_tier="central")),
    ("self-referred", dict(care_level="specialised", former_tier="central")),
    ("self-referred", dict(care_level="basic", former_tier="unranked", points="55")),
    ("self-referred", dict(care_level="basic", former_tier="unranked", points="20")),
    ("self-referred", dict(care_level="specialised", former_tier="provincial")),
    ("registered", dict(care_level="basic", former_tier="district", points="55")),
)
# Direct payment before: Decree 146 art. 30 from 2018-12-01, by tier (1-3) and at the place of registration (4); the words
# of the tiers are those of care levels from 2025-01-01 (Decree 02/2025), with the amounts of 2025-07 (f).
DIRECT_SINCE = datetime.date(2018, 12, 1)
BEDS_SINCE = datetime.date(2019, 1, 15)          # e.2: TT 39/2018 in force
DIRECT_BY_TIER = {("district", "outpatient"): F(15, 100), ("district", "inpatient"): F(1, 2), ("provincial", "inpatient"): F(1),
                  ("central", "inpatient"): F(5, 2)}                 # an out-patient above the district is not named: nothing
EARLIER_PLACES = (
    ("registered", dict(former_tier="district")),
    ("referred", dict(former_tier="provincial")),
    ("emergency", dict(former_tier="central")),
    ("self-referred", dict(former_tier="district")),
    ("self-referred", dict(former_tier="provincial")),
    ("self-referred", dict(former_tier="central")),
)
# Readings that any visit may ask for; most change nothing on most visits.
READINGS = ("low-cost-before-ratios", "supply-cap-at-discharge", "ceiling-counts-network-rest", "ceiling-lifts-self-referral",
            "direct-payment-at-network-rate", "level-by-day-of-use", "forces-no-list-ratio", "forces-out-of-scope-in-order-only",
            "surgical-bed-after-day-of-operation", "shared-bed-one-third", "ex-district-50-points-as-57-2",
            "day-treatment-as-outpatient")


def number(day):
    return day.year * 10000 + day.month * 100 + day.day


def salary(day):
    return claim.base_salary(number(day)) * 100


def clock(minutes):
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def rounded(amount):
    """Hundredths, half away from nothing."""
    return claim.round_half_away(amount.numerator, amount.denominator)


class Visit:
    """One visit, made at random; `toml` is what the program reads, `answer` what the law says."""

    def __init__(self, dice):
        self.dice = dice
        pick, chance = self.pick, self.chance
        start = datetime.date(2025, 7, 1)
        if chance(30):
            self.into = datetime.date(2026, 6, 30) + DAY * pick((-9, -4, -1, 0, 1))
        else:
            self.into = start + DAY * dice.randrange(700)
        self.setting = pick(("outpatient", "inpatient", "inpatient", "inpatient", "day-treatment"))
        stay = pick((0, 0, 1)) if self.setting != "inpatient" else pick((0, 1, 1, 2, 3, 5, 9, 25))
        if self.setting == "inpatient" and chance(15):      # over a New Year
            self.into = datetime.date(pick((2025, 2026)), 12, 31) - DAY * pick((0, 1, 4, 20))
            stay = max(stay, 1)
        self.out = self.into + DAY * stay
        self.hours = None
        if chance(60):
            hours = sorted((dice.randrange(24 * 60), dice.randrange(24 * 60)))
            self.hours = hours if self.into == self.out else [dice.randrange(24 * 60), dice.randrange(24 * 60)]
        self.route, self.facility = pick(PLACES)
        self.outcome = pick((None, "improved", "died", "transferred", "unchanged")) if self.setting == "inpatient" else None
        self.cards = [(pick(GROUPS), None, None)]
        if chance(40):
            other = pick([group for group in GROUPS if group != self.cards[0][0]])
            self.cards.append((other, self.some_day() if chance(50) else None, None))
        elif chance(25):
            self.cards = [(self.cards[0][0], None, self.into + DAY * dice.randrange(0, max(1, stay)))]
        self.direct, self.shown, self.shown_at, self.arrears = None, None, None, False
        kind = dice.randrange(100)
        alone = all(since is None and until is None for _, since, until in self.cards) and self.setting != "day-treatment"
        ours = self.route in ("registered", "emergency")
        if kind < 12 and alone and self.facility.get("points") != "55" or kind < 3 and alone and self.route == "registered":
            self.direct = "no-contract"
        elif kind < 20 and alone and ours:
            self.direct = "card-not-presented"
        elif kind < 30 and alone and ours and stay > 1:
            self.shown = self.into + DAY * dice.randrange(1, stay)
            self.shown_at = dice.randrange(1, 24 * 60) if chance(50) else None
        elif kind < 35 and alone and self.route == "registered":
            self.arrears = True
        self.five = self.into + DAY * (dice.randrange(-900, -9) if chance(80) else dice.randrange(0, 4)) if chance(40) else None
        self.copaid = pick((0, 0, 1_000_000, 13_900_000, 15_100_000, 20_000_000)) if self.five else 0
        self.dated = []
        if self.out.year != self.into.year:                 # each year has its own ceiling
            before = datetime.date(self.into.year, pick((2, 6, 8)), 3)
            self.dated = [(before, self.copaid), (self.out.replace(month=1, day=1), pick((0, 500_000)))] if self.five else []
            self.copaid = 0
        self.readings = [reading for reading in READINGS if chance(8)]
        self.earlier = chance(20)
        if self.earlier:
            self.make_earlier()
        unsaid = ("transport", "bed") if self.out < BEDS_SINCE else ("transport",)
        self.lines = [line for line in self.make_lines() if not (self.earlier and line["kind"] in unsaid)]

    def make_earlier(self):
        """A visit paid directly before 2025-07: no ceiling, no card shown late, no forces, no transport; those have other texts."""
        dice, pick = self.dice, self.pick
        last = datetime.date(2025, 6, 30)
        length = (self.out - self.into).days
        around = (DIRECT_SINCE, datetime.date(2019, 7, 1), datetime.date(2023, 7, 1), datetime.date(2024, 7, 1), datetime.date(2025, 1, 1), last)
        out = pick(around) + DAY * dice.randrange(-2, 3) if self.chance(40) else DIRECT_SINCE + DAY * dice.randrange((last - DIRECT_SINCE).days)
        self.out = min(max(out, DIRECT_SINCE), last)
        self.into = self.out - DAY * length
        self.setting = self.setting if self.setting != "day-treatment" else "outpatient"
        self.route, self.facility = pick(EARLIER_PLACES if self.out.year < 2025 else PLACES[:-1])
        group = pick([group for group in GROUPS if group not in FORCES])
        self.cards, self.five, self.copaid, self.dated = [(group, None, None)], None, 0, []
        self.shown, self.shown_at, self.arrears = None, None, False
        self.direct = pick(("no-contract", "card-not-presented")) if self.route in ("registered", "emergency") else "no-contract"
        self.readings = [reading for reading in self.readings if reading == "direct-payment-at-network-rate"]

    def pick(self, values):
        return values[self.dice.randrange(len(values))]

    def chance(self, percent):
        return self.dice.randrange(100) < percent

    def some_day(self):
        return self.into + DAY * self.dice.randrange((self.out - self.into).days + 1)

    def make_lines(self):
        dice, pick, chance = self.dice, self.pick, self.chance
        price = lambda most: 300 * dice.randrange(10, most)                     # noqa: E731
        lines = [dict(kind="laboratory", price=pick((price(400), price(400), 379_500, 351_000, price(60_000))), day=self.some_day())]
        timed = chance(40)
        for _ in range(pick((0, 0, 1, 1, 2, 3, 6))):
            lines.append(dict(kind="exam", price=price(600), day=self.some_day(), quantity=pick((1, 1, 1, 2)),
                              at=dice.randrange(24 * 60) if timed else None))
        if chance(30):
            lines.append(dict(kind="drug", price=price(3000), day=self.some_day(), ratio=pick((30, 50, 70, 100)),
                              at=dice.randrange(24 * 60) if chance(50) else None))
        if chance(20):
            package = pick(("G1", "G1", None))
            for _ in range(pick((1, 2, 2)) if package else 1):      # without a package the uses of a day are not known
                lines.append(dict(kind="supply", price=price(300_000), day=self.some_day(), package=package, ratio=pick((100, 100, 100, 50))))
        if chance(10):
            lines.append(dict(kind="transport", price=price(2000), day=self.some_day()))
            lines.append(dict(kind="imaging", price=900_000, day=self.some_day()))
        if chance(10):
            lines.append(dict(kind="drug", price=price(2000), day=self.some_day(), scope=pick(("outside", "forces-only"))))
        if chance(8):
            cost = price(3000)
            lines.append(dict(kind="drug", price=cost + price(500), insured=cost, day=self.some_day()))
        if self.setting == "inpatient" and chance(70):
            lines += self.make_beds(price)
        return lines

    def make_beds(self, price):
        """One bed for the stay, counted or given; or two to four wards that follow one another."""
        dice, pick, chance = self.dice, self.pick, self.chance
        bed = lambda: dict(kind="bed", price=price(1500), patients=pick((1, 1, 1, 2, 3)), stretcher=chance(10))   # noqa: E731
        nights = (self.out - self.into).days
        if chance(25):
            days = max(1, nights)
            ratio = pick((100, 100, 50, 33))
            return [dict(kind="bed", price=price(1500), given=days, ratio_given=ratio, day=self.into, patients=1, stretcher=False)]
        if chance(15):
            return [dict(bed(), surgical=self.some_day(), later=price(500), stretcher=False)]
        if nights == 0 or chance(60):
            return [bed()]
        moves = sorted(self.some_moment() for _ in range(pick((1, 1, 2, 3))))
        starts, ends = [self.first_moment()] + moves, moves + [self.last_moment()]
        if chance(15):
            ends[0] = starts[0] + (ends[0] - starts[0]) // 2        # nobody has the patient for a while
        if self.hours is None:
            starts, ends = [at // 1440 * 1440 for at in starts], [at // 1440 * 1440 for at in ends]
        return [dict(bed(), begins=begins, ends=ends_at) for begins, ends_at in zip(starts, ends)]

    def first_moment(self):
        return self.hours[0] if self.hours else 0

    def last_moment(self):
        return (self.out - self.into).days * 1440 + (self.hours[1] if self.hours else 0)

    def some_moment(self):
        """Minutes since the admission day began."""
        return self.dice.randrange(self.first_moment(), max(self.first_moment(), self.last_moment()) + 1)

    # -- what the program reads ---------------------------------------------------------------------------------

    def moment(self, day, at):
        if self.hours is None:
            return day.isoformat()
        return f'"{day.isoformat()} {self.hours[at] // 60:02d}:{self.hours[at] % 60:02d}"'

    def toml(self):
        out = [f"admitted = {self.moment(self.into, 0)}", f"discharged = {self.moment(self.out, 1)}", f'setting = "{self.setting}"',
               f'route = "{self.route}"']
        for key, value in (("outcome", self.outcome), ("direct-payment", self.direct)):
            if value:
                out.append(f'{key} = "{value}"')
        if self.shown:
            at = "" if self.shown_at is None else " " + clock(self.shown_at)
            out.append(f'card-shown = "{self.shown}{at}"')
        if self.arrears:
            out.append("employer-arrears = true")
        if self.five:
            out.append(f"five-years-since = {self.five}")
            out += [] if self.dated else [f"copaid-this-year = {self.copaid}"]
        if any(line["kind"] == "bed" and "given" not in line for line in self.lines):
            out.append('beds = "count"')
        for day, amount in self.dated:
            out += ["[[copayments]]", f"date = {day}", f"amount = {amount}"]
        for group, since, until in self.cards:
            out += ["[[cards]]", f'group = "{group}"']
            out += [f"valid-from = {since}"] if since else []
            out += [f"valid-until = {until}"] if until else []
        out.append("[facility]")
        out += [f'{key.replace("_", "-")} = {value if key == "points" else chr(34) + value + chr(34)}' for key, value in self.facility.items()]
        for line in self.lines:
            out += ["[[lines]]", f'kind = "{line["kind"]}"', f'price = {line["price"]}']
            if line["kind"] != "bed":
                at = "" if line.get("at") is None else " " + clock(line["at"])
                out.append(f'date = "{line["day"]}{at}"')
            else:
                if "given" in line:
                    out += [f'date = {line["day"]}', f'until = {line["day"] + DAY * (line["given"] - 1)}', f'quantity = {line["given"]}',
                            f'service-ratio = "{line["ratio_given"]}%"']
                if "begins" in line:
                    out += [f'date = "{self.written(line["begins"])}"', f'until = "{self.written(line["ends"])}"']
                if "surgical" in line:
                    out += ['bed-type = "surgical"', f'operated = {line["surgical"]}', f'later-price = {line["later"]}']
                out += [f'patients-per-bed = {line["patients"]}'] if line["patients"] > 1 else []
                out += ['bed-type = "stretcher"'] if line["stretcher"] and line["patients"] == 1 else []
            out += [f'quantity = {line["quantity"]}'] if line.get("quantity", 1) > 1 else []
            out += [f'list-ratio = "{line["ratio"]}%"'] if line.get("ratio", 100) < 100 else []
            out += [f'package = "{line["package"]}"'] if line.get("package") else []
            out += [f'scope = "{line["scope"]}"'] if line.get("scope") else []
            out += [f'insured-price = {line["insured"]}'] if line.get("insured") else []
        return "\n".join(out) + "\n"

    def written(self, minutes):
        day = (self.into + DAY * (minutes // 1440)).isoformat()
        return day if self.hours is None else f"{day} {clock(minutes % 1440)}"

    # -- what the law says --------------------------------------------------------------------------------------

    def asks(self, reading):
        return reading in self.readings

    def rights(self, day, rate):
        """(level, no list ratios, no supply cap, transport, beyond the scope) of the better card for each question."""
        valid = [group for group, since, until in self.cards if (not since or since <= day) and (not until or day <= until)]
        if not valid:
            valid = [group for group, since, until in self.cards if until and until < day <= until + DAY * GRACE]
        if not valid:
            return None
        by_use = self.asks("level-by-day-of-use") and number(self.into) < NEW_LEVELS <= number(self.out)
        on = number(day) if by_use else number(self.out)
        level = max(claim.group_level(claim.GROUP_BY_NAME[group.lower()], on) for group in valid)
        forces = any(group in FORCES for group in valid)
        free = any(group in NO_RATIO for group in valid) or (forces and (rate == 100 or self.asks("forces-no-list-ratio")))
        no_cap = free or forces                                              # TT 04/2017 3.2.d: by any route
        in_order = self.route != "self-referred" or not self.asks("forces-out-of-scope-in-order-only")
        beyond = forces and rate == 100 and in_order
        return level, free, no_cap, any(group in TRANSPORT for group in valid), beyond

    def minutes(self):
        if self.hours is None:
            return None
        return (self.out - self.into).days * 24 * 60 + self.hours[1] - self.hours[0]

    def bed_days(self):
        """The days that count (e.2)."""
        nights, minutes = (self.out - self.into).days, self.minutes()
        if minutes is not None and minutes <= HOURS_NONE * 60:
            return []
        if nights == 0 or (minutes is not None and minutes < HOURS_ONE * 60):
            return [self.into]
        days = [self.into + DAY * at for at in range(nights)]
        return days + [self.out] if self.outcome in ONE_MORE else days

    def ward_shares(self, day):
        """Which part of a day each ward has: {line: share}. A stay of less than a day is one day."""
        short = self.minutes() is not None and self.minutes() < HOURS_ONE * 60
        start = (day - self.into).days * 1440
        window = (0, self.last_moment() + 1) if short else (start, start + 1440)
        spent = {}
        for at, line in enumerate(self.lines):
            if "begins" not in line:
                continue
            ends = line["ends"] + (1440 if self.hours is None else 0)
            from_, until = max(line["begins"], window[0]), min(ends, window[1])
            midnight = ends == window[0] and day == self.out and self.hours is not None
            if from_ < until or midnight:
                spent[at] = until - from_
        if len(spent) <= 2:
            return {at: F(1, len(spent)) for at in spent}
        long = [at for at in spent if spent[at] > WARD_HOURS * 60] or list(spent)
        price = lambda at: self.lines[at]["price"]                               # noqa: E731
        shares = {}
        for at in (max(long, key=price), min(long, key=price)):
            shares[at] = shares.get(at, 0) + F(1, 2)
        return shares

    def bed_costs(self, at, line):
        """(day, cost before the card is looked at) of a bed line."""
        patients = F(1, min(line["patients"], 3)) if line["patients"] > 1 else F(1)
        share = patients * (F(1, 2) if line["stretcher"] and line["patients"] == 1 else 1)
        if "given" in line:
            share = F(1, 3) if line["ratio_given"] == 33 and self.asks("shared-bed-one-third") else F(line["ratio_given"], 100)
            return [(line["day"] + DAY * day, line["price"] * 100 * share) for day in range(line["given"])]
        found = []
        for day in self.bed_days():
            price = line["price"]
            if "surgical" in line:
                last = SURGICAL_DAYS + (1 if self.asks("surgical-bed-after-day-of-operation") else 0)
                price = line["later"] if (day - line["surgical"]).days >= last else price
            part = self.ward_shares(day).get(at, 0) if "begins" in line else 1
            if part:
                found.append((day, price * 100 * share * part))
        return found

    def exam_ratios(self):
        """Percent of the price of each examination line, all units together (e.2)."""
        order = sorted((at for at, line in enumerate(self.lines) if line["kind"] == "exam"),
                       key=lambda at: (self.lines[at]["day"], -1 if self.lines[at]["at"] is None else self.lines[at]["at"],
                                       -self.lines[at]["price"], at))
        rank, found = 0, {}
        for at in order:
            units = self.lines[at]["quantity"]
            found[at] = sum(EXAM_STEPS[rank:rank + units])
            rank += units
        return found

    def costs(self, rate):
        """Costs: (day, line, covered, before ratios, rights, of the hospital), in the order of the lines."""
        exams, found, left = self.exam_ratios(), [], {}
        for at, line in enumerate(self.lines):
            if line["kind"] == "bed":
                for day, cost in self.bed_costs(at, line):
                    rights = self.rights(day, rate)
                    covered = cost if rights else F(0)
                    found.append((day, at, covered, covered, rights, cost))
                continue
            day = line["day"]
            rights = self.rights(day, rate)
            hospital = F(line["price"] * 100) * F(exams.get(at, 100), 100)
            scope = line.get("scope")
            paid = rights and (not scope or (scope == "forces-only" and rights[4])) and (line["kind"] != "transport" or rights[3])
            if not paid:
                found.append((day, at, F(0), F(0), rights, hospital))
                continue
            before = F(line.get("insured", line["price"]) * 100) * F(exams.get(at, 100), 100)
            spared = rights[2] if line["kind"] == "supply" else rights[1]
            ratio = 100 if spared else line.get("ratio", 100)
            covered = before * F(ratio, 100)
            if line["kind"] == "supply" and not rights[2] and ratio == 100:
                use = line["package"] or at
                if use not in left:
                    same = [other["day"] for other in self.lines if other["kind"] == "supply" and other["package"] == line["package"]
                            and self.counts_for_cap(other, rate)]
                    on = self.out if self.asks("supply-cap-at-discharge") else (min(same) if line["package"] else day)
                    left[use] = F(SUPPLY_MONTHS * salary(on))
                covered = min(covered, left[use])
                before = min(before, covered)
                left[use] -= covered
            found.append((day, at, covered, before, rights, hospital))
        return found

    def counts_for_cap(self, line, rate):
        rights = self.rights(line["day"], rate)
        return rights is not None and not rights[2] and line.get("ratio", 100) == 100

    def room(self, year):
        """What is left below the ceiling of a year (b.3), by the formula of 188 art. 18.2.b."""
        on = self.out if year == self.out.year else datetime.date(year, 12, 31)
        base = salary(on)
        paid = [(day, amount) for day, amount in self.dated if day.year == year] if self.dated else [(on, self.copaid)]
        months = sum(F(amount * 100, salary(day)) for day, amount in paid if day <= on)
        return max(F(0), (claim.CEILING_MONTHS - months) * base)

    def answer(self):
        era = max(since for since in claim.ERAS if since <= number(self.out))
        facts = [self.facility.get(key, "") for key in ("care_level", "former_tier", "points")]
        forces = any(group in FORCES for group, _, _ in self.cards)
        setting = self.setting
        if setting == "day-treatment" and self.asks("day-treatment-as-outpatient"):
            setting = "outpatient"
        rate, cheap, _, counts = claim.access(era, forces, "", *facts, self.route, setting, "", "", "", "")
        if self.direct == "no-contract" and not self.asks("direct-payment-at-network-rate"):      # f: cost x level
            rate = 100
        costs = self.costs(rate)
        total, hospital = sum(cost[2] for cost in costs), sum(cost[5] for cost in costs)
        compared = sum(cost[3] for cost in costs) if self.asks("low-cost-before-ratios") else total
        low = cheap and compared < claim.LOW_COST_PERCENT * F(salary(self.out), 100)
        lifts = not counts and self.asks("ceiling-lifts-self-referral")
        most = 100 if self.asks("ceiling-counts-network-rest") else rate     # what of a cost may count
        rooms, funds = {year: self.room(year) for year in {self.into.year, self.out.year}}, []
        for day, at, covered, _, rights, _ in sorted(costs, key=lambda cost: (cost[0], cost[1])):
            fund = F(0)
            if rights and self.lines[at]["kind"] == "transport":
                fund = covered
            elif rights and rate:
                level, year = 100 if low else rights[0], day.year if self.five else self.out.year
                five = self.five and self.five <= day
                if lifts and five and level < 100 and rooms[year] == 0:
                    level = 100
                fund = F(rounded(covered * level * rate / 10000))
                if level < 100 and counts:
                    part = covered * F(most, 100) - covered * level * rate / 10000
                    if five and part > rooms[year]:
                        fund = F(rounded(covered * F(most, 100) - rooms[year]))
                    rooms[year] = max(F(0), rooms[year] - (covered * F(most, 100) - fund))
            funds.append((day, at, covered, fund))
        return self.paid(total, hospital, funds)

    def is_before(self, day, line):
        """Before the card was shown; a line of that day without its hour counts as before."""
        if day != self.shown or self.shown_at is None:
            return day < self.shown
        at = line.get("at")
        if "begins" in line and self.hours and self.into + DAY * (line["begins"] // 1440) == day:
            at = line["begins"] % 1440                          # the ward of that day begins so late
        return at is None or at < self.shown_at

    def paid(self, total, hospital, funds):
        fund = sum(cost[3] for cost in funds)
        copayment = total - fund
        directly, refund = F(0), F(0)
        emergency = self.route == "emergency"
        free = any(group in FORCES for group, _, _ in self.cards)           # 188 art. 57.5
        before = [cost for cost in funds
                  if self.direct or (self.shown and not emergency and self.is_before(cost[0], self.lines[cost[1]]))]
        if before:
            directly = sum(cost[3] for cost in before)
            cap = self.cap()
            if not emergency and not (free and self.direct != "no-contract"):
                cut = max(F(0), directly - cap)
                fund, directly = fund - cut, directly - cut
        if self.arrears:
            fund, refund = F(0), fund
        own = hospital - fund - copayment
        return [claim.format_money(rounded(amount)) for amount in (total, fund, copayment, own, directly, refund)]

    def cap(self):
        """f: outpatients by the base salary of the visit, inpatients by that of the discharge."""
        outpatient = self.setting == "outpatient"
        base = salary(self.into if outpatient else self.out)
        if self.direct == "no-contract" and self.out.year < 2025:
            return DIRECT_BY_TIER.get((self.facility["former_tier"], self.setting), F(0)) * base
        if self.direct == "no-contract":
            if self.facility["care_level"] == "specialised":
                return F(0) if outpatient else SPECIALISED_DIRECT * base
            district = self.facility["former_tier"] == "district" and not self.asks("ex-district-50-points-as-57-2")
            if self.facility.get("points") == "55" and not district:         # f: 50 to below 70 points
                return F(0) if outpatient else F(base)
        return DIRECT[self.setting] * base


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("files")
    parser.add_argument("expected")
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with open(options.files, "w", encoding="utf-8") as files, open(options.expected, "w", newline="", encoding="utf-8") as expected:
        writer = csv.writer(expected, lineterminator="\n")
        for _ in range(options.visits):
            visit = Visit(dice)
            files.write(visit.toml() + "% " + " ".join(sorted(set(visit.readings))) + "\n")
            writer.writerow(visit.answer())


if __name__ == "__main__":
    main()
