#!/usr/bin/env python3
"""Seeds of the fuzz targets: the fixtures of tests/data/audit, whole for `envelope`, their parts for `part` and `plain`."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"


def main():
    for name in ("envelope", "part", "plain"):
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
    for fixture in sorted((ROOT / "tests" / "data" / "audit").glob("*/claim.xml")):
        code, text = fixture.parent.name, fixture.read_text(encoding="utf-8")
        (CORPUS / "envelope" / f"{code}.xml").write_text(text, encoding="utf-8")
        # The fixtures carry their parts as they are, not in base64.
        for number, inner in enumerate(re.findall(r"<NOIDUNGFILE>(.*?)</NOIDUNGFILE>", text, re.S)):
            for name in ("part", "plain"):
                (CORPUS / name / f"{code}-{number}.xml").write_text(inner, encoding="utf-8")


if __name__ == "__main__":
    main()
