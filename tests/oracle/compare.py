#!/usr/bin/env python3
"""Compares two outputs of `batch premium` row by row: rejected or not, every amount, member_rank.

compare.py A.csv B.csv    exit 0: no difference, 1: differences, 2: a file cannot be read or lacks a column

An empty payer cell of a row that was not rejected counts as 0. The input columns both files share must agree too, so that
the rows compared are the same rows.
"""

import csv
import sys
from itertools import zip_longest

AMOUNTS = ("premium", "person", "employer", "social_insurance_fund", "state", "local", "other")
APPENDED = AMOUNTS + ("member_rank", "error_code", "error")
SHOWN = 20


class Unusable(Exception):
    pass


def opened(path):
    try:
        return open(path, encoding="utf-8-sig", newline="")
    except OSError as problem:
        raise Unusable(str(problem)) from None


def table(file, path):
    """(header, rows)"""
    rows = csv.reader(file)
    header = [name.strip() for name in next(rows, [])]
    missing = [name for name in AMOUNTS + ("member_rank", "error_code") if name not in header]
    if missing:
        raise Unusable(f"{path}: no column {', '.join(missing)}")
    return header, (row for row in rows if row)


def result(cells):
    """What is compared: None for a rejected row. `cells`: amounts, member_rank, error_code."""
    if cells[-1].strip():
        return None
    return [cell.strip() or "0" for cell in cells[:-2]] + [cells[-2].strip()]


def picker(header, names):
    columns = [header.index(name) for name in names]
    return lambda row: [row[c] if c < len(row) else "" for c in columns]


def compare(path_a, path_b, out):
    with opened(path_a) as file_a, opened(path_b) as file_b:
        return compare_tables(table(file_a, path_a), table(file_b, path_b), path_a, path_b, out)


def compare_tables(table_a, table_b, path_a, path_b, out):
    (header_a, rows_a), (header_b, rows_b) = table_a, table_b
    compared = AMOUNTS + ("member_rank", "error_code")
    inputs = [name for name in header_a if name in header_b and name not in APPENDED]
    input_a, input_b = picker(header_a, inputs), picker(header_b, inputs)
    result_a, result_b = picker(header_a, compared), picker(header_b, compared)
    rows = differences = 0

    for row_a, row_b in zip_longest(rows_a, rows_b):
        rows += 1
        lines = []
        if row_a is None or row_b is None:
            lines.append(f"only in {path_b if row_a is None else path_a}")
        elif input_a(row_a) != input_b(row_b):
            lines.append("the input columns differ: " + ", ".join(
                f"{n} {x!r} / {y!r}" for n, x, y in zip(inputs, input_a(row_a), input_b(row_b)) if x != y))
        else:
            a, b = result(result_a(row_a)), result(result_b(row_b))
            if a == b:
                continue
            if a is None or b is None:
                lines.append(f"rejected only in {path_a if a is None else path_b}")
            for name, x, y in zip(AMOUNTS + ("member_rank",), a or [], b or []):
                if x != y:
                    lines.append(f"{name}: {x or '(none)'} / {y or '(none)'}")
        differences += 1
        if differences <= SHOWN:
            shown = input_b(row_b) if row_a is None else input_a(row_a)
            print(f"row {rows}: " + " ".join(f"{n}={v}" for n, v in zip(inputs, shown) if v), file=out)
            for line in lines:
                print("    " + line, file=out)
    print(f"{rows} rows compared, {differences} differences", file=out)
    return 1 if differences else 0


def main():
    if len(sys.argv) != 3:
        print("usage: compare.py A.csv B.csv", file=sys.stderr)
        return 2
    try:
        return compare(sys.argv[1], sys.argv[2], sys.stdout)
    except Unusable as problem:
        print(f"compare.py: {problem}", file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
