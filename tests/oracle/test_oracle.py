#!/usr/bin/env python3
"""Checks of the oracle against the worked examples of the law sheet ("contributions") and hand calculations."""

import csv
import io
import random
import tempfile
import unittest
from datetime import date
from fractions import Fraction
from math import floor
from pathlib import Path

import compare
import generate
import premium as law

PAYERS = ("person", "employer", "social_insurance_fund", "state", "local", "other")


def table(*rows):
    """Runs rows (dicts) through the CSV interface; a list of dicts."""
    columns = list(dict.fromkeys(name for row in rows for name in row))
    source = io.StringIO()
    writer = csv.DictWriter(source, columns, restval="")
    writer.writeheader()
    writer.writerows(rows)
    target = io.StringIO()
    problem = law.run(io.StringIO(source.getvalue()), target)
    if problem:
        raise AssertionError(problem)
    return list(csv.DictReader(io.StringIO(target.getvalue())))


def one(**row):
    row.setdefault("months", 12)
    row = {("from" if k == "start" else k): str(v) for k, v in row.items()}
    return table(row)[0]


class Case(unittest.TestCase):
    def amounts(self, expected, **row):
        """expected: premium and the payers that pay something"""
        answer = one(**row)
        self.assertEqual(answer["error_code"], "", row)
        self.assertEqual(int(answer["premium"]), sum(int(answer[p]) for p in PAYERS), row)
        got = {k: int(answer[k]) for k in ("premium",) + PAYERS if int(answer[k])}
        self.assertEqual(got, expected, row)

    def rejected(self, **row):
        answer = one(**row)
        self.assertEqual(answer["error_code"], "E", row)
        self.assertEqual(answer["premium"] + answer["person"] + answer["member_rank"], "", row)


class WorkedExamples(Case):
    """The table "Worked examples to start the case files from", and the examples inside sections a to f."""

    def test_household_2026(self):
        for months, factor in ((1, 1), (3, 3), (6, 6), (12, 12)):
            rows = table(*[{"household_id": "a", "group": "GD", "months": months, "paid_on": "2026-08-01"}] * 6)
            self.assertEqual([int(r["premium"]) for r in rows],
                             [factor * x for x in (113_850, 79_695, 68_310, 56_925, 45_540, 45_540)])
            self.assertEqual([r["member_rank"] for r in rows], ["1", "2", "3", "4", "5", "6"])

    def test_rank_one_3_and_6_months(self):
        self.amounts({"premium": 341_550, "person": 341_550}, group="GD", months=3, paid_on="2026-08-01")
        self.amounts({"premium": 683_100, "person": 683_100}, group="GD", months=6, paid_on="2026-08-01")

    def test_yearly_amounts_of_every_base_salary(self):
        days = "2015-01-01 2016-05-01 2017-07-01 2018-07-01 2019-07-01 2023-07-01 2024-07-01 2026-07-01".split()
        ladders = [
            (621_000, 434_700, 372_600, 310_500, 248_400), (653_400, 457_380, 392_040, 326_700, 261_360),
            (702_000, 491_400, 421_200, 351_000, 280_800), (750_600, 525_420, 450_360, 375_300, 300_240),
            (804_600, 563_220, 482_760, 402_300, 321_840), (972_000, 680_400, 583_200, 486_000, 388_800),
            (1_263_600, 884_520, 758_160, 631_800, 505_440), (1_366_200, 956_340, 819_720, 683_100, 546_480),
        ]
        for day, ladder in zip(days, ladders):
            for rank, expected in enumerate(ladder, 1):
                self.amounts({"premium": expected, "person": expected}, group="GD", paid_on=day, rank=rank)

    def test_student_half(self):
        for months, self_paid in ((3, 170_775), (6, 341_550), (9, 512_325), (12, 683_100), (15, 853_875)):
            self.amounts({"premium": 2 * self_paid, "person": self_paid, "state": self_paid},
                         group="SV", months=months, paid_on="2026-09-01")

    def test_near_poor_gia_lai_2026(self):
        self.amounts({"premium": 1_366_200, "state": 956_340, "local": 409_860},
                     group="CN", paid_on="2026-07-01", province="gia-lai")

    def test_pupil_ho_chi_minh(self):
        self.amounts({"premium": 1_263_600, "state": 631_800, "local": 631_800},
                     group="HS", paid_on="2025-11-14", province="ho-chi-minh", tags="general-school")
        self.amounts({"premium": 1_263_600, "state": 631_800, "person": 631_800},
                     group="HS", paid_on="2025-11-13", province="ho-chi-minh", tags="general-school")

    def test_worker_above_the_cap(self):
        self.amounts({"premium": 2_277_000, "employer": 1_518_000, "person": 759_000},
                     group="DN", months=1, paid_on="2026-07-01", salary=60_000_000)
        self.amounts({"premium": 2_106_000, "employer": 1_404_000, "person": 702_000},
                     group="DN", months=1, paid_on="2026-06-30", salary=60_000_000)

    def test_frozen_quote(self):
        self.amounts({"premium": 1_263_600, "person": 1_263_600}, group="GD", paid_on="2026-06-30")
        self.amounts({"premium": 1_263_600, "person": 1_263_600}, group="GD", paid_on="2026-06-20")
        self.amounts({"premium": 1_366_200, "person": 1_366_200}, group="GD", paid_on="2026-07-01")

    def test_self_paid_part_of_supported_groups(self):
        for group, percent, day, month, year in (
            ("near-poor", 70, "2026-07-01", 34_155, 409_860), ("village-staff", 50, "2026-07-01", 56_925, 683_100),
            ("GB", 30, "2026-07-01", 79_695, 956_340), ("near-poor", 70, "2025-07-01", 31_590, 379_080),
            ("artisan", 50, "2025-07-01", 52_650, 631_800), ("mine-victim", 30, "2025-07-01", 73_710, 884_520),
        ):
            for months, paid in ((1, month), (12, year)):
                whole = paid * 100 // (100 - percent)
                self.amounts({"premium": whole, "state": whole - paid, "person": paid},
                             group=group, months=months, paid_on=day)


class BaseByMonth(Case):
    def test_state_paid_follows_each_month(self):
        # 2026-06-15 old base; eleven months from 2026-07-15 new
        self.amounts({"premium": 105_300 + 11 * 113_850, "state": 105_300 + 11 * 113_850}, group="HN", paid_on="2026-06-15")
        # months of 31 May, 30 June, 31 July
        self.amounts({"premium": 2 * 105_300 + 113_850, "state": 2 * 105_300 + 113_850},
                     group="TE", months=3, paid_on="2026-05-31")

    def test_near_poor_at_100_follows_each_month_of_cover(self):
        whole = 3 * 105_300 + 9 * 113_850
        self.amounts({"premium": whole, "state": whole},
                     group="CN", paid_on="2026-04-01", start="2026-04-01", tags="poor-commune")
        # no start given: 30 days after payment, 2026-05-01
        whole = 2 * 105_300 + 10 * 113_850
        self.amounts({"premium": whole, "state": whole}, group="CN", paid_on="2026-04-01", tags="poor-commune")
        self.amounts({"premium": 1_263_600, "state": 884_520, "person": 379_080},
                     group="CN", paid_on="2026-04-01", tags="poor-district")

    def test_previous_card(self):
        paid = date(2026, 4, 1)
        # uncovered: 03/01-31/03 is 29 + 28 + 31 = 88 days, from 02/01 on 89, from 01/01 on 90
        for previous, start in (("2026-05-10", date(2026, 5, 11)), ("2026-04-01", date(2026, 4, 2)),
                                ("2026-03-31", paid), ("2026-01-02", paid), ("2026-01-01", paid),
                                ("2025-12-31", date(2026, 5, 1))):
            self.assertEqual(law.start_of_cover("near-poor", paid, f"previous-card={previous}"), start, previous)
        paid = date(2025, 4, 1)
        self.assertEqual(law.start_of_cover("household", paid, "previous-card=2025-01-01"), paid)
        self.assertEqual(law.start_of_cover("household", paid, "previous-card=2024-12-31"), date(2025, 5, 1))
        self.assertEqual(law.start_of_cover("poor", paid, ""), paid)
        self.assertEqual(law.start_of_cover("defence-worker-relative", paid, ""), date(2025, 5, 1))

    def test_who_waits_before_2015(self):
        paid = date(2013, 1, 2)
        self.assertEqual(law.start_of_cover("household", paid, "previous-card=2012-12-31"), date(2013, 2, 1))
        self.assertEqual(law.start_of_cover("near-poor", paid, "previous-card=2012-06-30"), paid)
        self.assertEqual(law.start_of_cover("pupil", paid, ""), paid)

    def test_cap_of_each_month(self):
        # 48,000,000: 46,800,000 in June, whole from July on
        whole = (46_800_000 + 2 * 48_000_000) * 45 // 1000
        self.amounts({"premium": whole, "employer": whole - whole // 3, "person": whole // 3},
                     group="HC", months=3, paid_on="2026-06-01", salary=48_000_000)

    def test_maternity_leave(self):
        # two months at the salary before leave, then the base salary
        whole = 2 * 10_000_000 * 45 // 1000 + 4 * 105_300
        self.amounts({"premium": whole, "social_insurance_fund": whole},
                     group="maternity-leave", months=6, paid_on="2025-05-01", salary=10_000_000)
        self.rejected(group="maternity-leave", months=6, paid_on="2025-05-01")
        self.amounts({"premium": 631_800, "social_insurance_fund": 631_800},
                     group="maternity-leave", months=6, paid_on="2025-07-01")

    def test_elderly_survivor_moves_from_the_fund_to_the_state(self):
        self.amounts({"premium": 3 * 62_550, "social_insurance_fund": 62_550, "state": 125_100},
                     group="CT", months=3, paid_on="2018-11-01")

    def test_group_must_exist_in_each_month(self):
        self.rejected(group="sick-leave", months=3, paid_on="2025-06-30")
        self.amounts({"premium": 315_900, "social_insurance_fund": 315_900}, group="sick-leave", months=3, paid_on="2025-07-01")
        self.amounts({"premium": 1_263_600, "state": 884_520, "person": 379_080},
                     group="multidimensional-poor", paid_on="2025-06-30")
        self.rejected(group="multidimensional-poor", paid_on="2025-07-01")


class Payers(Case):
    def test_each_payer(self):
        month, day = 113_850, "2026-07-01"
        for group, expected, salary in (
            ("commune-part-timer", {"employer": 75_900, "person": 37_950}, ""), ("TV", {"employer": month}, ""),
            ("TB", {"social_insurance_fund": month}, ""), ("TS", {"state": month}, ""), ("LS", {"other": month}, ""),
            ("HT", {"social_insurance_fund": 450_000}, 10_000_000), ("TN", {"social_insurance_fund": 450_000}, 10_000_000),
            ("CA", {"state": 450_000}, 10_000_000), ("unpaid-manager", {"person": 450_000}, 10_000_000),
            ("individual", {"person": month}, ""),
        ):
            self.amounts({"premium": sum(expected.values()), **expected}, group=group, months=1, paid_on=day, salary=salary)

    def test_pension_has_no_cap(self):
        self.amounts({"premium": 2_700_000, "social_insurance_fund": 2_700_000},
                     group="HT", months=1, paid_on="2026-07-01", salary=60_000_000)

    def test_rounding(self):
        # 12,345,679 x 4.5 % = 555,555.555; a third is 185,185.185
        self.amounts({"premium": 555_556, "employer": 370_371, "person": 185_185},
                     group="DN", months=1, paid_on="2026-07-01", salary=12_345_679)
        # 1,000,100 x 4.5 % x 1 = 45,004.5 -> 45,005; a third 15,001.5 -> 15,002; the employer takes the rest
        self.amounts({"premium": 45_005, "employer": 30_003, "person": 15_002},
                     group="DN", months=1, paid_on="2026-07-01", salary=1_000_100)

    def test_against_fractions(self):
        half_up = lambda x: floor(x + Fraction(1, 2))
        rng = random.Random(7)
        for _ in range(500):
            salary, months = rng.randrange(1_000_000, 60_000_000), rng.randrange(1, 13)
            day = date(rng.randrange(2016, 2027), rng.randrange(1, 13), rng.randrange(1, 29))
            exact = Fraction(0)
            for k in range(months):
                first = law.add_months(day, k)
                cap = 20 * [v for d, v in law.BASE_SALARY if d <= first.isoformat()][-1]
                exact += Fraction(45, 1000) * min(salary, cap)
            whole, person = half_up(exact), half_up(exact / 3)
            got, amounts = law.premium_of("worker", months, day, salary=salary)
            self.assertEqual((got, amounts[0], amounts[5]), (whole, whole - person, person))


class Support(Case):
    def shares(self, state, local, **row):
        row.setdefault("months", 1)
        row.setdefault("from", row["paid_on"])  # a window is one of the months of the card
        answer = one(**row)
        whole = int(answer["premium"])
        self.assertEqual((int(answer["state"]) * 100 / whole, int(answer["local"]) * 100 / whole), (state, local), row)

    def test_national_shares(self):
        for group, day, state in (
            ("CN", "2015-01-01", 70), ("HS", "2025-06-30", 30), ("HS", "2025-07-01", 50), ("SV", "2015-01-01", 30),
            ("GB", "2015-01-01", 30), ("GB", "2026-01-01", 30), ("grassroots-security", "2025-07-01", 50),
            ("village-health-worker", "2025-07-01", 50), ("ethnic-minority-former-difficult", "2023-11-01", 70),
        ):
            self.shares(state, 0, group=group, paid_on=day)
        for group, day in (("grassroots-security", "2025-06-30"), ("ethnic-minority-former-difficult", "2023-10-31"),
                           ("artisan", "2025-06-30"), ("mine-victim", "2025-06-30"), ("individual", "2025-06-30"),
                           ("multidimensional-poor", "2018-11-30"), ("LH", "2025-06-30"), ("AK", "2023-10-18")):
            self.rejected(group=group, paid_on=day)

    def test_near_poor_at_100(self):
        for day, tags, state in (
            ("2025-06-30", "poor-district", 100), ("2025-07-01", "poor-district", 70), ("2025-06-30", "poor-commune", 70),
            ("2025-07-01", "poor-commune", 100), ("2018-11-30", "left-poverty=2014-01-01", 100),
            ("2018-12-01", "left-poverty=2014-01-01", 70), ("2018-06-01", "left-poverty=2013-06-01", 70),
            ("2015-01-31", "left-poverty=2010-02-01", 100), ("2015-02-01", "left-poverty=2010-02-01", 70),
            ("2015-06-01", "left-poverty=2009-12-31", 70), ("2015-06-01", "left-poverty", 100),
        ):
            self.shares(state, 0, group="CN", paid_on=day, tags=tags)

    def test_windows(self):
        for group, day, tags, state in (
            ("ethnic-minority-former-difficult", "2026-06-30", "left-difficult-list=2023-07-01", 70),
            ("ethnic-minority-former-difficult", "2026-07-01", "left-difficult-list=2023-07-01", 0),
            ("ethnic-minority-former-difficult", "2025-07-01", "left-difficult-list=2021-07-01", 0),
            ("ethnic-minority-former-difficult", "2025-06-30", "left-difficult-list=2021-07-01", 70),
            ("trafficking-victim", "2026-07-31", "confirmed-trafficking-victim=2025-08-01", 50),
            ("trafficking-victim", "2026-08-01", "confirmed-trafficking-victim=2025-08-01", 0),
            ("trafficking-victim", "2026-07-31", "confirmed-trafficking-victim", 50),
            ("trafficking-victim", "2026-07-31", "", 0),
            ("SV", "2026-01-01", "ethnic-minority;left-difficult-list=2025-08-01", 50),
            ("SV", "2026-01-01", "left-difficult-list=2025-08-01", 50),
            ("GB", "2026-01-01", "confirmed-trafficking-victim=2025-08-01", 30),
        ):
            self.shares(state, 0, group=group, paid_on=day, tags=tags)

    def test_gia_lai(self):
        for group, day, tags, state, local in (
            ("CN", "2019-12-31", "", 70, 0), ("CN", "2020-12-31", "", 70, 30), ("CN", "2021-01-01", "", 70, 30), ("CN", "2021-12-31", "", 70, 30),
            ("CN", "2022-01-01", "", 70, 0), ("CN", "2022-12-18", "", 70, 0), ("CN", "2022-12-19", "", 70, 30),
            ("CN", "2021-06-01", "poor-district", 100, 0), ("multidimensional-poor", "2021-06-01", "", 70, 30),
            ("multidimensional-poor", "2023-06-01", "", 70, 0), ("HS", "2021-06-01", "", 30, 0),
            ("HS", "2021-06-01", "ethnic-minority", 30, 0), ("HS", "2021-06-01", "ethnic-minority;zone-1", 30, 20),
            ("SV", "2021-06-01", "large-family", 30, 20), ("SV", "2021-06-01", "poor-family", 30, 20),
            ("HS", "2023-06-01", "ethnic-minority", 30, 30), ("HS", "2023-06-01", "poor-family", 30, 0),
            ("HS", "2025-12-31", "ethnic-minority", 50, 30), ("HS", "2026-01-01", "ethnic-minority", 50, 30),
            ("HS", "2026-01-01", "ethnic-minority;left-difficult-list=2025-01-01", 50, 30), ("GB", "2021-06-01", "", 30, 20),
            ("GB", "2023-06-01", "", 30, 10), ("GB", "2025-12-31", "", 30, 10), ("GB", "2026-01-01", "", 30, 20),
        ):
            self.shares(state, local, group=group, paid_on=day, tags=tags, province="Gia Lai")

    def test_ho_chi_minh(self):
        row = dict(group="GD", province="ho-chi-minh", tags="permanent-resident")
        for day, born, local in (("2025-11-13", "1955-01-01", 0), ("2025-11-14", "1960-11-14", 100),
                                 ("2025-11-14", "1960-11-15", 0), ("2025-11-14", "1950-11-15", 100),
                                 ("2025-11-14", "1950-11-14", 0), ("2025-11-14", "", 0)):
            self.shares(0, local, paid_on=day, born=born, **row)
        # the price of the ladder, paid by the city
        self.amounts({"premium": 79_695, "local": 79_695}, months=1, paid_on="2026-07-01", born="1956-01-01", rank=2, **row)
        self.shares(50, 50, group="HS", paid_on="2026-01-01", province="ho-chi-minh")
        self.shares(50, 0, group="SV", paid_on="2026-01-01", province="ho-chi-minh")

    def test_places(self):
        """Sheet on provinces: names, two places, windows from the month, texts of the old territory."""
        for province, state, local in (("Hải Dương", 70, 30), ("TP. Hải Phòng", 70, 30), ("binh dinh", 70, 30), ("TPHCM", 70, 30),
                                       ("Bà Rịa - Vũng Tàu", 70, 30), ("Cần Thơ", 70, 0), ("31", 70, 30), ("Kon Tum", 70, 30)):
            self.shares(state, local, group="CN", paid_on="2026-10-01", province=province)
        self.rejected(group="CN", paid_on="2025-06-30", province="80")
        self.shares(50, 50, group="HS", paid_on="2026-01-02", province="Sơn La", school_province="TP.HCM")
        self.shares(50, 0, group="HS", paid_on="2026-01-02", province="TP.HCM", school_province="Sơn La")
        for day, tags, local in (("2028-12-31", "left-poverty=2026-01-20", 100), ("2029-01-01", "left-poverty=2026-01-20", 0),
                                 ("2026-01-19", "left-poverty=2026-01-20", 0)):
            self.shares(0, local, group="GD", paid_on=day, tags=tags, province="Hà Nội")
        self.shares(0, 50, group="GD", paid_on="2023-08-01", months=12, tags="approved-list-tra-vinh-2023", province="Trà Vinh")

    def test_odd_dong(self):
        """An exact part is not moved by the fraction of another: 5 % of 341,550 ends in half a dong."""
        self.amounts({"premium": 341_550, "state": 170_775, "local": 17_077, "person": 153_698}, group="HS", months=3,
                     paid_on="2026-11-01", province="Đắk Lắk")

    def test_hau_giang(self):
        for day, tags, born, local in (
            ("2022-07-31", "", "1950-01-01", 0), ("2022-08-01", "", "1950-01-01", 70), ("2025-12-31", "", "1950-01-01", 70),
            ("2026-01-01", "", "1950-01-01", 0), ("2022-08-01", "", "1962-08-02", 0), ("2022-08-01", "", "1962-08-01", 70),
            ("2022-08-01", "", "1942-08-01", 0), ("2022-08-01", "", "1942-08-02", 70),
            ("2022-12-31", "former-difficult-area", "", 20), ("2023-01-01", "former-difficult-area", "", 0),
            ("2023-01-01", "left-poverty", "", 20), ("2023-12-30", "left-poverty=2022-12-31", "", 20),
            ("2023-12-31", "left-poverty=2022-12-31", "", 0), ("2024-01-01", "left-poverty", "", 20), ("2023-06-01", "left-poverty", "1950-01-01", 70),
        ):
            self.shares(30, local, group="GB", paid_on=day, tags=tags, born=born, province="Hậu Giang")


class Ranks(Case):
    def ranks(self, *rows):
        base = {"household_id": "h", "group": "GD", "months": "3", "paid_on": "2026-08-01"}
        return [r["member_rank"] for r in table(*[{**base, **row} for row in rows])]

    def test_order(self):
        self.assertEqual(self.ranks({}, {"group": "DN", "salary": "9000001"}, {}, {"group": "HS"}, {}),
                         ["1", "", "2", "", "3"])
        self.assertEqual(self.ranks({}, {"household_id": "i"}, {}), ["1", "1", "1"])
        self.assertEqual(self.ranks({"household_id": ""}, {"household_id": ""}), ["1", "1"])
        self.assertEqual(self.ranks({"already": "2"}, {"already": "2"}), ["3", "4"])
        self.assertEqual(self.ranks({"rank": "3", "already": "2"}, {}, {"rank": "1"}), ["3", "2", "1"])
        # a rejected household member keeps its place, an unknown group has none
        self.assertEqual(self.ranks({}, {"months": "0"}, {}, {"group": "ZZ"}, {}), ["1", "", "3", "", "4"])

    def test_forty_members(self):
        rows = table(*[{"household_id": "h", "group": "GD", "months": "12", "paid_on": "2026-08-01"}] * 40)
        self.assertEqual({r["premium"] for r in rows[4:]}, {"546480"})
        self.assertEqual(rows[39]["member_rank"], "40")


class Reading(Case):
    def test_dates_amounts_and_names(self):
        whole = {"premium": 450_000, "employer": 300_000, "person": 150_000}
        for salary in ("10000000", "10.000.000", "10,000,000", "10 000 000", "10000000đ", "10.000.000 đ"):
            for day in ("2026-08-01", "01/08/2026"):
                for group in ("DN", "dn", "worker", " Worker "):
                    self.amounts(whole, group=group, months=1, paid_on=day, salary=salary)

    def test_bad_rows(self):
        good = {"group": "DN", "months": 1, "paid_on": "2026-08-01", "salary": "9000000"}
        for bad in ({"paid_on": "2026-02-29"}, {"paid_on": "08/13/2026"}, {"paid_on": ""}, {"paid_on": "2009-06-30"},
                    {"months": 0}, {"months": 13}, {"months": 15}, {"months": "x"}, {"months": ""}, {"group": "ZZ"},
                    {"group": ""}, {"salary": ""}, {"salary": "1.23"}, {"salary": "1,5"}, {"salary": "0"},
                    {"born": "1990"}, {"start": "soon"}, {"province": "atlantis"}, {"tags": "previous-card=x"}):
            self.rejected(**{**good, **bad})
        self.rejected(group="HS", months=17, paid_on="2026-08-01")

    def test_columns_are_carried_through(self):
        source = 'note,paid_on,extra,group,months\n"a, ""b""",2026-08-01, x ,GD,12\nshort,row\n'
        target = io.StringIO()
        law.run(io.StringIO(source), target)
        lines = target.getvalue().splitlines()
        self.assertEqual(lines[1], '"a, ""b""",2026-08-01, x ,GD,12,1366200,1366200,0,0,0,0,0,1,,')
        self.assertTrue(lines[2].startswith("short,row,"))
        self.assertIn("missing columns: months", law.run(io.StringIO("group,paid_on\n"), io.StringIO()))


class Before2015(Case):
    """The Law in its first wording (art. 12, 13.1); rates, shares and the ladder from the sheet."""

    def test_household_and_pupils(self):
        self.amounts({"premium": 12 * 19_500, "person": 12 * 19_500}, group="GD", paid_on="2009-12-31")
        self.amounts({"premium": 12 * 29_250 * 9 // 10, "person": 12 * 29_250 * 9 // 10}, group="GD", paid_on="2010-01-01", rank=2)
        self.amounts({"premium": 34_500, "state": 10_350, "person": 24_150}, group="HS", months=1, paid_on="2014-12-31")
        self.amounts({"premium": 51_750, "state": 15_525, "person": 36_225}, group="HS", months=1, paid_on="2015-01-01")
        self.amounts({"premium": 34_500, "state": 17_250, "person": 17_250},
                     group="HS", months=1, paid_on="2014-12-31", tags="near-poor-family")

    def test_clauses_of_art_12(self):
        self.amounts({"premium": 225_000, "employer": 150_000, "person": 75_000},
                     group="DN", months=1, paid_on="2014-12-01", salary=5_000_000)
        # Clause 2: officers of the police like workers; the state from 2015. One month of each.
        self.amounts({"premium": 540_000, "employer": 180_000, "person": 90_000, "state": 270_000},
                     group="CA", months=2, paid_on="2014-12-01", salary=6_000_000)
        self.amounts({"premium": 2 * 51_750, "social_insurance_fund": 51_750, "state": 51_750},
                     group="ex-disability", months=2, paid_on="2014-12-01")
        self.amounts({"premium": 51_750, "person": 51_750}, group="worker-relative", months=1, paid_on="2014-12-31")
        self.rejected(group="worker-relative", paid_on="2013-12-31")
        self.rejected(group="QN", paid_on="2014-12-31", salary=5_000_000)
        self.rejected(group="DN", paid_on="2009-06-30", salary=5_000_000)

    def test_near_poor(self):
        self.amounts({"premium": 37_350, "state": 18_675, "person": 18_675}, group="CN", months=1, paid_on="2011-12-31")
        self.amounts({"premium": 37_350, "state": 26_145, "person": 11_205}, group="CN", months=1, paid_on="2012-01-01")


class Tools(unittest.TestCase):
    def sample(self, seed):
        generator = generate.Generator(seed, 2015, 2027)
        return [row for number in range(1, 400) for row in generator.household(number)]

    def test_generator_is_deterministic_and_mostly_good(self):
        rows = self.sample(3)
        self.assertEqual(rows, self.sample(3))
        self.assertNotEqual(rows, self.sample(4))
        answers = table(*rows)
        bad = sum(r["error_code"] == "E" for r in answers)
        self.assertTrue(0 < bad < len(rows) * 0.04, bad)
        for r in answers:
            if not r["error_code"]:
                self.assertEqual(int(r["premium"]), sum(int(r[p]) for p in PAYERS))
                self.assertTrue(all(int(r[p]) >= 0 for p in PAYERS))

    def test_compare(self):
        header = "group," + ",".join(compare.APPENDED) + "\n"
        line = "GD,100,100,0,0,0,0,0,1,,\n"
        pairs = [
            (line, line, 0), (line, "GD,100,100,,,,,,1,,\n", 0), (line, "GD,101,101,0,0,0,0,0,1,,\n", 1),
            (line, "GD,100,100,0,0,0,0,0,2,,\n", 1), (line, "GD,,,,,,,,,E1,bad\n", 1), (line, "HS,100,100,0,0,0,0,0,1,,\n", 1),
            (line, line + line, 1), ("GD,,,,,,,,,E,\n", "GD,,,,,,,,,E0301,why\n", 0),
        ]
        with tempfile.TemporaryDirectory() as folder:
            a, b = Path(folder, "a.csv"), Path(folder, "b.csv")
            for left, right, differences in pairs:
                a.write_text(header + left)
                b.write_text(header + right)
                out = io.StringIO()
                self.assertEqual(compare.compare(a, b, out), min(differences, 1), right)
                self.assertTrue(out.getvalue().endswith(f"rows compared, {differences} differences\n"))


if __name__ == "__main__":
    unittest.main()
