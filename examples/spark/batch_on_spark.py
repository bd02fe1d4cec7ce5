#!/usr/bin/env python3
"""Runs `bhyt batch premium` as a streaming filter under Apache Spark and checks it against one machine.

    python3 -m venv venv && venv/bin/pip install -r examples/spark/requirements.txt      # and Java 17
    venv/bin/python examples/spark/batch_on_spark.py --bhyt target/release/bhyt
    venv/bin/python examples/spark/batch_on_spark.py --bhyt target/release/bhyt --input people.csv --output premiums

Without --input it generates 200,000 people (benches/peers/generate.rs, needs rustc). The steps:

1. read the file as lines, number them in file order, and take the household out of each;
2. `repartition` by household, so that every household lies in one partition whole;
3. `sortWithinPartitions` by household and line number, so that its rows stand together, in their order;
4. `RDD.pipe` each partition, inside the JVM, through `bhyt batch premium - -o - --no-header --columns …`;
5. write the lines, read them back, add up, and compare with `bhyt` run once over the whole file.

Exit codes: 0 totals agree, 1 they differ, 2 wrong command line, 3 the job failed.
"""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from py4j.protocol import Py4JJavaError
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

REPOSITORY = Path(__file__).resolve().parent.parent.parent
APPENDED = ["premium", "person", "employer", "social_insurance_fund", "state", "local", "other",
            "member_rank", "error_code", "error"]
ADDED_UP = APPENDED[:7]
# A quotation mark inside a field is doubled, as everywhere; Spark expects a backslash unless told.
QUOTES = {"escape": '"'}


def main():
    options = parse_arguments()
    with tempfile.TemporaryDirectory(prefix="bhyt-spark-") as folder:
        folder = Path(folder)
        source = options.input or generate(options.rows, folder)
        target = options.output or folder / "premiums"

        spark = session(options, folder)
        started = time.perf_counter()
        columns = header(source)
        command = filter_command(options, columns)
        lines = pipe(spark, by_household(spark, source, columns, options.partitions), command)
        try:
            lines.saveAsTextFile(str(target))
        except Py4JJavaError as error:
            print(f"the job failed: {root_cause(error)}", file=sys.stderr)
            return 3
        job_seconds = time.perf_counter() - started
        if options.overhead:
            print(f"Spark alone, `cat` as the filter: {job_seconds:.1f} s")
            return 0

        on_spark = totals(spark, target, columns)
        spark.stop()

        alone, alone_seconds = single_machine(options, source, folder)

        print(f"{'':24}{'on Spark':>24}{'one machine':>24}")
        for name in on_spark:
            mark = "" if on_spark[name] == alone[name] else "   <- differs"
            print(f"{name:24}{on_spark[name]:>24,}{alone[name]:>24,}{mark}")
        print(f"{'seconds (job, process)':24}{job_seconds:>24.1f}{alone_seconds:>24.1f}")
        return 0 if on_spark == alone else 1


def root_cause(error):
    cause = error.java_exception
    while cause.getCause() is not None:
        cause = cause.getCause()
    return str(cause.getMessage()).split("\n", 1)[0]


def parse_arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--bhyt", type=Path, default=REPOSITORY / "target" / "release" / "bhyt")
    parser.add_argument("--input", type=Path, help="a CSV file with a header, in the format of `bhyt batch premium`")
    parser.add_argument("--rows", type=int, default=200_000, help="people to generate without --input")
    parser.add_argument("--output", type=Path, help="a new folder for the result (default: thrown away)")
    parser.add_argument("--master", default="local[2]", help="Spark master (default local[2])")
    parser.add_argument("--partitions", type=int, default=8, help="partitions after the shuffle (default 8)")
    parser.add_argument("--memory", default="2g", help="memory of the driver (default 2g)")
    parser.add_argument("--allow-rejected", action="store_true",
                        help="rows that bhyt rejects keep their error instead of failing the job")
    parser.add_argument("--overhead", action="store_true", help="pipe through `cat`: what Spark costs by itself")
    options = parser.parse_args()
    options.bhyt = options.bhyt.resolve()
    if not options.overhead and not options.bhyt.is_file():
        parser.error(f"no bhyt at {options.bhyt}: build it (cargo build --release) or give --bhyt")
    if options.output and options.output.exists():
        parser.error(f"{options.output} exists; Spark only writes new folders")
    return options


def generate(rows, folder):
    generator, source = folder / "generate", folder / "people.csv"
    code = REPOSITORY / "benches" / "peers" / "generate.rs"
    subprocess.run(["rustc", "-O", "--edition", "2021", code, "-o", generator], check=True)
    subprocess.run([generator, "--rows", str(rows), "-o", source], check=True)
    return source


def session(options, folder):
    spark = (
        SparkSession.builder.appName("bhyt batch premium")
        .master(options.master)
        .config("spark.driver.memory", options.memory)
        .config("spark.ui.enabled", "false")
        .config("spark.local.dir", str(folder / "shuffle"))
        # Keep the partitions as asked for: each holds whole households.
        .config("spark.sql.adaptive.enabled", "false")
        .config("spark.ui.showConsoleProgress", "false")
        .getOrCreate()
    )
    spark.sparkContext.setLogLevel("ERROR")
    return spark


def header(source):
    with open(source, newline="", encoding="utf-8-sig") as file:
        return next(csv.reader(file))


def filter_command(options, columns):
    if options.overhead:
        return ["cat"]
    command = [str(options.bhyt), "batch", "premium", "-", "-o", "-", "--no-header", "--columns", ",".join(columns),
               # Totals of a part would only fill the executors' logs; errors are still told.
               "--quiet"]
    if options.allow_rejected:
        # Exit code 1 means: done, but some rows were rejected. Spark takes every code but 0 for a failure.
        command = ["sh", "-c", '"$@"; code=$?; [ "$code" -eq 1 ] && exit 0; exit "$code"', "sh", *command]
    return command


def by_household(spark, source, columns, partitions) -> DataFrame:
    """The lines of the file, households whole and together, rows in file order.

    Splitting a file by size, as Spark does when it reads, cuts households in two; both halves would start
    at rank 1. So no filter may run before this shuffle.
    """
    schema = ", ".join(f"`{name}` STRING" for name in columns)
    return (
        spark.read.text(str(source))
        # Increases along the file: the number of the split in the upper bits, the line within it in the lower.
        .withColumn("line", F.monotonically_increasing_id())
        # The header is the first line of the file (line 0). Rows are kept as the text they were.
        .where("line > 0 AND trim(value) <> ''")
        .withColumn("household", F.from_csv("value", schema, QUOTES)["household_id"])
        .repartition(partitions, "household")
        .sortWithinPartitions("household", "line")
        .select("value")
    )


def pipe(spark, lines, command):
    """Each partition through its own process, the way Scala's `RDD.pipe` does it.

    PySpark's own `rdd.pipe` would move every line through Python on the way in and out, and ignores a
    failing filter unless told `checkCode=True`; the JVM's always fails the task when the exit code is not 0.
    """
    jvm = spark._jvm
    strings = jvm.org.apache.spark.sql.Encoders.STRING()
    rdd = getattr(lines._jdf, "as")(strings).toJavaRDD()
    words = jvm.java.util.ArrayList()
    for word in command:
        words.add(word)
    environment = jvm.java.util.HashMap()
    # The encoding is named because the default one follows the locale, which may be plain ASCII on a worker.
    return rdd.pipe(words, environment, False, 1 << 16, "UTF-8")


def totals(spark, target, columns):
    schema = ", ".join(f"`{name}` STRING" for name in columns + APPENDED)
    table = spark.read.schema(schema).options(**QUOTES).csv(str(target))
    sums = [F.sum(F.col(name).cast("decimal(38,0)")).alias(name) for name in ADDED_UP]
    row = table.agg(
        F.count("*").alias("rows"),
        F.sum(F.col("member_rank").cast("long")).alias("member_rank"),
        F.count("error_code").alias("rejected"),
        *sums,
    ).first()
    return {name: int(row[name] or 0) for name in ["rows", "rejected", "member_rank", *ADDED_UP]}


def single_machine(options, source, folder):
    target = folder / "alone.csv"
    started = time.perf_counter()
    code = subprocess.run([options.bhyt, "batch", "premium", source, "-o", target, "--force", "--quiet"]).returncode
    seconds = time.perf_counter() - started
    if code not in ((0, 1) if options.allow_rejected else (0,)):
        sys.exit(f"bhyt ended with exit code {code}")
    result = dict.fromkeys(["rows", "rejected", "member_rank", *ADDED_UP], 0)
    with open(target, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            result["rows"] += 1
            result["rejected"] += bool(row["error_code"])
            for name in ["member_rank", *ADDED_UP]:
                result[name] += int(row[name] or 0)
    return result, seconds


if __name__ == "__main__":
    sys.exit(main())
