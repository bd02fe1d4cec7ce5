"""Premiums of households, 2015 on, as another program would compute them: one JSON case a line in, one answer a line out.

It answers what it knows (members of the household group, GD) and leaves the rest out. Run it with
    bhyt conform conformance/cases.jsonl --only quote --keys premium,total,payable -- python3 conformance/household_premiums.py
"""
import json, sys

BASE_SALARY = [  # first day, đồng a month; NĐ 66/2013 to NĐ 161/2026
    ("2013-07-01", 1_150_000), ("2016-05-01", 1_210_000), ("2017-07-01", 1_300_000), ("2018-07-01", 1_390_000),
    ("2019-07-01", 1_490_000), ("2023-07-01", 1_800_000), ("2024-07-01", 2_340_000), ("2026-07-01", 2_530_000),
]
KNOWN_UNTIL = "2026-12-31"          # what is paid later depends on amounts that nobody has set yet
RATE = (45, 1000)                   # 4.5 % of the base salary
LADDER = (100, 70, 60, 50, 40)      # percent of the first member; 40 from the fifth on
PLAIN = {"members", "already", "months", "paid-on", "group"}


def day(text):
    """YYYY-MM-DD of both forms that the pack uses."""
    return "-".join(reversed(text.split("/"))) if "/" in text else text


def household(facts):
    """How many members, after how many; None where the case is about something else."""
    options, document = facts.get("options", {}), facts.get("document")
    if document is not None:
        known = {"paid-on", "months", "already", "members"}
        if options or set(document) - known or any(set(m) - {"name", "group"} for m in document.get("members", [])):
            return None
        groups = [m.get("group") for m in document.get("members", [])]
        facts = {**document, "members": len(groups)}
        return (facts, groups) if groups and all(g == "GD" for g in groups) else None
    if set(options) - PLAIN or options.get("group", "GD") != "GD":
        return None
    return options, None


def answer(case):
    found = household(case["facts"]) if case["command"] == "quote" else None
    if found is None:
        return None
    facts, _ = found
    paid_on, months = day(str(facts.get("paid-on", ""))), int(facts.get("months", 12))
    if not "2015-01-01" <= paid_on <= KNOWN_UNTIL or months > 12:
        return None
    base = [amount for first, amount in BASE_SALARY if first <= paid_on][-1]
    already, premiums = int(facts.get("already", 0)), []
    for place in range(already, already + int(facts.get("members", 1))):
        percent = LADDER[min(place, len(LADDER) - 1)]
        premiums.append(base * RATE[0] * percent * months // (RATE[1] * 100))
    members = [{"rank": already + i + 1, "premium": p} for i, p in enumerate(premiums)]
    return {"members": members, "total": sum(premiums), "payable": sum(premiums)}


for line in sys.stdin:
    case = json.loads(line)
    result = answer(case)
    print(json.dumps({"id": case["id"], **({"result": result} if result else {"skip": True})}), flush=True)
