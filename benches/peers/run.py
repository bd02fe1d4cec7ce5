#!/usr/bin/env python3
"""Runs `bhyt batch premium` and its peers on the same file and prints a table.

    python3 benches/peers/run.py --dir /tmp/bench --install
    python3 benches/peers/run.py --dir /tmp/bench --rows 500000 --peers duckdb,polars
    python3 benches/peers/run.py --dir /tmp/bench --bhyt target/release/bhyt --runs 5
    python3 benches/peers/run.py --dir /tmp/bench --format parquet --peers duckdb,polars --no-floor
    python3 benches/peers/run.py --dir /tmp/bench --format xlsx --rows 1000000 --peers none --no-floor

What it does, in this order:

1. compiles generate.rs and writes the input (5 million people, some 300 MB) into --dir;
2. runs every program once, untimed, and compares the outputs row by row: input columns as they were, amounts
   and rank equal, payers adding up to the premium. Any difference ends the run: a wrong answer has no speed;
3. runs all programs --runs times, interleaved (A B C, A B C, …), so that a slow minute of the machine
   falls on all of them. Each run is a whole process, start-up and exit included, with the input in the page
   cache, its old output removed and earlier writes flushed to disk;
4. prints medians, and how many times the byte-level limit bhyt takes. Peak memory is the largest resident set of the process.

With --format parquet the same people are read from a Parquet file and written to one (Snappy, as DuckDB and bhyt write it), and the
outputs are compared as CSV; with --format xlsx, from a workbook to a workbook, by bhyt alone.

The byte-level limit (limit.rs) reads, ranks and writes the same bytes with integers, for this one layout, without a check. Its
output must be bhyt's, byte for byte.

Needs Python 3.9, Rust, about 3 GB of disk for 5 million rows, and the packages of requirements.txt (--install puts
them into a virtual environment inside --dir). Nothing is written outside --dir. Exit code 1: outputs differ.
"""

import argparse
import csv
import filecmp
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from decimal import Decimal, InvalidOperation
from operator import itemgetter
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
GNU_TIME = "/usr/bin/time"

INPUT_COLUMNS = ["household_id", "person_id", "born", "group", "salary", "from", "paid_on", "months"]
PAYERS = ["person", "employer", "social_insurance_fund", "state", "local", "other"]
RESULT_COLUMNS = ["premium", *PAYERS, "member_rank"]

SCRIPTS = {
    "duckdb": ("DuckDB, SQL with streaming windows", "duckdb_sql.py"),
    "polars": ("Polars, lazy, scan to sink", "polars_lazy.py"),
    "openfisca": ("OpenFisca-Core, vectorised (files by Polars)", "openfisca_rules.py"),
}
BHYT = "`bhyt batch premium`"
LIMIT = "byte-level limit"
PEERS = ["limit", "plain", *SCRIPTS]


def main():
    options = parse_arguments()
    folder = options.dir.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "people.csv"
    python = interpreter(options, folder)

    say("generating the input")
    generator = folder / "generate"
    run(["rustc", "-O", "--edition", "2021", HERE / "generate.rs", "-o", generator])
    run([generator, "--rows", str(options.rows), "--seed", str(options.seed), "-o", source])
    if options.format != "csv":
        say(f"writing it as {options.format}")
        text, source = source, source.with_suffix(f".{options.format}")
        remove(source)
        if options.format == "xlsx":
            write_workbook(text, source)
        else:
            run(converter(python, text, source))

    programs = programs_to_run(options, folder, python, source)
    check_outputs(programs, folder, source, python)
    floors = [] if options.no_floor else [
        Program("copy the file", lambda target: ["cp", source, target]),
        Program("count its lines", lambda target: ["wc", "-l", source]),
    ]
    measured = measure(programs + floors, folder, options.runs, options.format)
    report(measured, programs[0], options, source, python)
    if options.json:
        options.json.write_text(json.dumps(measured, indent=2) + "\n")


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__.split("\n", 1)[0], epilog="See the head of this file for what exactly is measured."
    )
    parser.add_argument("--dir", type=Path, required=True, help="where input, outputs and builds go")
    parser.add_argument("--rows", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--format", choices=["csv", "parquet", "xlsx"], default="csv", help="of input and output")
    parser.add_argument("--runs", type=int, default=3, help="timed runs of each program (default 3)")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"some of {','.join(PEERS)}, or none")
    parser.add_argument("--bhyt", type=Path, default=REPOSITORY / "target" / "release" / "bhyt")
    parser.add_argument("--no-bhyt", action="store_true", help="only the peers, against each other")
    parser.add_argument("--no-floor", action="store_true", help="leave out cp and wc")
    parser.add_argument("--python", type=Path, help="interpreter that has the packages of requirements.txt")
    parser.add_argument("--install", action="store_true", help="install them into a virtual environment in --dir")
    parser.add_argument("--json", type=Path, help="write every single measurement there")
    options = parser.parse_args()
    options.peers = [] if options.peers == "none" else options.peers.split(",")
    unknown = set(options.peers) - set(PEERS)
    if unknown:
        parser.error(f"no such peer: {', '.join(sorted(unknown))}; there are {', '.join(PEERS)}")
    if options.format != "csv" and set(options.peers) - ({"duckdb", "polars"} if options.format == "parquet" else set()):
        parser.error("Parquet is for the peers duckdb and polars, XLSX for none: say --peers")
    if options.format == "xlsx" and options.rows > 1_048_575:
        parser.error("a sheet holds 1,048,575 people at most")
    if options.rows < 1 or options.runs < 1:
        parser.error("--rows and --runs start at 1")
    if not options.no_bhyt and not options.bhyt.is_file():
        parser.error(f"no bhyt at {options.bhyt}: build it (cargo build --release), give --bhyt, or say --no-bhyt")
    if options.no_bhyt and not options.peers:
        parser.error("nothing to run")
    return options


def interpreter(options, folder):
    """The Python that runs the Python peers."""
    if options.python:
        return options.python
    inside = folder / "venv" / "bin" / "python"
    if options.install and not inside.exists():
        say("installing the Python peers")
        run([sys.executable, "-m", "venv", folder / "venv"])
        run([inside, "-m", "pip", "install", "--quiet", "-r", HERE / "requirements.txt"])
    return inside if inside.exists() else Path(sys.executable)


class Program:
    def __init__(self, name, command):
        self.name, self.command = name, command


def programs_to_run(options, folder, python, source):
    """Programs whose output is compared; the first is what the others are measured against."""
    programs = []
    if not options.no_bhyt:
        bhyt = options.bhyt.resolve()
        programs.append(Program(
            BHYT, lambda target: [bhyt, "batch", "premium", source, "-o", target, "--force"]
        ))
    for peer in options.peers:
        if peer == "limit":
            binary = folder / "limit"
            run(["rustc", "-O", "--edition", "2024", HERE / "limit.rs", "-o", binary])
            programs.append(Program(LIMIT, lambda target, binary=binary: [binary, source, target]))
        elif peer == "plain":
            say("building the plain Rust program")
            run(["cargo", "build", "--release", "--locked", "--quiet", "--target-dir", folder / "target",
                 "--manifest-path", HERE / "plain_csv_serde" / "Cargo.toml"])
            binary = folder / "target" / "release" / "plain_csv_serde"
            programs.append(Program(
                "plain Rust: csv + serde + rust_decimal + chrono",
                lambda target, binary=binary: [binary, source, target],
            ))
        else:
            name, script = SCRIPTS[peer]
            programs.append(Program(
                name, lambda target, script=script: [python, HERE / script, source, target]
            ))
    return programs


def converter(python, source, target):
    """Rewrites a table between CSV and Parquet, every column as it reads."""
    read = "read_parquet" if source.suffix == ".parquet" else "read_csv"
    form = "FORMAT parquet, COMPRESSION snappy" if target.suffix == ".parquet" else "FORMAT csv, HEADER"
    typed = "" if read == "read_parquet" else ", types = {'household_id': 'VARCHAR', 'person_id': 'VARCHAR'}"
    query = f"COPY (FROM {read}('{source}'{typed})) TO '{target}' ({form})"
    return [python, "-c", "import sys, duckdb; duckdb.execute(sys.argv[1])", query]


def write_workbook(source, target):
    """A workbook of one sheet: numbers as numbers, all else as text."""
    kind = "http://schemas.openxmlformats.org"
    sheet = f"{kind}/spreadsheetml/2006/main"
    related = f"{kind}/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{kind}/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kind}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{related}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{sheet}" xmlns:r="{related}"><sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{kind}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{related}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as out, open(source, encoding="utf-8") as rows:
            out.write(f'<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="{sheet}"><sheetData>'.encode())
            for number, row in enumerate(csv.reader(rows)):
                cells = "".join(cell_of(name, text, number == 0) for name, text in zip(INPUT_COLUMNS, row))
                out.write(f"<row>{cells}</row>".encode())
            out.write(b"</sheetData></worksheet>")


def cell_of(name, text, is_heading):
    if not is_heading and text and name in ("salary", "months"):
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def check_outputs(programs, folder, source, python):
    """Every program once; the outputs must say the same. The first is also compared with the input."""
    reference = folder / "reference.csv"
    text = source.with_suffix(".csv")
    for program in programs:
        say(f"checking {program.name}")
        target = reference if program is programs[0] else folder / "checked.csv"
        remove(target)
        if source.suffix == ".parquet":
            converted = target.with_suffix(source.suffix)
            remove(converted)
            run(program.command(converted))
            run(converter(python, converted, target))
            remove(converted)
        else:
            run(program.command(target))
        if target == reference:
            say("  " + control_totals(text, reference))
            continue
        if filecmp.cmp(reference, target, shallow=False):
            say("  same bytes")
        elif program.name == LIMIT and programs[0].name == BHYT:
            fail("the byte-level limit writes other bytes")
        else:
            differences, rows = compare(reference, target)
            if differences:
                print(f"{program.name} and {programs[0].name} disagree:", *differences, sep="\n  ", file=sys.stderr)
                sys.exit(1)
            say(f"  same input columns, amounts and ranks in {rows:,} rows")
        remove(target)
    remove(reference)


def control_totals(source, target):
    """Reads input and output side by side: every row is there, and its payers add up to the premium."""
    rows, totals = 0, dict.fromkeys(["premium", *PAYERS], 0)
    with open(source, newline="", encoding="utf-8") as before, open(target, newline="", encoding="utf-8") as after:
        before, after = csv.reader(before), csv.reader(after)
        given = columns(next(before), INPUT_COLUMNS)
        header = next(after)
        carried, results = columns(header, INPUT_COLUMNS), columns(header, list(totals))
        for row, result in zip_exactly(before, after):
            rows += 1
            if given(row) != carried(result):
                fail(f"row {rows}: input {given(row)} came out as {carried(result)}")
            try:
                premium, *shares = (whole(amount) for amount in results(result))
            except (InvalidOperation, ValueError):
                fail(f"row {rows} has no amounts: {result}")
            if premium != sum(shares):
                fail(f"row {rows}: the payers do not add up: {result}")
            for name, amount in zip(totals, (premium, *shares)):
                totals[name] += amount
    parts = ", ".join(f"{name} {amount:,}" for name, amount in totals.items())
    return f"{rows:,} rows: {parts}"


def compare(reference, target):
    """The first differences between two outputs, row by row in file order, and the number of rows."""
    differences, rows = [], 0
    with open(reference, newline="", encoding="utf-8") as one, open(target, newline="", encoding="utf-8") as other:
        one, other = csv.reader(one), csv.reader(other)
        names = INPUT_COLUMNS + RESULT_COLUMNS
        of_one, of_other = columns(next(one), names), columns(next(other), names)
        for left, right in zip_exactly(one, other):
            rows += 1
            left, right = of_one(left), of_other(right)
            if left != right and list(map(canonical, left)) != list(map(canonical, right)):
                differences.append(f"row {rows}: {','.join(left)}\n  {' ' * len(f'row {rows}')}  {','.join(right)}")
                if len(differences) == 5:
                    break
    return differences, rows


def canonical(text):
    """A number as a number, so that 1263600 and 1263600.00 agree; anything else as it stands."""
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def whole(amount):
    number = Decimal(amount)
    if number != int(number):
        raise ValueError(amount)
    return int(number)


def columns(header, names):
    missing = [name for name in names if name not in header]
    if missing:
        fail(f"columns missing: {', '.join(missing)}")
    return itemgetter(*(header.index(name) for name in names))


def zip_exactly(one, other):
    nothing = object()
    for row in one:
        partner = next(other, nothing)
        if partner is nothing:
            fail("rows are missing from the second file")
        yield row, partner
    if next(other, nothing) is not nothing:
        fail("the second file has more rows")


def measure(programs, folder, runs, kind):
    measured = [{"what": program.name, "seconds": [], "peak_mb": []} for program in programs]
    target = folder / f"out.{kind}"
    for round_number in range(1, runs + 1):
        for program, result in zip(programs, measured):
            say(f"round {round_number} of {runs}: {program.name}")
            remove(target)
            os.sync()
            seconds, peak = timed(program.command(target), folder)
            result["seconds"].append(round(seconds, 3))
            result["peak_mb"].append(round(peak, 1))
    remove(target)
    return measured


def timed(command, folder):
    """Wall time in seconds and peak resident memory in MB of a whole process."""
    command = [str(part) for part in command]
    note = folder / "time.txt"
    # GNU time forks from a tiny process. Forked from here, a small program would be charged this
    # interpreter's own memory, which the kernel counts until the program replaces it.
    wrapped = [GNU_TIME, "-f", "%M", "-o", str(note), *command] if Path(GNU_TIME).exists() else command
    started = time.perf_counter()
    child = subprocess.Popen(wrapped, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        fail(f"exit code {child.returncode}: {' '.join(command)}")
    kilobytes = int(note.read_text().split()[-1]) if wrapped is not command else usage.ru_maxrss
    return seconds, kilobytes * 1024 / 1e6


def report(measured, baseline, options, source, python):
    base = next(statistics.median(result["seconds"]) for result in measured if result["what"] == baseline.name)
    short = "bhyt" if not options.no_bhyt else baseline.name.split(":")[0]
    print(f"\n{options.rows:,} people, {source.stat().st_size / 1e6:,.0f} MB; "
          f"medians of {options.runs} interleaved runs; outputs compared first.")
    print(f"{machine()}; {versions(options, python)}.\n")
    print(f"| What | wall s | M rows/s | peak memory MB | × of {short} |")
    print("|---|---|---|---|---|")
    for result in measured:
        seconds = statistics.median(result["seconds"])
        peak = max(result["peak_mb"])
        print(f"| {result['what']} | {seconds:.2f} | {options.rows / seconds / 1e6:.2f} "
              f"| {peak:,.0f} | {seconds / base:.2f} |")
    limit = [statistics.median(result["seconds"]) for result in measured if result["what"] == LIMIT]
    if limit and not options.no_bhyt:
        print(f"\n{short} takes {base / limit[0]:.2f} times the byte-level limit.")


def machine():
    model = platform.machine()
    try:
        for line in Path("/proc/cpuinfo").read_text().splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    except OSError:
        pass
    return f"{os.cpu_count()} × {model}, {platform.system()}"


def versions(options, python):
    asked = {"duckdb": "duckdb", "polars": "polars", "openfisca": "OpenFisca-Core"}
    packages = [asked[peer] for peer in options.peers if peer in asked]
    program = "import sys, importlib.metadata as m; print(', '.join(f'{p} {m.version(p)}' for p in sys.argv[1:]))"
    parts = []
    if not options.no_bhyt:
        parts.append(output([options.bhyt, "--version"]))
    if packages:
        parts += [f"Python {output([python, '-V']).split()[-1]}", output([python, "-c", program, *packages])]
    if "plain" in options.peers:
        parts.append(" ".join(output(["rustc", "-V"]).split()[:2]))
    return ", ".join(parts)


def output(command):
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout.strip()


def run(command):
    command = [str(part) for part in command]
    if shutil.which(command[0]) is None:
        fail(f"cannot find {command[0]}")
    code = subprocess.run(command, stdout=subprocess.DEVNULL).returncode
    if code != 0:
        fail(f"exit code {code}: {' '.join(command)}")


def remove(path):
    path.unlink(missing_ok=True)


def say(text):
    print(text, file=sys.stderr, flush=True)


def fail(text):
    print(f"run.py: {text}", file=sys.stderr)
    sys.exit(1)


if __name__ == "__main__":
    main()
