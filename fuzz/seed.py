#!/usr/bin/env python3
"""Seeds of the fuzz targets: the fixtures of tests/data/audit, whole for `envelope`, their parts for `part` and `plain`, wrapped for
`wrappers`; small tables for `tables`, rows for `people` and `visits`, cells, inputs of the cases for `quote`, rule files for `rules`;
and what earlier runs found to reach further (`found/TARGET.b64`, an input a line).

seed.py --keep DIR TARGET writes what the fuzzer put into a folder to that file, the smallest first, as long as there is room; seeds, which
have names of their own, are left out."""

import base64
import gzip
import json
import re
import sys
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"
FOUND = ROOT / "fuzz" / "found"

# Bytes of the inputs kept of a target.
ROOM = 9_000


TABLES = {
    "prices": "MA_THUOC,TEN_THUOC,DON_GIA_BH,TU_NGAY,DEN_NGAY\n40.48,Paracetamol,450.000,20260101,\n",
    "services": "MA_DICH_VU;GIA_THANH_TOAN;TU_NGAY\n02.1896;50600;20260101\n",
    "79a": "stt,ma_the,t_tongchi,t_bntt,t_bhtt\n1,GD4790000000001,1000000,200000,800000\nCộng,,1,1,1\n",
    "20": "Mẫu số 20/BHYT\nSTT,Tên hoạt chất,Tên thuốc thành phẩm,Thành tiền (đồng)\n1,2,3,4\nI,x\n1,a,b,480.5\n",
    "c79": "STT,Họ và tên,Tổng cộng,Đề nghị quỹ BHYT thanh toán,Cùng chi trả\nA,B,1,11,14\n1,a,10,8,2\n",
    "xml123": "ID_CP,Ma_LK,T_BHTT,Thanh_Tien,T_BHTT_DTL\n1,LK1,8,10,8\n",
    "answers": "file,number,code,part,line,answer\na.xml,1,A58,XML3,2,có hội chẩn\n",
}


def wrapped(text):
    """A file in the wrappers that are taken off."""
    data = text.encode()
    coded = base64.b64encode(data).decode()
    yield "base64", coded.encode()
    yield "gzip", gzip.compress(data)
    yield "gzip-base64", base64.b64encode(gzip.compress(data))
    yield "json", json.dumps({"fileHSBase64": coded}).encode()
    yield "jsons", json.dumps([{"fileHSBase64": coded}] * 2).encode()
    yield "soap", f"<s:Envelope><s:Body><fileHSBase64>{coded}</fileHSBase64></s:Body></s:Envelope>".encode()
    yield "cdata", f"<a><fileHSBase64><![CDATA[{coded}]]></fileHSBase64></a>".encode()
    yield "data", f"data:text/xml;base64,{coded}".encode()
    escaped = escape(escape(text))
    yield "escaped", f"<a><b>{escaped}</b></a>".encode()


CELLS = [
    "2026-08-01", "01/08/2026", "1/8/2026", "20260801", "2024-02-29", "2100-02-29", "08/2026", "46235", "31.12.2014", "2026-08-01 00:00:00",
    "1000000", "1.366.200", "1,366,200", "1 366 200 đ", "12.345.678,50", "1366200.00", "1.234", "1,5", "-1", "0.5", "1e6", "80%", "1234567.1",
    "99999999999", "９９", "1\u00a0000",
]

# Of the first byte the last bit chooses the table, the first whether rows are made of known cells.
PEOPLE = [
    b"\0H1,GD,12,2026-08-01,,1980-05-01,,,,,,\nH1,GD,12,2026-08-01,,,,,,,2,\n",
    b"\0,HS,9,2026-09-01,,2015-01-01,,Gia Lai,Gia Lai,ethnic-minority,,\n",
    b"\0,DN,1,2026-08-01,,,12345678,,,,,\n",
    "\1H1,GD,12,01/08/2026,,1990,,Hà Nội,1366200,\n".encode(),
    "\1,CN,6,01/08/2026,2026-09-01,1990,,Gia Lai,,Tỉnh hỗ trợ thêm 20%\n".encode(),
] + [bytes([0x80 + way]) + bytes((7 * way + 11 * at) % 256 for at in range(90)) for way in range(12)]
VISITS = [
    b"\0GD,2026-08-05,2026-08-01,1000000,900000,1.14,inpatient,0,2019-01-01,1980-05-01\n",
    b"\0TE,2026-08-05,,1000000,900000,1.1,outpatient,,,\n",
    b"\1GD,2026-08-01,1000000,900000,basic,district,55,self-referred,outpatient,K1,,\n",
] + [bytes([0x80 + way]) + bytes((5 * way + 13 * at) % 256 for at in range(80)) for way in range(12)]


def kept(folder, target):
    """The smallest inputs of a folder as lines of base64."""
    found = (path.read_bytes() for path in Path(folder).iterdir() if re.fullmatch("[0-9a-f]{40}", path.name))
    inputs = sorted(found, key=lambda data: (len(data), data))
    lines, room = [], ROOM
    for data in inputs:
        line = base64.b64encode(data).decode()
        room -= len(line) + 1
        if room < 0:
            break
        lines.append(line + "\n")
    FOUND.mkdir(exist_ok=True)
    (FOUND / f"{target}.b64").write_text("".join(lines), encoding="ascii")
    print(f"{target}: {len(lines)} of {len(inputs)} inputs")


def write(target, named):
    for name, data in named:
        (CORPUS / target / name).write_bytes(data)


def main():
    if sys.argv[1:2] == ["--keep"]:
        return kept(*sys.argv[2:4])
    for name in ("envelope", "part", "plain", "wrappers", "tables", "cells", "people", "visits", "quote", "rules"):
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
    for found in FOUND.glob("*.b64"):
        inputs = [base64.b64decode(line) for line in found.read_text(encoding="ascii").split()]
        write(found.stem, ((f"found-{at}", data) for at, data in enumerate(inputs)))
    write("cells", ((f"cell-{at}", cell.encode()) for at, cell in enumerate(CELLS)))
    write("people", ((f"row-{at}", row) for at, row in enumerate(PEOPLE)))
    write("visits", ((f"row-{at}", row) for at, row in enumerate(VISITS)))
    examples = ROOT / "examples"
    write("quote", ((name, bytes([way]) + (examples / name).read_bytes())
                    for way, name in enumerate(("household.toml", "visit.toml")) if (examples / name).exists()))
    # The first byte is the place of the file in the sorted list of rule files.
    for at, path in enumerate(sorted((ROOT / "rules").glob("*.toml"))):
        if path.stat().st_size < 9_000:
            write("rules", [(path.name, bytes([at % 256]) + path.read_bytes())])
    for fixture in sorted((ROOT / "tests" / "data" / "audit").glob("*/claim.xml")):
        code, text = fixture.parent.name, fixture.read_text(encoding="utf-8")
        (CORPUS / "envelope" / f"{code}.xml").write_text(text, encoding="utf-8")
        if len(text) < 9_000:
            for name, data in wrapped(text):
                (CORPUS / "wrappers" / f"{code}.{name}").write_bytes(data)
        # The fixtures carry their parts as they are, not in base64.
        for number, inner in enumerate(re.findall(r"<NOIDUNGFILE>(.*?)</NOIDUNGFILE>", text, re.S)):
            for name in ("part", "plain"):
                (CORPUS / name / f"{code}-{number}.xml").write_text(inner, encoding="utf-8")
    for name, table in TABLES.items():
        (CORPUS / "tables" / f"{name}.csv").write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
