#!/usr/bin/env python3
"""Seeds of the fuzz targets: the fixtures of tests/data/audit, whole for `envelope`, their parts for `part` and `plain`, wrapped for
`wrappers`; small tables for `tables`."""

import base64
import gzip
import json
import re
from html import escape
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT / "fuzz" / "corpus"


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


def main():
    for name in ("envelope", "part", "plain", "wrappers", "tables"):
        (CORPUS / name).mkdir(parents=True, exist_ok=True)
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
