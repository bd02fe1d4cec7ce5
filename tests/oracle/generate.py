#!/usr/bin/env python3
"""Writes a random `batch premium` table on stdout; the same for the same arguments.

generate.py --households N --seed S [--from-year 2009] [--to-year 2027]

Days on which the law changes, and the days before and after, come up often, as payment day and as first day of a month
of cover. About 1 % of the rows are bad. The law tables of premium.py are used to choose interesting values only.
"""

import argparse
import csv
import os
import random
import sys
from datetime import date, timedelta

import places
import premium as law

SALARY_GROUPS = {g for g, (_, _, periods) in law.GROUPS.items() if any(p[2] != law.BASE for p in periods)}
ADULT_GROUPS = {"household", "average-income-farm-household", "individual", "charity-resident", "unpaid-leave"}
PROVINCES = sorted(set(places.PLACES.values()))
PACK_ROWS = {p: [row for row in places.ROWS if p in row.places] for p in PROVINCES}
PACK_GROUPS = {p: sorted({g for row in PACK_ROWS[p] for g in row.groups}) for p in PROVINCES}
LOCAL_TAGS = sorted({word for row in places.ROWS for kind, words in row.conditions if kind in ("all", "any", "not")
                     for word in words} | {row[1][0] for each in places.ROWS for row in each.conditions
                                           if row[0] in ("within", "month")})
PROVINCE_SPELLINGS = {p: [p] for p in PROVINCES}
for text in places.NAMES.replace(" + ", "\n").splitlines():
    for name in text.strip("0123456789 ").replace(")", "").replace(" (", ", ").split(", "):
        if name:
            PROVINCE_SPELLINGS[places.PLACES[places.key_of(name)]] += [name, name.upper(), places.fold(name)]
OTHER_TAGS = ["poor-commune", "poor-district", "left-near-poverty", "ethnic-minority", "zone-1", "former-difficult-area",
              "large-family", "poor-family", "no-other-card", "mild-disability", "hiv", "leprosy", "permanent-resident",
              "general-school", "grade-1", "grade-12", "first-year", "final-year", "left-poverty"]
GROUP_TAGS = {
    "near-poor": ["poor-commune", "poor-district", "left-poverty", "ethnic-minority"],
    "pupil": ["general-school", "ethnic-minority", "zone-1", "large-family", "poor-family", "near-poor-family", "left-difficult-list",
              "grade-1", "grade-12"],
    "student": ["ethnic-minority", "zone-1", "large-family", "poor-family", "near-poor-family", "left-difficult-list",
                "first-year"],
    "average-income-farm-household": ["left-poverty", "former-difficult-area"],
    "ethnic-minority-former-difficult": ["left-difficult-list", "ethnic-minority"],
    "trafficking-victim": ["confirmed-trafficking-victim"],
    "household": ["permanent-resident", "no-other-card"],
    "individual": ["permanent-resident", "no-other-card"],
    "charity-resident": ["permanent-resident"],
    "unpaid-leave": ["permanent-resident"],
}
WINDOW_MONTHS = {"left-difficult-list": 36, "confirmed-trafficking-victim": 12, "left-poverty": 60}
NOTES = ["", "", "", "phường 1", "nhóm A, đợt 2", 'ghi "chú"', "x;y"]
BAD_DATES = ["2025-02-30", "31/04/2020", "2026-13-01", "08/13/2026", "2026-8", "hôm nay", ""]
BAD_MONTHS = ["0", "17", "18", "-3", "x", ""]
BAD_GROUPS = ["ZZ", "QQ", "khong-co", ""]


class Generator:
    def __init__(self, seed, from_year, to_year):
        self.random = random.Random(seed)
        # Nothing is recorded before the Law: a month of such payments is enough.
        self.first = max(date(from_year, 1, 1), law.iso(law.L2009) - timedelta(31))
        self.last = date(to_year, 12, 31)
        packs = [day for row in places.ROWS for day in (row.start, row.until) if day != date.max]
        changes = set(law.CHANGES) | set(packs) | {law.iso(row[2]) for row in law.STATE_SHARE}
        self.changes = sorted(day for day in changes if self.first <= day <= self.last)

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, things):
        return things[self.random.randrange(len(things))]

    def clamp(self, day):
        return min(max(day, self.first), self.last)

    def change_day(self):
        return self.pick(self.changes or [self.first]) + timedelta(self.pick([-1, 0, 1]))

    def any_day(self):
        return self.first + timedelta(self.random.randrange((self.last - self.first).days + 1))

    def pack_day(self, province):
        """A day on which the province has a policy, often its first or last, or one day off."""
        if not PACK_ROWS[province]:
            return self.payment_day()
        row = self.pick(PACK_ROWS[province])
        first, last = (min(day, self.last) for day in (row.start, row.until))
        if self.chance(40):
            return self.clamp(self.pick([first, last]) + timedelta(self.pick([-1, 0, 1])))
        return self.clamp(first + timedelta(self.random.randrange(max((last - first).days, 0) + 1)))

    def payment_day(self):
        kind = self.random.random()
        if kind < 0.35:
            return self.clamp(self.change_day())
        if kind < 0.55:  # some month of cover begins around a change
            return self.clamp(law.add_months(self.change_day(), -self.random.randrange(1, 12)))
        if kind < 0.62:  # end of month
            day = self.any_day()
            return self.clamp(law.add_months(date(day.year, 1, 31), day.month - 1) - timedelta(self.pick([0, 0, 1, 2])))
        if kind < 0.64:
            return self.clamp(date(self.pick([2016, 2020, 2024]), 2, 29))
        return self.any_day()

    def write(self, day):
        return day.strftime("%d/%m/%Y") if self.chance(10) else day.isoformat()

    def in_force(self, group, day):
        return any(law.iso(p[0]) <= day <= law.iso(p[1]) for p in law.GROUPS[group][2])

    def group(self, day, province):
        with_policy = PACK_GROUPS.get(province)
        for _ in range(50):
            group = self.pick(with_policy if with_policy and self.chance(50) else list(law.GROUPS))
            if self.in_force(group, day) or self.chance(1):
                return group
        return "household"

    def spelling(self, group):
        codes = law.GROUPS[group][1].split()
        name = self.pick(codes) if codes and self.chance(60) else group
        return name.lower() if self.chance(3) else name

    def months(self, group):
        kind = self.random.random()
        if group in law.PUPILS and kind < 0.05:
            return self.pick([13, 14, 15, 15, 16])
        if kind < 0.8:
            return self.pick([3, 6, 12, 12])
        return self.random.randrange(1, 13)

    def amount(self, value):
        kind = self.random.random()
        if kind < 0.03:
            return f"{value:,}"
        if kind < 0.06:
            return f"{value:,}".replace(",", ".")
        if kind < 0.08:
            return f"{value:,}".replace(",", " ")
        if kind < 0.09:
            return f"{value}đ"
        return str(value)

    def salary(self, paid_on):
        kind = self.random.random()
        if kind < 0.1:
            cap = law.CAP_MULTIPLE * (law.value_on(law.BASE_SALARY, paid_on) or 0)
            return max(cap, 1_000_000) + self.random.randrange(-2, 3)
        if kind < 0.2:
            return self.random.randrange(20_000_000, 90_000_000) | 1
        return self.random.randrange(1_000_000, 30_000_000) | 1

    def tag(self, name, paid_on):
        """With its date where the tag may carry one."""
        if name == "left-difficult-list" and self.chance(92) or name in WINDOW_MONTHS and self.chance(75):
            back = self.pick([0, WINDOW_MONTHS[name], self.random.randrange(0, WINDOW_MONTHS[name] + 12)])
            return f"{name}={law.add_months(paid_on, -back) + timedelta(self.pick([-1, 0, 0, 1]))}"
        return name

    def tags(self, group, paid_on):
        tags = [self.tag(t, paid_on) for t in GROUP_TAGS.get(group, []) if self.chance(35)]
        if group in ("pupil", "student") and self.chance(10):
            tags = ["ethnic-minority", self.tag("left-difficult-list", paid_on)]
        if group == "trafficking-victim" and self.chance(60):
            tags = [self.tag("confirmed-trafficking-victim", paid_on)]
        if self.chance(4):
            tags.append(self.pick(OTHER_TAGS))
        if law.GROUPS[group][0] in (4, 5) and self.chance(10):
            ago = self.pick([-40, -1, 0, 1, 30, 88, 89, 90, 91, 92, 93, 200])
            tags.append(f"previous-card={paid_on - timedelta(ago)}")
        if "grade-12" in tags:  # nobody is in both; the calendar of grade 1 is not modelled
            tags = [tag for tag in tags if tag != "grade-1"]
        return ";".join(dict.fromkeys(tags))

    def birth(self, group, paid_on):
        if group == "child-under-six":
            return paid_on - timedelta(self.random.randrange(0, 6 * 365))
        if group in ADULT_GROUPS and self.chance(50):
            age = self.pick([60, 65, 65, 75, 75, 80])
            return law.add_months(paid_on, -12 * age) + timedelta(self.pick([-400, -1, 0, 1, 400]))
        return paid_on - timedelta(self.random.randrange(7 * 365, 95 * 365))

    def row(self, household, person, group, paid_on, province, already):
        row = {
            "household_id": household, "person_id": person, "group": self.spelling(group),
            "months": str(self.months(group)), "paid_on": self.write(paid_on), "rank": "", "from": "", "born": "",
            "salary": "", "province": self.pick(PROVINCE_SPELLINGS[province]) if province else "",
            "tags": self.tags(group, paid_on) if self.chance(60) else "", "already": already, "note": self.pick(NOTES),
            "school_province": "",
        }
        if province and self.chance(40):
            tag = self.pick(LOCAL_TAGS)
            ago = timedelta(self.pick([-1, 0, 1, 20, 360, 365, 370, 700, 1090, 1095, 1100]))
            dated = f"{tag}={paid_on - ago}" if self.chance(40) else tag
            row["tags"] = ";".join(filter(None, [row["tags"], dated])) if tag not in row["tags"] else row["tags"]
        if self.chance(10):
            row["school_province"] = self.pick(PROVINCE_SPELLINGS[self.pick(PROVINCES)])
        if self.chance(25):
            start = paid_on + timedelta(self.random.randrange(0, 61))
            if self.chance(40):
                start = start.replace(day=1) + timedelta(32)
                start = start.replace(day=1)
            row["from"] = self.write(start)
        if self.chance(70):
            row["born"] = self.write(self.birth(group, paid_on))
        if group in SALARY_GROUPS or self.chance(1):
            row["salary"] = self.amount(self.salary(paid_on))
        if group == law.LADDER_GROUP and self.chance(5):
            row["rank"] = str(self.random.randrange(1, 9))
        if self.chance(1):
            self.spoil(row, group)
        return row

    def spoil(self, row, group):
        kind = self.random.randrange(4)
        if kind == 0:
            row["paid_on"] = self.pick(BAD_DATES)
        elif kind == 1:
            row["months"] = self.pick(BAD_MONTHS)
        elif kind == 2 or group not in SALARY_GROUPS:
            row["group"] = self.pick(BAD_GROUPS)
        else:
            row["salary"] = self.pick(["", "1.23", "1,5", "lương"])

    def household(self, number):
        province = self.pick(PROVINCES) if self.chance(30) else ""
        paid_on = self.pack_day(province) if province and self.chance(70) else self.payment_day()
        size = 40 if self.chance(0.3) else self.random.randrange(1, 9)
        family = self.chance(30 if province else 50)
        household = "" if size == 1 and self.chance(30) else f"H{number:07}"
        already = str(self.random.randrange(0, 4)) if self.chance(15) else ""
        for k in range(size):
            group = "household" if family or size == 40 else self.group(paid_on, province)
            day = paid_on
            if self.chance(5):  # somebody pays on another day of the same year
                other = self.clamp(paid_on + timedelta(self.pick([-30, -1, 1, 30])))
                day = other if other.year == paid_on.year else paid_on
            yield self.row(household, f"P{number:07}-{k + 1}", group, day, province, already)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--households", type=int, required=True)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--from-year", type=int, default=2009)
    parser.add_argument("--to-year", type=int, default=2027)
    args = parser.parse_args()
    generator = Generator(args.seed, args.from_year, args.to_year)
    columns = list(law.KNOWN) + ["note"]
    generator.random.shuffle(columns)
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for number in range(1, args.households + 1):
        for row in generator.household(number):
            writer.writerow([row[name] for name in columns])
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
