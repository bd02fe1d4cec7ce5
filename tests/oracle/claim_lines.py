#!/usr/bin/env python3
"""Visits line by line, and what they are paid, written from the law sheets alone.

    python3 claim_lines.py --visits 20000 --seed 1 visits.txt expected.csv

Writes random visit files (TOML, divided by lines of `%`, after `%` the readings asked for) and for each the covered cost, the fund's
part, the co-payment, the part paid directly and what the employer pays back. Hours, bed days, ranked examinations, two cards, supplies,
transport, direct payment, a late card, arrears, the annual ceiling and readings. No floats: hundredths of a dong, shares as fractions.
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
SUPPLY_MONTHS = 45                               # e.1, from 2017-06-01
DIRECT = {"outpatient": F(15, 100), "inpatient": F(1, 2)}          # f, first rows: 188 art. 57.1, 57.4
SPECIALISED_DIRECT = F(5, 2)                     # f: specialised, in-patient only
GRACE = 15                                       # a.1: 188 art. 50.4
NO_RATIO = ("CC", "TE")                          # a.4
FORCES = ("QN",)                                 # a.4, 57.5
TRANSPORT = ("QN", "CC", "TE", "HN", "CB", "BT") # d: from 2025-07-01
GROUPS = ("GD", "HT", "HN", "CC", "TE", "QN", "CB", "BT", "DN", "KC")
# route, facility, rate of an in-patient, of an out-patient, whether the visit counts for the ceiling
PLACES = (
    ("registered", dict(care_level="basic", former_tier="district")),
    ("referred", dict(care_level="basic", former_tier="district")),
    ("emergency", dict(care_level="specialised", former_tier="central")),
    ("self-referred", dict(care_level="specialised", former_tier="central")),
    ("self-referred", dict(care_level="basic", former_tier="unranked", points="55")),
    ("self-referred", dict(care_level="basic", former_tier="unranked", points="20")),
)


def number(day):
    return day.year * 10000 + day.month * 100 + day.day


def salary(day):
    return claim.base_salary(number(day)) * 100


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
        self.setting = pick(("outpatient", "inpatient", "inpatient"))
        stay = pick((0, 0, 1)) if self.setting == "outpatient" else pick((0, 1, 1, 2, 3, 5, 9, 25))
        self.out = self.into + DAY * stay
        if self.out.year != self.into.year:      # two ceilings: not asked here
            self.into = self.out = self.out.replace(month=2, day=3)
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
        self.direct, self.shown, self.arrears = None, None, False
        kind = dice.randrange(100)
        alone = len(self.cards) == 1 and self.cards[0][2] is None
        if kind < 12 and alone and self.facility.get("points") != "55":
            self.direct = "no-contract"
        elif kind < 20 and alone and self.route in ("registered", "emergency"):
            self.direct = "card-not-presented"
        elif kind < 30 and alone and self.route in ("registered", "emergency") and stay > 1:
            self.shown = self.into + DAY * dice.randrange(1, stay)
        elif kind < 35 and alone and self.route == "registered":
            self.arrears = True
        self.five = self.into - DAY * dice.randrange(10, 900) if chance(40) else None
        self.copaid = pick((0, 0, 1_000_000, 13_900_000, 15_100_000, 20_000_000)) if self.five else 0
        self.readings = []
        self.lines = self.make_lines()

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
        for _ in range(pick((0, 0, 1, 1, 2, 3, 6))):
            lines.append(dict(kind="exam", price=price(600), day=self.some_day(), quantity=pick((1, 1, 1, 2))))
        if chance(30):
            lines.append(dict(kind="drug", price=price(3000), day=self.some_day(), ratio=pick((30, 50, 70, 100))))
        if chance(20):
            package = pick(("G1", "G1", None))
            for _ in range(pick((1, 2, 2))):
                lines.append(dict(kind="supply", price=price(300_000), day=self.some_day(), package=package, ratio=pick((100, 100, 100, 50))))
            if package is None:                  # several uses of one day: which is not known
                lines = [line for line in lines if line["kind"] != "supply"] + [line for line in lines if line["kind"] == "supply"][:1]
            if chance(30):
                self.readings.append("supply-cap-at-discharge")
        if chance(10):
            lines.append(dict(kind="transport", price=price(2000), day=self.some_day()))
            lines.append(dict(kind="imaging", price=900_000, day=self.some_day()))
        if chance(10):
            lines.append(dict(kind="drug", price=price(2000), day=self.some_day(), scope="outside"))
        if self.setting == "inpatient" and chance(60):
            lines.append(dict(kind="bed", price=price(1500), patients=pick((1, 1, 1, 2, 3)), stretcher=chance(10)))
        if chance(15):
            self.readings.append("low-cost-before-ratios")
        return lines

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
            out.append(f"card-shown = {self.shown}")
        if self.arrears:
            out.append("employer-arrears = true")
        if self.five:
            out += [f"five-years-since = {self.five}", f"copaid-this-year = {self.copaid}"]
        if any(line["kind"] == "bed" for line in self.lines):
            out.append('beds = "count"')
        for group, since, until in self.cards:
            out += ["[[cards]]", f'group = "{group}"']
            out += [f"valid-from = {since}"] if since else []
            out += [f"valid-until = {until}"] if until else []
        out.append("[facility]")
        out += [f'{key.replace("_", "-")} = {value if key == "points" else chr(34) + value + chr(34)}' for key, value in self.facility.items()]
        for line in self.lines:
            out += ["[[lines]]", f'kind = "{line["kind"]}"', f'price = {line["price"]}']
            if line["kind"] != "bed":
                out.append(f'date = {line["day"]}')
            else:
                out += [f'patients-per-bed = {line["patients"]}'] if line["patients"] > 1 else []
                out += ['bed-type = "stretcher"'] if line["stretcher"] and line["patients"] == 1 else []
            out += [f'quantity = {line["quantity"]}'] if line.get("quantity", 1) > 1 else []
            out += [f'list-ratio = "{line["ratio"]}%"'] if line.get("ratio", 100) < 100 else []
            out += [f'package = "{line["package"]}"'] if line.get("package") else []
            out += ['scope = "outside"'] if line.get("scope") else []
        return "\n".join(out) + "\n"

    # -- what the law says --------------------------------------------------------------------------------------

    def rights(self, day, rate):
        """(level, no list ratios, transport) of the better card for each question; nothing without a card."""
        valid = [group for group, since, until in self.cards if (not since or since <= day) and (not until or day <= until)]
        if not valid:
            valid = [group for group, since, until in self.cards if until and until < day <= until + DAY * GRACE]
        if not valid:
            return None
        level = max(claim.group_level(claim.GROUP_BY_NAME[group.lower()], number(self.out)) for group in valid)
        free = any(group in NO_RATIO or (group in FORCES and rate == 100) for group in valid)
        no_cap = free or any(group in FORCES for group in valid)             # TT 04/2017 3.2.d: by any route
        return level, free, no_cap, any(group in TRANSPORT for group in valid)

    def bed_days(self):
        """The days that count (e.2)."""
        nights = (self.out - self.into).days
        if self.hours is not None:
            minutes = nights * 24 * 60 + self.hours[1] - self.hours[0]
            if minutes <= HOURS_NONE * 60:
                return []
            if minutes < HOURS_ONE * 60:
                return [self.into]
        elif nights == 0:
            return [self.into]
        days = [self.into + DAY * at for at in range(nights)]
        return days + [self.out] if self.outcome in ONE_MORE else days

    def exam_ratios(self):
        """Percent of the price of each examination line, all units together (e.2)."""
        order = sorted((at for at, line in enumerate(self.lines) if line["kind"] == "exam"),
                       key=lambda at: (self.lines[at]["day"], -self.lines[at]["price"], at))
        rank, found = 0, {}
        for at in order:
            units = self.lines[at]["quantity"]
            found[at] = sum(EXAM_STEPS[rank:rank + units])
            rank += units
        return found

    def costs(self, rate):
        """Covered costs: (day, line, covered, before ratios, rights), in the order of the lines."""
        exams, found, left = self.exam_ratios(), [], {}
        for at, line in enumerate(self.lines):
            if line["kind"] == "bed":
                share = F(1, min(line["patients"], 3)) if line["patients"] > 1 else F(1, 2) if line["stretcher"] else F(1)
                for day in self.bed_days():
                    rights = self.rights(day, rate)
                    cost = line["price"] * 100 * share if rights else F(0)
                    found.append((day, at, cost, cost, rights))
                continue
            day = line["day"]
            rights = self.rights(day, rate)
            if not rights or line.get("scope") or (line["kind"] == "transport" and not rights[3]):
                found.append((day, at, F(0), F(0), rights))
                continue
            before = F(line["price"] * 100) * F(exams.get(at, 100), 100)
            spared = rights[2] if line["kind"] == "supply" else rights[1]
            ratio = 100 if spared else line.get("ratio", 100)
            covered = before * F(ratio, 100)
            if line["kind"] == "supply" and not rights[2] and ratio == 100:
                use = line["package"] or at
                if use not in left:
                    same = [other["day"] for other in self.lines if other["kind"] == "supply" and other["package"] == line["package"]
                            and self.counts_for_cap(other, rate)]
                    on = self.out if "supply-cap-at-discharge" in self.readings else (min(same) if line["package"] else day)
                    left[use] = F(SUPPLY_MONTHS * salary(on))
                covered = min(covered, left[use])
                before = min(before, covered)
                left[use] -= covered
            found.append((day, at, covered, before, rights))
        return found

    def counts_for_cap(self, line, rate):
        rights = self.rights(line["day"], rate)
        return rights is not None and not rights[2] and line.get("ratio", 100) == 100

    def answer(self):
        era = max(since for since in claim.ERAS if since <= number(self.out))
        facts = [self.facility.get(key, "") for key in ("care_level", "former_tier", "points")]
        forces = any(group in FORCES for group, _, _ in self.cards)
        rate, cheap, _, counts = claim.access(era, forces, "", *facts, self.route, self.setting, "", "", "", "")
        if self.direct == "no-contract":         # f: cost x level
            rate = 100
        costs = self.costs(rate)
        total = sum(cost[2] for cost in costs)
        compared = sum(cost[3] for cost in costs) if "low-cost-before-ratios" in self.readings else total
        low = cheap and compared < claim.LOW_COST_PERCENT * F(salary(self.out), 100)
        room = F(claim.CEILING_MONTHS * salary(self.out) - self.copaid * 100)
        room = max(room, F(0))
        funds = []
        for day, at, covered, _, rights in sorted(costs, key=lambda cost: (cost[0], cost[1])):
            fund = F(0)
            if rights and self.lines[at]["kind"] == "transport":
                fund = covered
            elif rights and rate:
                level = 100 if low else rights[0]
                fund = F(rounded(covered * level * rate / 10000))
                if level < 100 and counts and self.five and self.five <= day:
                    if covered * rate * (100 - level) / 10000 > room:
                        fund = F(rounded(covered * rate / 100 - room))
                    room = max(F(0), room - (covered * rate / 100 - fund))
            funds.append((day, at, covered, fund))
        return self.paid(total, funds)

    def paid(self, total, funds):
        fund = sum(cost[3] for cost in funds)
        copayment = total - fund
        directly, refund = F(0), F(0)
        emergency = self.route == "emergency"
        free = any(group in FORCES for group, _, _ in self.cards)           # 188 art. 57.5
        before = [cost for cost in funds if self.direct or (self.shown and not emergency and cost[0] < self.shown)]
        if before:
            directly = sum(cost[3] for cost in before)
            cap = self.cap()
            if not emergency and not (free and self.direct != "no-contract"):
                cut = max(F(0), directly - cap)
                fund, directly = fund - cut, directly - cut
        if self.arrears:
            fund, refund = F(0), fund
        return [claim.format_money(rounded(amount)) for amount in (total, fund, copayment, directly, refund)]

    def cap(self):
        """f: outpatients by the base salary of the visit, inpatients by that of the discharge."""
        outpatient = self.setting == "outpatient"
        base = salary(self.into if outpatient else self.out)
        if self.direct == "no-contract" and self.facility["care_level"] == "specialised":
            return F(0) if outpatient else SPECIALISED_DIRECT * base
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
