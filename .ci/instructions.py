#!/usr/bin/env python3
"""Counts the instructions of five fixed runs and compares them with the budget.

    python3 .ci/instructions.py target/release/bhyt            # fails above a budget by more than 3 %
    python3 .ci/instructions.py target/release/bhyt --write    # writes what was counted as the new budget

Instructions, not time: they hardly depend on what else the machine does. One thread each; samples are made here from
fixed seeds. Needs valgrind; standard library only.
"""
import argparse
import base64
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BUDGET = ROOT / "benches" / "budget.toml"
ROOM = 0.03


def counted(command, accepted):
    """Instructions of a run, or an end with what it said."""
    tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    done = subprocess.run([*tool, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    found = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    if done.returncode not in accepted or not found:
        sys.exit(f"{' '.join(map(str, command))}: exit {done.returncode}\n{done.stderr}")
    return int(found[1])


def people(folder):
    """A table of people as agencies keep them, half of it plain rows, half every awkward one of the oracle."""
    generator = folder / "generate"
    source = ROOT / "benches" / "peers" / "generate.rs"
    subprocess.run(["rustc", "-O", "--edition", "2021", source, "-o", generator], check=True)
    plain = folder / "plain.csv"
    subprocess.run([generator, "--rows", "100000", "-o", plain], check=True, stderr=subprocess.DEVNULL)
    hard = folder / "hard.csv"
    made = [sys.executable, ROOT / "tests" / "oracle" / "generate.py", "--households", "5000", "--seed", "7"]
    hard.write_bytes(subprocess.run(made, check=True, stdout=subprocess.PIPE).stdout)
    return plain, hard


def claims(folder):
    """The claim files of the tests, their parts in base64 as facilities send them, ten claims of each in a file."""
    target = folder / "claims"
    target.mkdir()
    packed = lambda part: base64.b64encode(part[1].strip().encode()).decode()
    for fixture in sorted((ROOT / "tests" / "data" / "audit").glob("*/claim.xml")):
        text = fixture.read_text(encoding="utf-8")
        whole = re.search(r"<HOSO>.*</HOSO>", text, re.DOTALL)
        if not whole:
            continue
        copies = []
        for number in range(10):
            copy = re.sub(r"(<MA_LK>)([^<]*)", rf"\g<1>\g<2>{number}", whole[0])
            copies.append(re.sub(r"(?<=<NOIDUNGFILE>)(.*?)(?=</NOIDUNGFILE>)", packed, copy, flags=re.DOTALL))
        text = text[: whole.start()] + "".join(copies) + text[whole.end() :]
        (target / f"{fixture.parent.name}.xml").write_text(text, encoding="utf-8")
    return target


def runs(binary, folder):
    """Name, command and accepted exit codes of every run; exit 1 says that some rows were rejected."""
    plain, hard = people(folder)
    visits = folder / "visits.csv"
    made = [sys.executable, ROOT / "tests" / "oracle" / "claim_generate.py", "--visits", "5000", "--seed", "7"]
    visits.write_bytes(subprocess.run(made, check=True, stdout=subprocess.PIPE).stdout)
    one = ["-j", "1", "--quiet"]
    yield "start", [binary, "quote", "--members", "4", "--months", "12", "--paid-on", "2026-08-01"], [0]
    yield "premium", [binary, "batch", "premium", plain, "-o", folder / "premium.csv", *one], [0]
    yield "premium-hard", [binary, "batch", "premium", hard, "-o", folder / "hard-out.csv", *one], [0, 1]
    yield "claim", [binary, "batch", "claim", visits, "-o", folder / "claim.csv", *one], [0, 1]
    audit = [binary, "audit", claims(folder), "--format", "jsonl", "-o", folder / "audit.jsonl", *one]
    yield "audit", audit, [0, 1]


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("binary", type=pathlib.Path)
    arguments.add_argument("--write", action="store_true")
    given = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {
            name: counted(command, accepted)
            for name, command, accepted in runs(given.binary.resolve(), pathlib.Path(folder))
        }
    if given.write:
        lines = [f"{name} = {count}\n" for name, count in found.items()]
        BUDGET.write_text("# Instructions of fixed runs; .ci/instructions.py counts them again.\n" + "".join(lines))
        return 0
    budget = dict(re.findall(r"^([a-z-]+) = (\d+)$", BUDGET.read_text(), re.MULTILINE))
    over = False
    for name, count in found.items():
        allowed = int(budget[name])
        verdict = "over budget" if count > allowed * (1 + ROOM) else "ok"
        over |= verdict != "ok"
        print(f"{name:14} {count:>14,} of {allowed:>14,} ({count / allowed:.3f}) {verdict}")
    return 1 if over else 0


sys.exit(main())
