#!/usr/bin/env python3
"""Compare two outputs of `batch claim` row by row on the appended columns.

    python3 claim_compare.py expected.csv actual.csv

Amounts, level and rate are compared as numbers ("80%" = "80", "1.50" = "1.5"). Of rejected rows only the fact
that they are rejected counts (and that their amounts are empty), not code and wording. Prints the first 20
differences with the input row, the number of differences by column, and last "N rows compared, D differences".
Exit 1 if D > 0.
"""
import csv
import sys
from collections import Counter
from fractions import Fraction
from itertools import zip_longest

SHARES = ("benefit_level", "network_rate")
MONEY = ("fund_payment", "copayment", "own_payment")
APPENDED = ("benefit_level", "network_rate", "relief") + MONEY + ("error_code", "error")
SHOWN = 20


def number(text):
    try:
        return Fraction(text.strip().rstrip("%").strip())
    except (ValueError, ZeroDivisionError):
        return text


class Side:
    def __init__(self, path):
        self.path = path
        self.file = open(path, encoding="utf-8-sig", newline="")
        self.rows = csv.reader(self.file)
        self.header = next(self.rows, [])
        missing = [name for name in APPENDED if name not in self.header]
        if missing:
            raise SystemExit(f"{path}: columns missing: {', '.join(missing)}")
        # the appended columns are the last of their name
        self.at = {name: len(self.header) - 1 - self.header[::-1].index(name) for name in APPENDED}
        self.inputs = [i for i in range(len(self.header)) if i not in self.at.values()]

    def cells(self, row):
        return {name: (row[i].strip() if i < len(row) else "") for name, i in self.at.items()}

    def input(self, row):
        return [row[i] if i < len(row) else "" for i in self.inputs]


def differing(one, two):
    """Names of the columns that differ."""
    if one == two:
        return []
    if one["error_code"] or two["error_code"]:
        names = [] if one["error_code"] and two["error_code"] else ["error_code"]
        for cells in (one, two):
            names += [name for name in MONEY if cells["error_code"] and cells[name] and name not in names]
        return names
    names = [name for name in SHARES + MONEY if one[name] != two[name] and number(one[name]) != number(two[name])]
    if one["relief"] != two["relief"]:
        names.append("relief")
    return names


def compare(one_path, two_path, out):
    one, two = Side(one_path), Side(two_path)
    total = differences = 0
    by_column, shown = Counter(), 0
    for number_, (left, right) in enumerate(zip_longest(one.rows, two.rows), start=2):
        total += 1
        if left == right:
            continue
        if left is None or right is None:
            names, why = ["row missing"], f"only in {one.path if right is None else two.path}"
        else:
            a, b = one.cells(left), two.cells(right)
            names = differing(a, b)
            if one.inputs == two.inputs and one.input(left) != two.input(right):
                names.insert(0, "input")
            why = "; ".join(f"{name}: {a.get(name, '-')!r} / {b.get(name, '-')!r}" for name in names)
            if names and (a["error_code"] or b["error_code"]):
                why += f"; error: {a['error']!r} / {b['error']!r}"
        if not names:
            continue
        differences += 1
        by_column[" ".join(names)] += 1
        if shown < SHOWN:
            shown += 1
            side, row = (one, left) if left is not None else (two, right)
            print(f"line {number_}: {why}", file=out)
            given = [f"{side.header[i]}={row[i]}" for i in side.inputs if i < len(row) and row[i]]
            print(f"    {' '.join(given)}", file=out)
    one.file.close()
    two.file.close()
    if by_column:
        print("by columns:", file=out)
        for names, count in by_column.most_common():
            print(f"    {count:8d}  {names}", file=out)
    print(f"{total} rows compared, {differences} differences", file=out)
    return 1 if differences else 0


def main():
    if len(sys.argv) != 3:
        raise SystemExit(__doc__)
    sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(compare(sys.argv[1], sys.argv[2], sys.stdout))


if __name__ == "__main__":
    main()
