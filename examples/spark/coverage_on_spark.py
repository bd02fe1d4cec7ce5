#!/usr/bin/env python3
"""Counts a country's participants with `bhyt coverage` as a filter under Apache Spark, and checks it against one machine.

    venv/bin/python examples/spark/coverage_on_spark.py --bhyt target/release/bhyt --input people.csv --date 2026-06-30

The columns are those of a list of participants (person_id, commune, group, from, until). The steps:

1. read the file as lines, number them in file order, and take the person out of each;
2. `repartition` by person, so that all rows of a person lie in one partition: each person is counted there, once;
3. `sortWithinPartitions` by line number, since the first row with a valid card decides the commune;
4. `RDD.pipe` each partition through `bhyt coverage - -f csv`, which answers with one row a commune;
5. add the rows up by commune, and compare with `bhyt` run once over the whole file.

Rates and persons still needed are made from the sums: `bhyt coverage sums.csv targets.csv`. Households that are covered in part
need partitions by household (`--by household_id`), which is right only where nobody stands in two households.

Exit codes: 0 all communes agree, 1 they differ, 2 wrong command line, 3 the job failed.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark.sql import functions as F

from batch_on_spark import QUOTES, REPOSITORY, header, pipe, root_cause, session

ADDED_UP = ["covered", "ending_30", "ending_60", "ending_90", "pupils", "pupils_covered"]


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="bhyt-spark-") as folder:
        folder = Path(folder)
        columns = header(options.input)
        spark = session(options, folder)
        started = time.perf_counter()
        command = [str(options.bhyt), "coverage", "-", "--date", options.date, "-f", "csv", "-j", "1", "-q",
                   "--no-header", "--columns", ",".join(columns)]
        lines = pipe(spark, by_person(spark, options, columns), command)
        target = folder / "parts"
        try:
            lines.saveAsTextFile(str(target))
        except Py4JJavaError as error:
            print(f"the job failed: {root_cause(error)}", file=sys.stderr)
            return 3
        on_spark = sums(spark, target)
        job_seconds = time.perf_counter() - started
        spark.stop()

        started = time.perf_counter()
        alone = single_machine(options)
        alone_seconds = time.perf_counter() - started

        differing = [commune for commune in on_spark.keys() | alone.keys() if on_spark.get(commune) != alone.get(commune)]
        print(f"{len(on_spark):,} communes, {sum(counts[0] for counts in on_spark.values()):,} persons covered")
        print(f"Spark {job_seconds:.1f} s, one process {alone_seconds:.1f} s; {len(differing)} communes differ {differing[:5]}")
        return 1 if differing else 0


def parse_arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bhyt", type=Path, default=REPOSITORY / "target" / "release" / "bhyt")
    parser.add_argument("--input", type=Path, required=True, help="a CSV list of participants with a header")
    parser.add_argument("--date", required=True, help="day of coverage, YYYY-MM-DD")
    parser.add_argument("--by", default="person_id", help="column whose equal rows stay together (default person_id)")
    parser.add_argument("--master", default="local[2]", help="Spark master (default local[2])")
    parser.add_argument("--partitions", type=int, default=8, help="partitions after the shuffle (default 8)")
    parser.add_argument("--memory", default="2g", help="memory of the driver (default 2g)")
    options = parser.parse_args()
    options.bhyt = options.bhyt.resolve()
    if not options.bhyt.is_file():
        parser.error(f"no bhyt at {options.bhyt}: build it (cargo build --release) or give --bhyt")
    return options


def by_person(spark, options, columns):
    """The lines of the file, all rows of a person in one partition, in file order."""
    schema = ", ".join(f"`{name}` STRING" for name in columns)
    return (
        spark.read.text(str(options.input))
        .withColumn("line", F.monotonically_increasing_id())
        .where("line > 0 AND trim(value) <> ''")
        .withColumn("key", F.from_csv("value", schema, QUOTES)[options.by])
        .repartition(options.partitions, "key")
        .sortWithinPartitions("line")
        .select("value")
    )


def sums(spark, target):
    """Every part answers with a heading and one row a commune; the rows of a commune add up."""
    rows = csv.reader(spark.sparkContext.textFile(str(target)).toLocalIterator())
    return added_up(rows)


def added_up(rows):
    totals, names, level = {}, None, None
    for row in rows:
        if row[0] == "commune":
            names, level = [row.index(name) for name in ADDED_UP], row.index("level")
            continue
        if row[level] != "commune":
            continue  # sums of districts, provinces and the whole
        counts = totals.setdefault((row[0], row[1]), [0] * len(ADDED_UP))
        for place, column in enumerate(names):
            counts[place] += int(row[column])
    return totals


def single_machine(options):
    run = subprocess.run([options.bhyt, "coverage", options.input, "--date", options.date, "-f", "csv", "-q"],
                         capture_output=True, text=True)
    if run.returncode != 0:
        sys.exit(f"bhyt ended with exit code {run.returncode}: {run.stderr}")
    return added_up(csv.reader(run.stdout.splitlines()))


if __name__ == "__main__":
    sys.exit(main())
