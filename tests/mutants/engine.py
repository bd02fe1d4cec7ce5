#!/usr/bin/env python3
"""Đột biến mã tính toán: every one-step change of the engine's code, all in one build, and whether anything notices.

    python3 tests/mutants/engine.py                      all of them (before a release; hours on one core)
    python3 tests/mutants/engine.py --touched --seconds 150     those of the lines that differ from the base
    python3 tests/mutants/engine.py --sample 650 --seed 1       so many drawn by lot; the lot falls on names, so that it is the same after a change elsewhere
    python3 tests/mutants/engine.py --again              those that nothing noticed last time, with the cases as they are now

The tree is copied to WORK/code. There `a < b` becomes `(if crate::mutant(7) { a <= b } else { a < b })`, and a function
gets `if crate::mutant(8) { return None; }` as its first statement. What does not compile is taken back. The tests of the
copy then find which checks pass through which change, and ask those checks with the change switched on (asked.rs).
Kinds: compare (< <= > >= == !=), logic (&& ||), arithmetic (+ - * / %), not (!a to a), return (a value of the type).
Not changed: match arms, macros, constants, functions that run at build time, unit tests.
Between the quick checks and the slow ones the unit tests of the room are asked, in a build of the library's tests with the same changes.
Of lines touched (CI) the slow checks are asked in turn until the time is over: what nothing noticed by then fails, and wants a quick case.
Changes for which the time of the quick checks was too short are counted as not tried.

What became of each: WORK/fates.tsv. A change that nothing noticed and that survivors.tsv does not explain is a failure; so is an
entry there of a change that does not exist, or that something notices.
The base is BHYT_MUTANT_BASE, else where the branch left origin/main, else the commit before. Needs tree_sitter and
tree_sitter_rust, which it installs into WORK/python once there is something to do.
"""
import argparse
import collections
import hashlib
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
PLACES = ("src/engine", "src/rulebook")
SWAP = {"<": ["<=", ">"], "<=": ["<", ">"], ">": [">=", "<"], ">=": [">", "<"], "==": ["!="], "!=": ["=="], "&&": ["||"],
        "||": ["&&"], "+": ["-"], "-": ["+"], "*": ["+"], "/": ["*"], "%": ["/"]}
KIND = {**dict.fromkeys(("<", "<=", ">", ">=", "==", "!="), "compare"), "&&": "logic", "||": "logic", **dict.fromkeys("+-*/%", "arithmetic")}
# Files whose tests are asked besides the cases: what they expect is written by hand, or is an identity that must hold.
MODULES = ("claims", "claim_year", "simulate", "simulate_claims", "simulate_together", "subsidy", "support_days", "places", "rulebook",
           "rulebook_errors", "properties", "batch", "batch_claim", "batch_agrees", "sweep", "field_tables", "provisions", "interview",
           "known_law", "odd_columns", "lists", "lists_forms", "lists_random", "agent_tables", "agent_files", "audit_defects", "audit_clean",
           "audit_prices", "audit_peers", "batch_many")
# Not asked: they run the built program, say nothing of amounts, or ask every case again.
LEFT_OUT = {"a_new_base_salary_breaks_no_case", "hostile_workbooks_are_refused_or_counted_in_little_memory",
            "a_full_sheet_goes_on_in_the_next_one", "what_cannot_be_read_safely_is_refused_with_its_place",
            "read_is_valid_plus_rejected_whatever_happens_to_a_table", "the_report_is_one_harmless_file"}
# What comes after this in a file is unit tests.
UNIT_TESTS = "\n#[cfg(test)]\nmod tests {"
# What a change may take.
MEMORY = 6 << 30
# A crate that is asked very often and built once is worth a little optimising. Checks of overflow stay.
FASTER = ("--config", "profile.dev.package.bhyt.opt-level=1")
HELPER = '''
/// Only in the copy: the change that is switched on.
pub static ACTIVE: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
/// Which changes were passed.
pub static REACHED: [std::sync::atomic::AtomicBool; 16384] = [const { std::sync::atomic::AtomicBool::new(false) }; 16384];
/// True when this change is the one switched on.
pub fn mutant(number: u32) -> bool {
    use std::sync::atomic::Ordering::Relaxed;
    #[cfg(test)]
    {
        static OF_PROCESS: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
        let read = || std::env::var("BHYT_CODE_CHANGE").ok().and_then(|text| text.parse().ok()).unwrap_or(0);
        ACTIVE.store(*OF_PROCESS.get_or_init(read), Relaxed);
    }
    REACHED[number as usize].store(true, Relaxed);
    ACTIVE.load(Relaxed) == number
}
'''


def values_of(kind):
    """What a function of this type could return instead."""
    if kind == "bool":
        return ["true", "false"]
    if re.fullmatch(r"[ui](8|16|32|64|128|size)", kind):
        return ["0", "1"]
    for start, value in (("Option<", "None"), ("Vec<", "Vec::new()"), ("String", "String::new()"), ("Result<(),", "Ok(())"),
                         ("Result<bool", "Ok(true)"), ("Result<Vec<", "Ok(Vec::new())"), ("Result<Option<", "Ok(None)")):
        if kind.startswith(start):
            return [value]
    return []


def mutants_of(path, parser):
    """Every change of a file; its name stays while the code around it does."""
    data, name, found = path.read_bytes(), str(path.relative_to(ROOT)), []

    def text(node):
        return data[node.start_byte:node.end_byte].decode()

    def add(node, last, function, kind, what, code, **more):
        found.append(dict(file=name, lines=(node.start_point[0] + 1, last + 1), fn=function, kind=kind, what=what,
                          code=" ".join(code.split())[:90], **more))

    def walk(node, function):
        if node.type in ("const_item", "static_item", "macro_definition", "attribute_item", "enum_variant", "array_type", "const_block"):
            return
        if node.type == "mod_item" and text(node.child_by_field_name("name")) == "tests":
            return
        if node.type == "function_item":
            body, kind = node.child_by_field_name("body"), node.child_by_field_name("return_type")
            if re.search(rb"\bconst\s+fn\b", data[node.start_byte:body.start_byte]):
                return
            function = text(node.child_by_field_name("name"))
            for value in values_of(text(kind).strip()) if kind is not None else []:
                add(node, body.start_point[0], function, "return", f"return {value}", "", at=body.start_byte + 1, value=value)
        if node.type == "binary_expression":
            op, left, right = (node.child_by_field_name(part) for part in ("operator", "left", "right"))
            parts = [part.type for part in (left, right, *left.children, *right.children)]
            for other in SWAP.get(text(op), []) if "let_condition" not in parts else []:
                add(node, node.end_point[0], function, KIND[text(op)], f"{text(op)} to {other}", text(node), op=text(op), other=other,
                    span=(node.start_byte, left.end_byte, right.start_byte, node.end_byte))
        if node.type == "unary_expression" and text(node).startswith("!"):
            inner = node.children[1]
            add(node, node.end_point[0], function, "not", "! dropped", text(node), op="!",
                span=(node.start_byte, inner.start_byte, inner.end_byte, node.end_byte))
        for child in node.children:
            walk(child, function)

    walk(parser.parse(data).root_node, "")
    return found


def every_mutant():
    import tree_sitter_rust
    from tree_sitter import Language, Parser
    parser = Parser(Language(tree_sitter_rust.language()))
    found = [mutant for place in PLACES for path in sorted((ROOT / place).rglob("*.rs")) for mutant in mutants_of(path, parser)]
    seen = collections.Counter()
    for mutant in found:
        name = f"{mutant['file']} {mutant['fn']}: {mutant['what']}: {mutant['code']}".rstrip(": ")
        seen[name] += 1
        mutant["name"] = name if seen[name] == 1 else f"{name} ({seen[name]})"
    return found


def changed(data, members):
    """The text of a file with these changes in it; expressions stand in one another."""
    spans, starts = collections.defaultdict(list), collections.defaultdict(list)
    for mutant in members:
        (spans[mutant["span"]] if "span" in mutant else starts[mutant["at"]]).append(mutant)

    def render(begin, end, pool):
        points = [(span[0], -span[3], span) for span in pool] + [(at, -len(data) - 1, None) for at in starts if begin <= at < end]
        out, at = [], begin
        for where, _, span in sorted(points, key=lambda point: point[:2]):
            if where < at:
                continue
            out.append(data[at:where].decode())
            at = where
            if span is None:
                out += [f" if crate::mutant({m['n']}) {{ return {m['value']}; }}" for m in starts[where]]
            else:
                out.append(expression(span, [other for other in pool if other != span and span[0] <= other[0] and other[3] <= span[3]]))
                at = span[3]
        return "".join(out) + data[at:end].decode()

    def expression(span, inner):
        begin, left_end, right_begin, end = span
        own = spans[span]
        if own[0]["op"] == "!":
            right = render(left_end, right_begin, inner)
            text = f"!{right}"
        else:
            left = render(begin, left_end, [other for other in inner if other[3] <= left_end])
            right = render(right_begin, end, [other for other in inner if other[0] >= right_begin])
            text = f"{left} {own[0]['op']} {right}"
        for mutant in own:
            other = right if mutant["op"] == "!" else f"{left} {mutant['other']} {right}"
            text = f"(if crate::mutant({mutant['n']}) {{ {other} }} else {{ {text} }})"
        return text

    return render(0, len(data), list(spans))


def git(*args):
    """What git says; nothing where it refuses."""
    asked = subprocess.run(["git", *args], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    return asked.stdout.strip() if asked.returncode == 0 else None


def touched_lines():
    """The lines of the engine's code that differ from the base, by file; comments and unit tests are not code."""
    base = os.environ.get("BHYT_MUTANT_BASE") or git("merge-base", "origin/main", "HEAD")
    # On the main line itself: what the last commit changed.
    base = base if base and base != git("rev-parse", "HEAD") else "HEAD~1"
    difference = git("diff", "--no-ext-diff", "--no-color", "--src-prefix=a/", "--dst-prefix=b/", "-U0", base, "--", *PLACES)
    if difference is None:
        # Not known is not none.
        sys.exit(f"what differs from {base} cannot be told: BHYT_MUTANT_BASE names a commit that this clone has (a shallow one: git fetch --deepen 1)")
    lines, file = collections.defaultdict(set), None
    for line in difference.splitlines():
        if line.startswith("+++ "):
            file = line[6:]
        elif hunk := re.match(r"@@ -\S+ \+(\d+)(?:,(\d+))? @@", line):
            first, count = int(hunk[1]), int(hunk[2] or 1)
            code = lines_of_code(ROOT / file)
            # Where lines went, those on both sides of the gap stand for them.
            lines[file] |= set(range(first, first + count)) & code if count else {first, first + 1} if first <= max(code, default=-1) else set()
    for file in (git("ls-files", "--others", "--exclude-standard", "--", *PLACES) or "").splitlines():
        lines[file] = lines_of_code(ROOT / file)
    print(f"lines of the engine's code that differ from {base}: {sum(map(len, lines.values()))}", flush=True)
    return {file: numbers for file, numbers in lines.items() if numbers}


def lines_of_code(path):
    """The numbers of the lines that are neither comment nor unit test; none of a file that went."""
    code = path.read_text().split(UNIT_TESTS)[0] if path.suffix == ".rs" and path.exists() else ""
    return {number for number, line in enumerate(code.splitlines(), 1) if line.strip() and not line.strip().startswith("//")}


def with_tree_sitter(work):
    """Runs again in a Python of its own when the parser is not there."""
    try:
        import tree_sitter, tree_sitter_rust  # noqa: F401, E401
    except ImportError:
        python = work / "python/bin/python3"
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", work / "python"], check=True)
        elif Path(sys.executable) == python:
            sys.exit(f"tree_sitter does not load in {python}")
        asked = subprocess.run([python, "-m", "pip", "install", "--quiet", "tree_sitter", "tree_sitter_rust"])
        if asked.returncode:
            sys.exit("the changed lines were not tried: tree_sitter and tree_sitter_rust (PyPI) could not be installed and are not there without network")
        os.execv(python, [str(python), *sys.argv])


def copied(work):
    """The tree in a folder of its own, with the tests that ask about changes."""
    code = work / "code"
    for old in (code, work / "unit"):
        shutil.rmtree(old, ignore_errors=True)
    kept_out = shutil.ignore_patterns("target", "target-*", ".git", "artifacts", "corpus", "dist")
    shutil.copytree(ROOT, code, ignore=kept_out)
    library = code / "src/lib.rs"
    library.write_text(library.read_text() + HELPER)
    place_tests(code)
    return code


def place_tests(code):
    """The tests and cases as they are now, each file of tests with the list of its checks."""
    place = code / "tests"
    shutil.copytree(ROOT / "tests", place, dirs_exist_ok=True, copy_function=copied_if_changed, ignore=shutil.ignore_patterns("it"))
    checks = []
    for path in sorted((ROOT / "tests/it").rglob("*")):
        if path.is_dir() or path.suffix != ".rs":
            continue
        text, module = path.read_text(), path.stem
        if path.parent.name == "it" and module in MODULES:
            names = re.findall(r"#\[test\]\s+(?:#\[[^\n]*\]\s+)*fn (\w+)\(", text)
            table = "".join(f'("{module}::{name}", {name}),' for name in names if name not in LEFT_OUT)
            text += f"\npub const CHECKS: &[(&str, fn())] = &[{table}];\n"
            checks.append(f"crate::{module}::CHECKS")
        elif path == ROOT / "tests/it/main.rs":
            text = text.replace("mod errors_doc;", "mod engine_mutants;\nmod errors_doc;")
        write_if_changed(place / path.relative_to(ROOT / "tests"), text)
    asked = (HERE / "asked.rs").read_text().replace("/*MODULES*/", ", ".join(checks))
    write_if_changed(place / "it/engine_mutants.rs", asked)


def with_unit_tests(code, room):
    """A second copy: the unit tests as they are now behind the code as it was copied. A new one builds only itself again."""
    def placed(source, target):
        now = ROOT / Path(source).relative_to(code)
        if str(now.relative_to(ROOT)).startswith(PLACES) and now.exists() and UNIT_TESTS in now.read_text():
            tests = now.read_text().split(UNIT_TESTS, 1)[1]
            write_if_changed(Path(target), Path(source).read_text().split(UNIT_TESTS)[0] + UNIT_TESTS + tests)
        else:
            copied_if_changed(source, target)

    shutil.copytree(code, room, dirs_exist_ok=True, copy_function=placed)
    return room


def write_if_changed(path, text):
    """What stays as it was is not built again."""
    if not path.exists() or path.read_text() != text:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def copied_if_changed(source, target):
    if not os.path.exists(target) or Path(source).read_bytes() != Path(target).read_bytes():
        shutil.copyfile(source, target)


def linked_target(work, name):
    """What is built of other crates, without building it again; what is built of this one stands apart."""
    base = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "debug"
    target = work / name / "debug"
    own = ("bhyt", "libbhyt", "it-", "incremental", "examples", ".cargo-lock")
    for folder, folders, files in os.walk(base) if base.exists() and not target.exists() else ():
        folders[:] = [name for name in folders if not name.startswith(own)]
        here = target / Path(folder).relative_to(base)
        here.mkdir(parents=True, exist_ok=True)
        for name in files:
            if not name.startswith(own):
                os.link(Path(folder) / name, here / name)
    return str(target.parent)


def build_once(code, environment, cargo, *what):
    """How a build ended, and the tests it made."""
    run = subprocess.run([*cargo, *what, "--no-run", "--message-format=json"], cwd=code,
                         env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return run, next((fact["executable"] for fact in facts_of(run) if fact.get("executable") and fact["profile"]["test"]), None)


def facts_of(run):
    return [json.loads(line) for line in run.stdout.splitlines() if line.startswith("{")]


def build(code, chosen, environment, cargo):
    """Builds with as many of the changes as compile; the tests, and the changes that are in."""
    pristine = {mutant["file"]: (ROOT / mutant["file"]).read_bytes() for mutant in chosen}
    alive = chosen
    for _ in range(12):
        for file, data in pristine.items():
            (code / file).write_text(changed(data, [mutant for mutant in alive if mutant["file"] == file]))
        run, binary = build_once(code, environment, cargo, "--test", "it")
        if run.returncode == 0:
            return binary, alive
        broken = set()
        for fact in facts_of(run):
            if fact.get("reason") == "compiler-message" and fact["message"]["level"] == "error":
                for span in fact["message"]["spans"]:
                    text = (code / span["file_name"]).read_bytes()
                    near = text[max(0, span["byte_start"] - 300):span["byte_end"] + 100].decode(errors="replace")
                    broken |= {int(number) for number in re.findall(r"mutant\((\d+)\)", near)}
        left = [mutant for mutant in alive if mutant["n"] not in broken]
        if len(left) == len(alive):
            sys.exit("the copy does not build, and no change is near:\n" + run.stderr[-3000:])
        print(f"do not compile, or stand beside one that does not: {len(alive) - len(left)}", flush=True)
        alive = left
    sys.exit("the copy does not build")


def oracle_samples(work, environment):
    """People and visits with what the oracle says of them."""
    folder, oracle = work / "oracle", ROOT / "tests/oracle"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)

    def run(script, *args, given=None, out):
        with open(folder / out, "w") as sink:
            source = open(folder / given) if given else subprocess.DEVNULL
            subprocess.run([sys.executable, oracle / script, *args], stdin=source, stdout=sink, check=True)

    run("generate.py", "--households", "1500", "--seed", "1", out="people.csv")
    run("premium.py", given="people.csv", out="people.expected.csv")
    run("claim_generate.py", "--visits", "3000", "--seed", "1", out="visits.csv")
    run("claim.py", given="visits.csv", out="visits.expected.csv")
    run("claim_lines.py", "--visits", "600", "--seed", "1", str(folder / "visits.txt"), str(folder / "lines.csv"), out="lines.log")
    environment["BHYT_ORACLE"] = str(folder)
    return folder


def agrees_with_oracle(folder):
    """What the copy said without a change is what the oracle says: a difference from it is one from the oracle."""
    for script, name in (("compare.py", "people"), ("claim_compare.py", "visits")):
        subprocess.run([sys.executable, ROOT / "tests/oracle" / script, folder / f"{name}.expected.csv", folder / f"{name}.found.csv"],
                       check=True, stdout=subprocess.DEVNULL)
    # Line by line the oracle is asked with the slow checks only.
    found = folder / "lines.found.csv"
    if found.exists() and (folder / "lines.csv").read_text() != found.read_text():
        sys.exit("the copy differs from the oracle without a change")


def ask_unit_tests(code, work, environment, cargo, alive, seconds):
    """Asks the unit tests of a room about the changes in it that nothing noticed so far."""
    # Two copies of one package must not share what is built of it.
    code, environment = with_unit_tests(code, work / "unit"), {**environment, "CARGO_TARGET_DIR": linked_target(work, "unit-target")}
    # They are few and quick: here the build is what takes time.
    plain = [part for part in cargo if part not in FASTER]
    run, binary = build_once(code, environment, plain, "--lib")
    if run.returncode:
        sys.exit("the unit tests of the copy do not build:\n" + run.stderr[-3000:])

    def holds(number, module):
        try:
            return subprocess.run([binary, "-q", module], cwd=code, env={**environment, "BHYT_CODE_CHANGE": number}, timeout=240,
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    if not holds("0", "engine::") or not holds("0", "rulebook::"):
        sys.exit("the unit tests of the copy do not hold without a change")
    fates, ends = read_fates(work), time.time() + seconds
    with open(work / "fates.tsv", "a", buffering=1) as out:
        for mutant in alive:
            if time.time() > ends:
                break
            number, room = str(mutant["n"]), mutant["file"].removeprefix("src/").rsplit("/", 1)[0].replace("/", "::")
            if fates.get(number, "survived") == "survived" and not holds(number, f"{room}::"):
                out.write(f"{number}\tasserted\tunit tests of {room}\n")


def read_fates(work):
    """What became of each change; what was found out last counts."""
    path = work / "fates.tsv"
    lines = path.read_text().splitlines() if path.exists() else []
    return {number: fate for number, fate, _ in (line.split("\t") for line in lines)}


def explained():
    path = HERE / "survivors.tsv"
    lines = [line.split("\t") for line in path.read_text().splitlines() if line and not line.startswith("#")] if path.exists() else []
    return {name: why for name, why in lines}


def stale_entries(existing):
    """Says which entries of survivors.tsv are about no change that exists."""
    stale = sorted(set(explained()) - {mutant["name"] for mutant in existing})
    print("".join(f"survivors.tsv explains a change that does not exist: {name}\n" for name in stale), end="", flush=True)
    return len(stale)


def report(work, alive):
    fates = dict(line.split("\t", 1) for line in (work / "fates.tsv").read_text().splitlines())
    by_fate, by_place, open_ones, disproved, known = collections.Counter(), collections.Counter(), [], [], explained()
    tried = [mutant for mutant in alive if str(mutant["n"]) in fates]
    for mutant in tried:
        fate, by = fates[str(mutant["n"])].split("\t")
        by_fate[fate] += 1
        by_place[mutant["file"].split("/")[1], fate == "survived"] += 1
        if fate == "survived" and mutant["name"] not in known:
            open_ones.append(f"nothing notices {mutant['file']}:{mutant['lines'][0]} {mutant['name'].split(' ', 1)[1]} [{by}]")
        elif fate != "survived" and mutant["name"] in known:
            disproved.append(f"survivors.tsv explains what is noticed by {by}: {mutant['name']}")
    noticed = len(tried) - by_fate["survived"]
    print(f"{len(tried)} of {len(alive)} changes tried: {dict(by_fate)}")
    if len(tried) < len(alive):
        print(f"NOT TRIED, the time was over: {len(alive) - len(tried)} changes")
    for place in sorted({place for place, _ in by_place}):
        print(f"{place}: {by_place[place, False]} of {by_place[place, False] + by_place[place, True]} noticed")
    if tried:
        same = by_fate["survived"] - len(open_ones)
        print(f"noticed: {noticed} of {len(tried)}, {noticed * 100 / len(tried):.1f} %; {same} of the rest are explained in survivors.tsv, "
              f"without them {noticed * 100 / max(1, len(tried) - same):.1f} %")
    print("".join(f"{line}\n" for line in open_ones + disproved), end="")
    return len(open_ones + disproved)


def ask(code, binary, work, environment, **how):
    """Asks checks: of which part, how many and how long each change, how many seconds in all, or these changes in turn."""
    environment = {name: value for name, value in environment.items() if not name.startswith("BHYT_CODE_")}
    environment.update(BHYT_CODE_LIST=str(work / "mutants.jsonl"), BHYT_CODE_RESULTS=str(work / "fates.tsv"), RUST_MIN_STACK="16777216",
                       PROPTEST_RNG_SEED="1", PROPTEST_MAX_SHRINK_ITERS="0", BHYT_HOUSEHOLDS="200")
    environment.update({f"BHYT_CODE_{name.upper()}": str(value) for name, value in how.items() if value})
    while True:
        run = subprocess.run([binary, "--nocapture", "--exact", "engine_mutants::engine_mutants_are_noticed"], cwd=code, env=environment,
                             preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY)))
        if run.returncode == 0:
            return
        # 3: a check that did not end. Else a change made the process itself end, as one that takes memory without end.
        if run.returncode != 3:
            number = next_to_ask(work)
            if number is None:
                sys.exit(f"the tests of the copy end with {run.returncode}")
            with open(work / "fates.tsv", "a") as fates:
                fates.write(f"{number}\tendless\tends the process\n")


def next_to_ask(work):
    """The change that was switched on when the process ended; none between two."""
    active = work / "fates.active"
    number = active.read_text() if active.exists() else ""
    active.unlink(missing_ok=True)
    return number or None


def forget_survivors(work):
    """Takes out what nothing noticed, so that it is asked again."""
    lines = (work / "fates.tsv").read_text().splitlines()
    noticed = [line for line in lines if "\tsurvived\t" not in line]
    (work / "fates.tsv").write_text("".join(f"{line}\n" for line in noticed))
    return [line.split("\t")[0] for line in lines if line not in noticed]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--touched", action="store_true")
    parser.add_argument("--again", action="store_true")
    parser.add_argument("--sample", type=int, default=0)
    parser.add_argument("--only", type=Path, help="a file with the names of changes, one a line: those alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=1e9, help="ends each of the rounds of asking after so long")
    parser.add_argument("--each", type=float, default=120, help="seconds of checks that one change is asked")
    parser.add_argument("--work", type=Path, default=ROOT / "target/mutants")
    parser.add_argument("--build-wrapper", default="", help="a command before every build")
    options = parser.parse_args()
    work = options.work.resolve()
    work.mkdir(parents=True, exist_ok=True)
    # The lines touched are few: there the build is what takes time.
    cargo = [*options.build_wrapper.split(), "cargo", "test", "--locked", *(() if options.touched or options.only else FASTER)]
    environment = dict(os.environ)
    environment.setdefault("CARGO_INCREMENTAL", "0")
    if options.again:
        alive = [json.loads(line) for line in (work / "mutants.jsonl").read_text().splitlines()]
        forget_survivors(work)
        code = work / "code"
        place_tests(code)
        environment.update(BHYT_ORACLE=str(work / "oracle"), CARGO_TARGET_DIR=linked_target(work, "target"))
        run, binary = build_once(code, environment, cargo, "--test", "it")
        if run.returncode:
            sys.exit("the tests of the copy do not build:\n" + run.stderr[-3000:])
        ask_unit_tests(code, work, environment, cargo, alive, options.seconds)
        ask(code, binary, work, environment, seconds=options.seconds, each=options.each)
        return report(work, alive)
    lines = touched_lines() if options.touched else None
    if lines is not None and not lines:
        print("the engine was not touched")
        return 0
    with_tree_sitter(work)
    chosen = every_mutant()
    print(f"{len(chosen)} changes exist: {dict(collections.Counter(mutant['kind'] for mutant in chosen))}", flush=True)
    stale = stale_entries(chosen)
    if lines is not None:
        chosen = [m for m in chosen if lines.get(m["file"], set()) & set(range(m["lines"][0], m["lines"][1] + 1))]
    chosen.sort(key=lambda mutant: hashlib.sha256(f"{options.seed} {mutant['name']}".encode()).digest())
    chosen = chosen[:options.sample] if options.sample else chosen
    if options.only:
        names = set(options.only.read_text().splitlines())
        chosen = [mutant for mutant in chosen if mutant["name"] in names]
    if not chosen:
        print("no change among the lines touched")
        return stale
    for number, mutant in enumerate(chosen, 1):
        mutant["n"] = number
    code = copied(work)
    environment["CARGO_TARGET_DIR"] = linked_target(work, "target")
    folder = oracle_samples(work, environment)
    binary, alive = build(code, chosen, environment, cargo)
    (work / "mutants.jsonl").write_text("".join(json.dumps(mutant, ensure_ascii=False) + "\n" for mutant in alive))
    (work / "binary").write_text(binary)
    (work / "fates.tsv").unlink(missing_ok=True)
    print(f"{len(alive)} changes in one build", flush=True)
    if options.touched:
        # Few changes: all the quick checks at once, and the slow ones in turn, so that none of them runs for nothing.
        ask(code, binary, work, environment, part="quick", seconds=options.seconds, each=options.each)
        if survivors := forget_survivors(work):
            ask_unit_tests(code, work, environment, cargo, alive, options.seconds)
            ask(code, binary, work, environment, part="slow", in_turn=" ".join(survivors), seconds=options.seconds)
    else:
        # Of the quick checks a few hundred first; what they do not notice is asked of all, and of the slow ones.
        ask(code, binary, work, environment, part="quick", seconds=options.seconds, most=300)
        if forget_survivors(work):
            ask_unit_tests(code, work, environment, cargo, alive, options.seconds)
            ask(code, binary, work, environment, seconds=options.seconds, each=options.each)
    agrees_with_oracle(folder)
    return report(work, alive) + stale


if __name__ == "__main__":
    sys.exit(min(main(), 1))
