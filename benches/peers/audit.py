#!/usr/bin/env python3
"""Runs `bhyt audit` and its peer on the same synthetic claim files and prints a table.

    python3 benches/peers/audit.py
    python3 benches/peers/audit.py --claims 2000 --runs 1 --bhyt target/release/bhyt

1. `cargo bench --bench audit` writes the claims (about 30 lines each, one in fifty with a defect) and prints the
   floor: reading, base64 and one look at every byte.
2. bhyt and lxml run once, untimed: the claims that differ must be the same ones, or the run ends here. bhyt derives
   every share from the law as well; lxml only replays each file on its own terms.
3. Both run --runs times on one and on two cores, interleaved, as whole processes with the files in the page cache.
   The table has the medians of wall time and of CPU time, and the largest resident set.

Needs Python 3.9, lxml (requirements.txt), and about 1 GB of disk. Linux: cores are pinned with sched_setaffinity.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent


def main():
    options = arguments()
    folder = options.dir or Path(tempfile.gettempdir()) / "bhyt-bench-audit"
    if options.bhyt is None:
        subprocess.run(["cargo", "build", "--release", "--quiet"], cwd=REPOSITORY, check=True)
    program = options.bhyt or target() / "release" / "bhyt"
    bench = ["cargo", "bench", "--quiet", "--bench", "audit", "--", str(options.claims), str(folder)]
    print(subprocess.run(bench, cwd=REPOSITORY, check=True, text=True, stdout=subprocess.PIPE).stdout)
    size = sum(path.stat().st_size for path in folder.glob("claims-*.xml"))
    runs = {}
    for cores in (1, 2):
        runs["bhyt", cores] = [str(program), "audit", str(folder), "--jobs", str(cores), "--format", "jsonl", "-q"]
        runs["lxml", cores] = [sys.executable, str(HERE / "audit_lxml.py"), str(folder), str(cores)]
    compare(runs, options.claims)
    measured = {key: [] for key in runs}
    for _ in range(options.runs):
        for key, command in runs.items():
            measured[key].append(timed(command, key[1]))
    print(f"{'program':<28} {'cores':>5} {'wall s':>8} {'CPU s':>8} {'claims/s':>9} {'MB/s':>6} {'peak MB':>8}")
    names = {"bhyt": "bhyt (replay and law)", "lxml": "lxml (internal replay only)"}
    for (name, cores), times in measured.items():
        wall, cpu = (statistics.median(column) for column in list(zip(*times))[:2])
        peak = max(column[2] for column in times)
        print(f"{names[name]:<28} {cores:>5} {wall:>8.2f} {cpu:>8.2f} {options.claims / wall:>9.0f} "
              f"{size / wall / 1e6:>6.0f} {peak / 1e6:>8.0f}")


def compare(runs, claims):
    """Ends the run unless both find the same claims."""
    found = {}
    for name in ("bhyt", "lxml"):
        run = subprocess.run(runs[name, 2], text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if name == "lxml":
            seen, found[name] = int(run.stderr), {Path(line).name for line in run.stdout.split("\n") if line}
        else:
            results = [json.loads(line)["result"] for line in run.stdout.splitlines()]
            seen = len(results)
            found[name] = {f"{Path(each['file']).name}#{each['number']}" for each in results if each["findings"]}
        if seen != claims:
            sys.exit(f"{name} read {seen} of {claims} claims")
    if found["bhyt"] != found["lxml"]:
        sys.exit(f"results differ: {sorted(found['bhyt'] ^ found['lxml'])[:10]}")
    print(f"same result: {len(found['lxml'])} of {claims} claims differ\n")


def timed(command, cores):
    """Wall seconds, CPU seconds and peak bytes of a whole process on so many cores."""
    chosen = sorted(os.sched_getaffinity(0))[:cores]
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        child = subprocess.Popen(command, stdout=output, stderr=subprocess.DEVNULL,
                                 preexec_fn=lambda: os.sched_setaffinity(0, chosen))
        _, _, usage = os.wait4(child.pid, 0)
    return time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def target():
    """Where cargo puts what it builds."""
    shown = subprocess.run(["cargo", "metadata", "--format-version", "1", "--no-deps"], cwd=REPOSITORY, text=True,
                           stdout=subprocess.PIPE, check=True).stdout
    return Path(json.loads(shown)["target_directory"])


def arguments():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--claims", type=int, default=20_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--dir", type=Path, help="where the claims are written")
    parser.add_argument("--bhyt", type=Path, help="the program to measure; default: cargo build --release")
    return parser.parse_args()


if __name__ == "__main__":
    main()
