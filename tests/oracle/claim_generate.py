#!/usr/bin/env python3
"""Random visits for `batch claim`, the same for the same seed.

    python3 claim_generate.py --visits 100000 --seed 1 > visits.csv

All groups (by id and by card code), visit codes, facts and settings; days around every change of law; costs
around the low-cost threshold and around the annual ceiling; about 1 % rows that must be rejected.
--disputed adds rows (3 %) whose reading is open (READINGS.claim.md), --plain leaves out other spellings of
dates and amounts. No floats.
"""
import argparse
import csv
import datetime
import random
import sys

import claim

COLUMNS = ("claim_id", "group", "visit_code", "care_level", "former_tier", "points", "route", "setting",
           "admitted", "discharged", "hospital_cost", "covered_cost", "copaid_this_year", "five_years_since",
           "residence", "disease_list", "listed_initial", "same_province", "born")

CHANGES = sorted({*(since for since, _ in claim.BASE_SALARY if since >= claim.START), *claim.ERAS,
                  20151015, 20181201, 20220215, 20231019, 20231203, 20250815, 20260101, claim.END}
                 | {since for _, _, levels in claim.GROUPS for since, _ in levels})
ROUTES = ("registered", "referred", "emergency", "self-referred")
SETTINGS = ("outpatient", "inpatient", "day-treatment")
INPATIENT_CODES = frozenset(code for code, cells in claim.VISIT_CODES.items() if cells["O"] is None)
SETTING_NEEDED = frozenset(("3.1",))
REMOVED_CODES = ("1.8", "1.9", "3.4", "3.5", "3.7", "7.1", "4.1", "abc", "8")
# groups whose first or last day is not in doubt
CERTAIN_GAPS = (("unpaid-manager", 20250630), ("household-business-owner", 20250630), ("social-pension", 20250630),
                ("multidimensional-poor", 20260105), ("sick-leave", 20240110), ("safe-zone-resident", 20221231),
                ("trafficking-victim", 20250101))


def to_date(number):
    return datetime.date(number // 10000, number // 100 % 100, number % 100)


def to_number(date):
    return date.year * 10000 + date.month * 100 + date.day


FIRST, LAST = to_date(claim.START).toordinal(), to_date(claim.END).toordinal()


class Generator:
    def __init__(self, seed, disputed=False, plain=False):
        self.random = random.Random(seed)
        self.disputed = disputed
        self.plain = plain
        self.codes = sorted(claim.VISIT_CODES)

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def pick(self, values):
        return values[self.random.randrange(len(values))]

    def number(self, low, high):
        """low..high, both included, spread over the magnitudes."""
        if high <= low:
            return low
        bits = self.random.randrange(max(1, low).bit_length(), high.bit_length() + 1)
        return min(high, max(low, self.random.getrandbits(bits)))

    # -- cells ------------------------------------------------------------------------------------------

    def discharge(self, first, last):
        r = self.random
        changes = [day for day in CHANGES if first <= day <= last]
        if changes and self.chance(40):
            day = to_date(self.pick(changes)).toordinal() + self.pick((-1, -1, 0, 0, 0, 1))
        elif self.chance(40):
            day = r.randrange(to_date(20250101).toordinal(), to_date(20271231).toordinal() + 1)
        else:
            day = r.randrange(FIRST, LAST + 1)
        low, high = to_date(first).toordinal(), to_date(last).toordinal()
        if not low <= day <= high:
            day = r.randrange(low, high + 1)
        return datetime.date.fromordinal(day)

    def group(self):
        name, codes, levels = self.pick(claim.GROUPS)
        if levels is claim.OLD and self.chance(50):          # groups at 100 % have little to test
            name, codes, levels = self.pick(claim.GROUPS)
        first = next(since for since, value in levels if value is not None)
        ends = [since for since, value in levels if value is None]
        last = to_number(to_date(ends[0]) - datetime.timedelta(1)) if ends else claim.END
        shown = self.pick(codes) if codes and self.chance(50) else name
        return name, shown, first, last

    def date_text(self, date):
        if not self.plain and self.chance(2):
            return date.strftime("%d/%m/%Y")
        return date.isoformat()

    def money_text(self, hundredths):
        text = claim.format_money(hundredths)
        if self.plain or not self.chance(2) or "." in text or len(text) < 7:
            return text
        sign = self.pick((".", " ", ","))
        grouped = f"{int(text):,}".replace(",", sign)
        return grouped + (self.pick(("", " đ", "đ")))

    def place(self, row, era):
        if era >= claim.CARE_LEVELS and self.chance(50):
            code = row["visit_code"] = self.pick(self.codes)
            if code in INPATIENT_CODES:
                row["setting"] = self.pick(("inpatient", "inpatient", "day-treatment", ""))
            else:
                row["setting"] = self.pick(SETTINGS)
                if code not in SETTING_NEEDED and self.chance(10):
                    row["setting"] = ""
            if self.chance(5):
                row["residence"] = self.pick(("K1", "K2", "K3"))
            return
        row["setting"] = self.pick(SETTINGS)
        row["route"] = self.pick(ROUTES + (claim.SELF,) * 4)
        if self.chance(15):
            row["residence"] = self.pick(("K1", "K2", "K3"))
        if era < claim.CARE_LEVELS:
            row["former_tier"] = self.pick(("commune", "district", "provincial", "central"))
            row["same_province"] = self.pick(("true", "false", ""))
            return
        level = row["care_level"] = self.pick(("initial", "basic", "basic", "basic", "specialised", "specialised"))
        row["former_tier"] = self.pick(("", "commune", "district", "provincial", "central"))
        if level == "basic":
            row["points"] = self.pick(("", "0", "20", "49", "50", "60", "69"))
        elif level == "specialised":
            row["points"] = self.pick(("", "70", "85", "100"))
        else:
            row["listed_initial"] = self.pick(("true", "false", ""))
        if self.chance(20):
            row["disease_list"] = self.pick(("I", "II"))

    def money(self, row, salary, level, rate):
        """Covered cost, hospital cost, co-payment before the visit. True if the visit is at the annual ceiling."""
        threshold, ceiling = 15 * salary, 6 * salary * 100
        dice = self.random.randrange(100)
        if dice < 15:
            copaid = ceiling + self.pick((-10000, -100, -50, -1, 0, 0, 1, 50, 100, 10000))
        elif dice < 35:
            copaid = ceiling - 100 * self.number(1, 3_000_000)
        elif dice < 45:
            copaid = ceiling + 100 * self.number(1, 20_000_000)
        elif dice < 65:
            copaid = 100 * self.number(1, 10_000_000)
        else:
            copaid = 0
        left = max(0, ceiling - copaid)
        crossing = False
        dice = self.random.randrange(100)
        if dice < 25:
            covered = threshold + self.pick((-100, -1, 0, 0, 1, 100))
        elif dice < 45 and level < 100 and rate > 0:
            crossing = True
            covered = left * 10000 // (rate * (100 - level)) + self.pick((-200, -100, -1, 0, 0, 1, 100, 200, 50000))
        elif dice < 58:
            covered = 100 * self.random.randrange(0, threshold // 100)
        else:
            covered = 100 * self.number(1000, 200_000_000)
        if self.chance(6):
            covered += self.pick((25, 50, 75, 10, 1, 99))
        covered = max(0, covered)
        extra = 0 if self.chance(50) else 100 * self.number(1, 30_000_000)
        if self.chance(3):
            extra += self.random.randrange(100)
        row["covered_cost"] = self.money_text(covered)
        row["hospital_cost"] = self.money_text(covered + extra)
        row["copaid_this_year"] = self.money_text(copaid) if copaid or self.chance(50) else ""
        return crossing

    # -- rows -------------------------------------------------------------------------------------------

    def row(self, number):
        row = dict.fromkeys(COLUMNS, "")
        row["claim_id"] = f"V{number:07d}"
        name, row["group"], first, last = self.group()
        out = self.discharge(first, last)
        out_number = to_number(out)
        era = max(since for since in claim.ERAS if since <= out_number)
        self.place(row, era)
        stay = 0 if row["setting"] in ("outpatient", "") and self.chance(85) else self.random.randrange(0, 25)
        row["admitted"] = self.date_text(out - datetime.timedelta(stay))
        row["discharged"] = self.date_text(out)
        level = claim.group_level(claim.GROUP_BY_NAME[name], out_number)
        level = 80 if level is claim.AGED else level
        rate = claim.access(era, False, *[row[key] for key in (
            "visit_code", "care_level", "former_tier", "points", "route", "setting", "residence", "disease_list",
            "listed_initial", "same_province")])[0]
        crossing = self.money(row, claim.base_salary(out_number), level, rate)
        if crossing and self.chance(80):
            row["five_years_since"] = self.date_text(out - datetime.timedelta(self.random.randrange(0, 3000)))
        elif self.chance(70):
            dice = self.random.randrange(100)
            if dice < 25:
                since = out + datetime.timedelta(self.pick((-1, 0, 0, 1)))
            elif dice < 80:
                since = out - datetime.timedelta(self.random.randrange(2, 4000))
            else:
                since = out + datetime.timedelta(self.random.randrange(2, 1800))
            row["five_years_since"] = self.date_text(since)
        if name == "social-pension":
            dice = self.random.randrange(3)
            if dice == 0:
                row["born"] = self.years_before(out, self.pick((60, 74, 75, 76, 80, 90)), 0).isoformat()
            elif dice == 1 or not self.disputed:
                row["born"] = self.years_before(out, 75, self.pick((-400, -1, 0, 1, 400))).isoformat()
        return row

    def years_before(self, date, years, days):
        try:
            then = date.replace(year=date.year - years)
        except ValueError:
            then = date.replace(year=date.year - years, day=28)
        then += datetime.timedelta(days)
        if (then.month, then.day) == (2, 29) and not self.disputed:
            then = then.replace(day=28)
        return then

    def spoil(self, row):
        """Make the row one that must be rejected."""
        kind = self.random.randrange(15)
        if kind == 0:
            row["group"] = self.pick(("ZZ", "", "nobody", "G?D", "80"))
        elif kind == 1:
            row["discharged"] = self.pick(("2026-02-30", "31/04/2026", "2023-02-29", "", "tomorrow", "2026-13-01",
                                           "01/08/26"))
        elif kind == 2:
            row["admitted"], row["discharged"] = "2026-08-05", "2026-08-04"
        elif kind == 3:
            row["hospital_cost"], row["covered_cost"] = "999999.99", "1000000"
        elif kind == 4:
            row["covered_cost"] = "-" + (row["covered_cost"] or "1")
        elif kind == 5:
            row[self.pick(("hospital_cost", "covered_cost"))] = self.pick(("12.3456", "12,5", "1234,567", "abc", "", "NaN",
                                                                            "1e6"))
        elif kind == 6:
            row["copaid_this_year"] = self.pick(("-1", "much", "1,5"))
        elif kind == 7:
            row["five_years_since"] = self.pick(("2019-02-29", "five", "1/13/2019"))
        elif kind == 8:
            row.update(visit_code=self.pick(REMOVED_CODES), care_level="", former_tier="", points="", route="",
                       admitted="2026-08-01", discharged="2026-08-02", group="GD")
        elif kind == 9:
            row.update(visit_code="", care_level="", former_tier="", points="", route="", setting="")
        elif kind == 10:
            row.update(setting="standing")
        elif kind == 11:
            row.update(visit_code="", route=self.pick(("walked", "registred")), care_level="basic",
                       former_tier="district", setting="outpatient")
        elif kind == 12:
            row.update(visit_code="", care_level="middle", former_tier="district", route="self-referred",
                       setting="outpatient", admitted="2026-08-01", discharged="2026-08-02", group="GD")
        elif kind == 13:
            name, day = self.pick(CERTAIN_GAPS)
            row.update(group=name, admitted=to_date(day).isoformat(), discharged=to_date(day).isoformat(),
                       visit_code="", care_level="basic", former_tier="district", points="20", route="registered",
                       setting="outpatient")
        else:
            row.update(visit_code="", care_level="basic", former_tier="", route="self-referred",
                       setting="outpatient", points=self.pick(("-5", "many")), admitted="2026-08-01",
                       discharged="2026-08-02", group="GD")

    def dispute(self, row):
        """Rows whose reading is open."""
        kind = self.random.randrange(10)
        day = self.pick(("2025-03-01", "2025-09-01", "2026-09-01"))
        today = dict(admitted=day, discharged=day)
        blank = dict(visit_code="", care_level="", former_tier="", points="", route="", setting="", residence="",
                     disease_list="", listed_initial="", same_province="", born="")
        if kind == 0:                                        # inpatient codes with an outpatient setting
            row.update(blank, **today, group="GD", visit_code=self.pick(("1.15", "3.2", "3.6")), setting="outpatient")
        elif kind == 1:                                      # the setting of 3.1 left out
            row.update(blank, **today, group="GD", visit_code="3.1")
        elif kind == 2:                                      # codes of 2025 on earlier visits
            row.update(blank, group="GD", visit_code=self.pick(("1.1", "1.3", "2", "3.3")), setting="outpatient",
                       admitted="2023-05-01", discharged="2023-05-01")
        elif kind == 3:                                      # groups whose beginning is in doubt
            row.update(blank, group=self.pick(("foreign-cadet", "reserve-officer-trainee", "standing-militia",
                       "low-income-artisan", "KC", "PV", "charity-resident", "individual", "CS", "maternity-leave",
                       "elderly-survivor", "TV")), route="registered", former_tier="district", setting="outpatient",
                       admitted="2016-05-05", discharged="2016-05-05")
        elif kind == 4:                                      # basic with 70 points and more
            row.update(blank, **today, group="GD", care_level="basic", points=self.pick(("70", "90")),
                       route="self-referred", setting="outpatient")
        elif kind == 5:                                      # stays across 2025-07-01 (188 art. 69.1)
            row.update(blank, group="GD", care_level="basic", points="20", former_tier="provincial",
                       route="self-referred", setting="outpatient", admitted="2025-06-28", discharged="2025-07-02")
        elif kind == 6:
            row.update(blank, group="multidimensional-poor", care_level="basic", points="20", former_tier="district",
                       route="registered", setting="inpatient", admitted="2025-06-28", discharged="2025-07-02")
        elif kind == 7:                                      # code and facts together
            row.update(blank, **today, group="GD", visit_code=self.pick(("1.13", "3.1", "1.12")), setting="inpatient",
                       care_level=self.pick(("basic", "specialised")), former_tier=self.pick(("district", "central")),
                       route="self-referred", points="55")
        elif kind == 8:                                      # admitted left out
            row["admitted"] = ""
        else:                                                # other routes in order
            row.update(blank, **today, group="GD", care_level="basic", points="60", setting="outpatient",
                       route=self.pick(("changed-residence", "revisit", "organ-donor", "newborn")))

    def rows(self, count):
        for number in range(1, count + 1):
            row = self.row(number)
            dice = self.random.randrange(100)
            if dice < 1:
                self.spoil(row)
            elif dice < 4 and self.disputed:
                self.dispute(row)
            yield [row[name] for name in COLUMNS]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--visits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--disputed", action="store_true")
    parser.add_argument("--plain", action="store_true")
    options = parser.parse_args()
    sys.stdout.reconfigure(encoding="utf-8", newline="")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(Generator(options.seed, options.disputed, options.plain).rows(options.visits))


if __name__ == "__main__":
    main()
