"""The worked examples and the tables of the law sheets against claim.py. Run: python3 -m unittest test_claim_oracle"""
import csv
import io
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import claim            # noqa: E402
import claim_compare    # noqa: E402
import claim_generate   # noqa: E402


def ask(**cells):
    """Answer for one visit; defaults: a household card, referred to a basic/provincial hospital, inpatient."""
    row = dict.fromkeys(claim_generate.COLUMNS, "")
    row.update(claim_id="t", group="GD", discharged="2026-08-05", hospital_cost="10000000")
    if not cells.get("visit_code") and "route" not in cells:
        row.update(route="referred", care_level="basic", former_tier="provincial", setting="inpatient")
    row.update(cells)
    row["admitted"] = cells.get("admitted", row["discharged"])
    row["covered_cost"] = cells.get("covered_cost", row["hospital_cost"])
    source = io.StringIO()
    writer = csv.DictWriter(source, claim_generate.COLUMNS)
    writer.writeheader()
    writer.writerow(row)
    source.seek(0)
    target = io.StringIO()
    claim.run(source, target)
    target.seek(0)
    return next(csv.DictReader(target))


class Case(unittest.TestCase):
    def check(self, expected, **cells):
        got = ask(**cells)
        got = {name: got[name] for name in (*expected, "error")}
        self.assertEqual(got, {**{k: str(v) for k, v in expected.items()}, "error": ""}, cells)

    def rate(self, rate, **cells):
        self.assertEqual((ask(**cells)["network_rate"], ask(**cells)["error"]), (f"{rate}%", ""), cells)

    def level(self, level, **cells):
        self.assertEqual((ask(**cells)["benefit_level"], ask(**cells)["error"]), (f"{level}%", ""), cells)

    def rejected(self, **cells):
        got = ask(**cells)
        self.assertEqual(got["error_code"], "E", cells)
        self.assertTrue(got["error"])
        self.assertEqual([got[n] for n in claim.APPENDED[:6]], [""] * 6)


class WorkedExamples(Case):
    """Benefits sheet, "Worked examples (official)"; those that reach the totals of a visit."""

    in_2016 = dict(discharged="2016-10-01", former_tier="central", route="referred", setting="inpatient")

    def test_1_level_100(self):
        self.check({"fund_payment": 54_450_000, "copayment": 0}, group="HN", hospital_cost="54450000", **self.in_2016)

    def test_2_level_95_under_five_years(self):
        self.check({"fund_payment": 51_727_500, "copayment": 2_722_500}, group="HT", hospital_cost="54450000",
                   five_years_since="2019-01-01", copaid_this_year="7260000", **self.in_2016)

    def test_3_level_80_under_five_years(self):
        self.check({"fund_payment": 43_560_000, "copayment": 10_890_000}, group="GD", hospital_cost="54450000",
                   five_years_since="2019-01-01", copaid_this_year="7260000", **self.in_2016)

    def test_4_five_years_and_six_months_reached(self):
        for group in ("HT", "GD"):
            self.check({"fund_payment": 54_450_000, "copayment": 0, "relief": "annual-ceiling"}, group=group,
                       hospital_cost="54450000", five_years_since="2010-01-01", copaid_this_year="7260000",
                       **self.in_2016)

    def test_5_capped_supplies_above_the_cap_are_own_payment(self):
        self.check({"fund_payment": 54_450_000, "copayment": 0, "own_payment": 7_550_000}, group="HN",
                   hospital_cost="62000000", covered_cost="54450000", **self.in_2016)

    def test_6_list_ratio_40_level_100(self):
        self.check({"fund_payment": 152_000_000, "copayment": 0, "own_payment": 228_000_000}, group="HN",
                   hospital_cost="380000000", covered_cost="152000000", **self.in_2016)

    def test_7_price_1515000_level_95(self):
        self.check({"fund_payment": 1_439_250, "copayment": 75_750, "own_payment": 0}, group="HT",
                   hospital_cost="1515000", **self.in_2016)

    def test_9_level_80_rate_40_is_32(self):
        self.check({"benefit_level": "80%", "network_rate": "40%", "fund_payment": 3_200_000}, visit_code="3.1",
                   setting="inpatient")

    def test_10_thresholds(self):
        for day, limit in (("2026-06-30", 351_000), ("2026-07-01", 379_500)):
            self.check({"relief": "low-cost-visit", "benefit_level": "100%"}, discharged=day,
                       hospital_cost=f"{limit - 1}.99")
            self.check({"relief": "none", "benefit_level": "80%"}, discharged=day, hospital_cost=str(limit))
        for day, limit in (("2026-06-30", 14_040_000), ("2026-07-01", 15_180_000)):
            self.check({"relief": "annual-ceiling", "copayment": 1}, discharged=day,
                       copaid_this_year=str(limit - 1), five_years_since="2015-01-01")

    def test_aid_to_the_facility(self):
        """Claim-file sheet 4.2 (b)."""
        self.check({"fund_payment": 2_800_000, "copayment": 700_000, "own_payment": 3_500_000},
                   hospital_cost="7000000", covered_cost="3500000")

    def test_products_of_level_and_rate(self):
        """Claim-file sheet 4.3 no. 7."""
        for group, fund in (("HN", 5_000_000), ("HT", 4_750_000), ("GD", 4_000_000)):
            self.check({"network_rate": "50%", "fund_payment": fund}, group=group, visit_code="1.14",
                       setting="outpatient", discharged="2026-07-01")
            self.check({"network_rate": "0%", "fund_payment": 0, "copayment": 10_000_000}, group=group,
                       visit_code="1.14", setting="outpatient", discharged="2026-06-30")
        for group, fund in (("HN", 4_000_000), ("HT", 3_800_000), ("GD", 3_200_000)):
            self.check({"fund_payment": fund}, group=group, visit_code="3.1", setting="inpatient")
        for group, fund in (("HN", 6_000_000), ("HT", 5_700_000), ("GD", 4_800_000)):
            self.check({"fund_payment": fund}, group=group, route="self-referred", former_tier="provincial",
                       setting="inpatient", discharged="2020-12-31")


class Levels(Case):
    def test_dates(self):
        for group, day, level in (
                ("HN", "2015-01-01", 100), ("HT", "2015-01-01", 95), ("GD", "2030-12-31", 80),
                ("CN", "2025-12-31", 95), ("CN", "2026-01-01", 100), ("near-poor", "2015-01-01", 95),
                ("CT", "2018-11-30", 80), ("CT", "2018-12-01", 100), ("PV", "2023-10-18", 80),
                ("PV", "2023-10-19", 95), ("AK", "2023-10-19", 100), ("multidimensional-poor", "2025-06-30", 95),
                ("ethnic-minority-former-difficult", "2025-07-01", 95), ("TC", "2024-01-01", 95),
                ("QN", "2016-01-01", 100), ("TQ", "2026-08-01", 80), ("child-under-six", "2026-08-01", 100),
                ("HD", "2026-08-01", 80), ("LH", "2025-12-31", 80), ("standing-militia", "2025-07-01", 100)):
            self.level(level, group=group, discharged=day)

    def test_social_pension_by_age(self):
        self.level(100, group="LH", born="1951-08-05")
        self.level(80, group="LH", born="1951-08-06")
        self.level(80, group="LH")
        self.level(80, group="LH", born="1940-01-01", discharged="2025-12-31")
        self.level(100, group="LH", born="1951-08-05")
        self.level(80, group="LH", born="1951-08-06")

    def test_groups_not_in_force(self):
        for group, day in (("unpaid-manager", "2025-06-30"), ("multidimensional-poor", "2025-07-01"),
                           ("AK", "2023-10-18"), ("LH", "2025-06-30"), ("sick-leave", "2020-01-01")):
            self.rejected(group=group, discharged=day)

    def test_every_group_has_an_answer_today(self):
        for name, codes, levels in claim.GROUPS:
            if levels[-1][1] is not None:
                for shown in (name, *codes, *(code.lower() for code in codes)):
                    self.assertEqual(ask(group=shown)["error"], "", shown)


class NetworkBefore2025(Case):
    def test_table(self):
        for tier, setting, day, rate in (
                ("district", "outpatient", "2015-12-31", 70), ("district", "outpatient", "2016-01-01", 100),
                ("district", "inpatient", "2015-12-31", 70), ("district", "inpatient", "2016-01-01", 100),
                ("provincial", "outpatient", "2024-12-31", 0), ("provincial", "inpatient", "2020-12-31", 60),
                ("provincial", "inpatient", "2021-01-01", 100), ("central", "outpatient", "2018-01-01", 0),
                ("central", "inpatient", "2018-01-01", 40), ("commune", "outpatient", "2016-01-01", 100)):
            self.rate(rate, route="self-referred", former_tier=tier, setting=setting, discharged=day)
            for route in ("registered", "referred", "emergency"):
                self.rate(100, route=route, former_tier=tier, setting=setting, discharged=day)

    def test_residence(self):
        for tier, setting, rate in (("district", "outpatient", 100), ("provincial", "outpatient", 0),
                                    ("provincial", "inpatient", 100), ("central", "inpatient", 100),
                                    ("central", "outpatient", 0)):
            self.rate(rate, route="self-referred", former_tier=tier, setting=setting, discharged="2015-06-01",
                      residence="K2")

    def test_low_cost_only_in_order(self):
        cheap = dict(hospital_cost="100000", setting="inpatient", discharged="2018-01-01")
        self.check({"relief": "low-cost-visit", "fund_payment": 100_000}, route="referred", former_tier="central", **cheap)
        self.check({"relief": "none", "fund_payment": 32_000}, route="self-referred", former_tier="central", **cheap)
        self.check({"relief": "low-cost-visit"}, route="self-referred", former_tier="district", **cheap)
        self.check({"relief": "none", "network_rate": "100%"}, route="self-referred", former_tier="district",
                   same_province="false", **cheap)
        # READING 16: art. 14.1 of Decree 146 names visits under law 22.5
        self.check({"relief": "low-cost-visit"}, route="self-referred", former_tier="central", residence="K1", **cheap)

    def test_commune(self):
        self.check({"relief": "initial-level", "fund_payment": 10_000_000}, route="registered", former_tier="commune",
                   setting="outpatient", discharged="2019-01-01")

    def test_ceiling_not_for_self_referral(self):
        self.check({"relief": "none", "copayment": 2_000_000}, route="self-referred", former_tier="provincial",
                   setting="inpatient", discharged="2022-01-01", copaid_this_year="99000000",
                   five_years_since="2010-01-01")


class NetworkSince2025(Case):
    def test_codes(self):
        table = {   # c.3: code -> (outpatient to 2026-06-30, outpatient from 2026-07-01, inpatient); None = rejected
            "1.1": (100, 100, 100), "1.2": (100, 100, 100), "1.3": (100, 100, 100), "1.4": (100, 100, 100),
            "1.5": (100, 100, 100), "1.6": (100, 100, 100), "1.7": (100, 100, 100), "1.11": (100, 100, 100),
            "1.12": (100, 100, 100), "1.13": (0, 50, 100), "1.14": (0, 50, 100), "1.15": (None, None, 100),
            "1.16": (100, 100, 100), "1.17": (100, 100, 100), "1.18": (0, 50, 100), "2": (100, 100, 100),
            "3.1": (0, 0, 40), "3.2": (None, None, 100), "3.3": (100, 100, 100), "3.6": (None, None, 100),
            "7": (100, 100, 100), "7.2": (100, 100, 100), "7.3": (100, 100, 100), "7.4": (100, 100, 100),
            "9": (0, 0, 0)}
        self.assertEqual(set(table), set(claim.VISIT_CODES))
        for code, (before, after, inpatient) in table.items():
            for day, rate in (("2025-01-01", before), ("2026-06-30", before), ("2026-07-01", after)):
                if rate is None:
                    self.rejected(visit_code=code, setting="outpatient", discharged=day)
                else:
                    self.rate(rate, visit_code=code, setting="outpatient", discharged=day)
                for setting in ("inpatient", "day-treatment"):
                    self.rate(inpatient, visit_code=code, setting=setting, discharged=day)

    def test_no_answer(self):
        for code in ("8", "10", "1.8", "1.9", "1.10", "3.4", "3.5", "3.7", "7.1", "x"):
            self.rejected(visit_code=code, setting="outpatient")
        self.rejected(visit_code="3.1")
        self.rejected(visit_code="1.1", setting="outpatient", discharged="2023-01-17")
        self.rejected(visit_code="1.3", setting="outpatient", discharged="2024-12-31")
        self.rate(100, visit_code="1.1", setting="outpatient", discharged="2024-12-31")
        self.rate(0, visit_code="3.5", setting="outpatient", discharged="2024-12-31")

    def test_basic_outpatient_points(self):
        for tier, points, first_half_2025, to_june_2026, after in (
                ("", "49", 100, 100, 100), ("", "50", 0, 0, 50), ("", "69", 0, 0, 50), ("", "", 100, 100, 100),
                ("commune", "50", 0, 0, 50), ("provincial", "49", 100, 0, 50), ("central", "0", 100, 0, 50),
                ("provincial", "60", 0, 0, 50), ("district", "60", 100, 100, 100)):
            for day, rate in (("2025-06-30", first_half_2025), ("2025-07-01", to_june_2026),
                              ("2026-06-30", to_june_2026), ("2026-07-01", after)):
                self.rate(rate, route="self-referred", care_level="basic", former_tier=tier, points=points,
                          setting="outpatient", discharged=day)
                self.rate(100, route="self-referred", care_level="basic", former_tier=tier, points=points,
                          setting="inpatient", discharged=day)
                self.rate(100, route="self-referred", care_level="basic", former_tier=tier, points=points,
                          setting="outpatient", discharged=day, disease_list="II")

    def test_specialised(self):
        for tier, outpatient, inpatient in (("provincial", 50, 100), ("central", 0, 40), ("", 0, 40),
                                            ("district", 100, 100)):
            facts = dict(route="self-referred", care_level="specialised", former_tier=tier)
            self.rate(outpatient, setting="outpatient", **facts)
            self.rate(inpatient, setting="inpatient", **facts)
            self.rate(100, setting="inpatient", residence="K3", **facts)
            self.rate(outpatient, setting="outpatient", residence="K3", **facts)
            self.rate(100, setting="outpatient", disease_list="I", **facts)

    def test_low_cost_lifts_the_level_not_the_rate(self):
        """Sec. 2 no. 4; claim-file sheet 4.3 no. 4."""
        self.check({"relief": "low-cost-visit", "benefit_level": "100%", "fund_payment": 100_000,
                    "copayment": 100_000}, visit_code="1.14", setting="outpatient", hospital_cost="200000")
        self.check({"relief": "low-cost-visit", "fund_payment": 80_000}, visit_code="3.1", setting="inpatient",
                   hospital_cost="200000")

    def test_initial_level(self):
        self.check({"relief": "initial-level", "copayment": 0}, visit_code="1.2", setting="outpatient")
        self.check({"relief": "none", "copayment": 2_000_000}, visit_code="1.11", setting="outpatient")
        facts = dict(route="self-referred", care_level="initial", setting="outpatient")
        self.check({"relief": "initial-level"}, **facts)
        self.check({"relief": "none", "network_rate": "100%"}, listed_initial="false", **facts)


class AnnualCeiling(Case):
    old = dict(five_years_since="2015-01-01")

    def test_inside_a_visit(self):
        self.check({"relief": "annual-ceiling", "benefit_level": "80%", "copayment": 500_000,
                    "fund_payment": 9_500_000}, copaid_this_year="14680000", **self.old)

    def test_exactly_used_up(self):
        self.check({"relief": "none", "copayment": 2_000_000}, copaid_this_year="13180000", **self.old)
        self.check({"relief": "annual-ceiling", "copayment": 1_999_999}, copaid_this_year="13180001", **self.old)
        self.check({"relief": "annual-ceiling", "benefit_level": "100%", "copayment": 0},
                   copaid_this_year="15180000", **self.old)

    def test_five_years(self):
        for since, relief in (("2026-08-05", "annual-ceiling"), ("2026-08-06", "none"), ("", "none")):
            self.check({"relief": relief}, copaid_this_year="15180000", five_years_since=since)

    def test_which_visits_count(self):
        full = dict(copaid_this_year="15180000", **self.old)
        for code, setting, counts in (("1.1", "inpatient", 1), ("1.12", "outpatient", 1), ("1.12", "inpatient", 0),
                                      ("1.13", "outpatient", 1), ("1.14", "outpatient", 1), ("1.15", "inpatient", 0),
                                      ("1.16", "outpatient", 1), ("1.17", "inpatient", 1), ("1.18", "outpatient", 0),
                                      ("2", "inpatient", 1), ("3.1", "inpatient", 0), ("3.2", "inpatient", 0),
                                      ("3.3", "inpatient", 1), ("3.6", "inpatient", 1)):
            self.check({"relief": "annual-ceiling" if counts else "none"}, visit_code=code, setting=setting, **full)

    def test_half_rate(self):
        # 10,000,000 x 50 %; the level share of 1,000,000 is limited to 400,000, the other half stays
        self.check({"relief": "annual-ceiling", "network_rate": "50%", "fund_payment": 4_600_000,
                    "copayment": 5_400_000}, visit_code="1.14", setting="outpatient", copaid_this_year="14780000",
                   **self.old)


class Cells(Case):
    def test_rounding(self):
        # 0.95 x 1000000.30 = 950000.285 -> .29; 0.80 x ...
        self.check({"fund_payment": "950000.29", "copayment": "50000.01"}, group="HT", hospital_cost="1000000.30")
        self.check({"fund_payment": "474999.95", "copayment": "524999.95"}, group="HT", visit_code="1.14",
                   setting="outpatient", hospital_cost="999999.90")
        self.assertEqual([claim.round_half_away(n, 10) for n in (4, 5, 14, 15, -4, -5, -15)], [0, 1, 1, 2, 0, -1, -2])
        self.assertEqual([claim.format_money(n) for n in (0, 100, 110, 101, 1, -150)],
                         ["0", "1", "1.1", "1.01", "0.01", "-1.5"])

    def test_spellings(self):
        for text in ("10.000.000", "10,000,000", "10 000 000", "10.000.000 đ", "10000000đ", "10000000.00"):
            self.check({"fund_payment": 8_000_000}, hospital_cost=text)
        self.check({"fund_payment": 8_000_000}, discharged="05/08/2026")
        self.check({"fund_payment": 8_000_000}, group="gd")

    def test_rejected(self):
        for cells in (dict(group="ZZ"), dict(discharged="2026-02-30"), dict(discharged="2014-12-31"),
                      dict(admitted="2026-08-06"), dict(covered_cost="10000001"), dict(hospital_cost="-1"),
                      dict(hospital_cost="12.3456"), dict(covered_cost="12,5"), dict(setting="standing"),
                      dict(care_level="middle"), dict(route=""), dict(copaid_this_year="much"),
                      dict(five_years_since="2019-02-29"), dict(points="many"), dict(residence="K4")):
            self.rejected(**{**dict(route="referred", care_level="basic", setting="inpatient"), **cells})

    def test_years(self):
        self.assertEqual(claim.add_years(20160229, 5), 20210228)
        self.assertEqual(claim.add_years(20160801, 5), 20210801)


class Tools(unittest.TestCase):
    def generate(self, seed, **options):
        return list(claim_generate.Generator(seed, **options).rows(3000))

    def answers(self, rows):
        source, target = io.StringIO(), io.StringIO()
        writer = csv.writer(source)
        writer.writerow(claim_generate.COLUMNS)
        writer.writerows(rows)
        source.seek(0)
        claim.run(source, target)
        return target.getvalue()

    def test_generator(self):
        rows = self.generate(7)
        self.assertEqual(rows, self.generate(7))
        self.assertNotEqual(rows, self.generate(8))
        answers = list(csv.DictReader(io.StringIO(self.answers(rows))))
        bad = sum(1 for row in answers if row["error_code"])
        self.assertTrue(10 <= bad <= 60, bad)
        self.assertEqual({row["relief"] for row in answers} - {""},
                         {"none", "low-cost-visit", "initial-level", "annual-ceiling"})
        self.assertTrue(set(claim.VISIT_CODES) <= {row["visit_code"] for row in answers})
        names = {name for group in claim.GROUPS for name in (group[0], *group[1])}
        self.assertTrue(names <= {row["group"] for row in answers})
        self.generate(7, disputed=True, plain=True)

    def test_invariants(self):
        for row in csv.DictReader(io.StringIO(self.answers(self.generate(11, plain=True)))):
            if row["error_code"]:
                continue
            fund, copay, own = (claim.parse_money(row[n]) for n in ("fund_payment", "copayment", "own_payment"))
            hospital, covered = claim.parse_money(row["hospital_cost"]), claim.parse_money(row["covered_cost"])
            self.assertEqual(fund + copay + own, hospital)
            self.assertEqual(fund + copay, covered)

    def test_compare(self):
        text = self.answers(self.generate(3))
        with tempfile.TemporaryDirectory() as folder:
            one, two = os.path.join(folder, "one.csv"), os.path.join(folder, "two.csv")
            lines = list(csv.reader(io.StringIO(text)))

            def write(path, rows):
                with open(path, "w", encoding="utf-8", newline="") as file:
                    csv.writer(file).writerows(rows)

            write(one, lines)
            changed = [list(line) for line in lines]
            share = changed[0].index("benefit_level")
            changed[1][share] = changed[1][share].rstrip("%")            # the same number
            money = changed[0].index("fund_payment")
            good = next(i for i in range(2, 3000) if changed[i][money] and "." not in changed[i][money])
            changed[good][money] += ".00"
            write(two, changed)
            out = io.StringIO()
            self.assertEqual(claim_compare.compare(one, two, out), 0)
            self.assertTrue(out.getvalue().endswith("3000 rows compared, 0 differences\n"))
            changed[good][money] = "7.01"
            write(two, changed[:-1])
            out = io.StringIO()
            self.assertEqual(claim_compare.compare(one, two, out), 1)
            self.assertTrue(out.getvalue().endswith("3000 rows compared, 2 differences\n"))


if __name__ == "__main__":
    unittest.main()
