#!/usr/bin/env python3
"""The internal replay of claim files with Python and lxml, as a peer for `cargo bench --bench audit`.

    python3 benches/peers/audit_lxml.py FOLDER [PROCESSES]

Reads every .xml of the folder (QĐ 4750 and later), recomputes each line and total with Decimal, and prints claims/s.
No share is derived from the law, and numbers are taken as they stand.
"""

import base64
import os
import sys
import time
from decimal import ROUND_HALF_UP, Decimal
from multiprocessing import Pool

from lxml import etree

CENT = Decimal("0.01")
HUNDRED = Decimal(100)


def number(item, tag):
    text = item.findtext(tag)
    return Decimal(text) if text else Decimal(0)


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def line(item, drug):
    """Sums of a line and whether it fits."""
    quantity, list_ratio = number(item, "SO_LUONG"), number(item, "TYLE_TT_BH")
    if drug:
        price = insured = number(item, "DON_GIA")
        service = HUNDRED
    else:
        price, insured = number(item, "DON_GIA_BV"), number(item, "DON_GIA_BH")
        service = number(item, "TYLE_TT_DV")
    hospital, covered = number(item, "THANH_TIEN_BV"), number(item, "THANH_TIEN_BH")
    fund, copayment, own = number(item, "T_BHTT"), number(item, "T_BNCCT"), number(item, "T_BNTT")
    other = number(item, "T_NGUONKHAC")
    gross = hospital - rounded(quantity * price)
    ways = [rounded(quantity * price * service / HUNDRED),
            rounded(quantity * price) - rounded(quantity * insured * (HUNDRED - service) / HUNDRED)]
    fits = any(abs(hospital - way) <= CENT for way in ways) or (drug and abs(gross) <= CENT)
    if not other:
        fits &= abs(covered - rounded(quantity * insured * service * list_ratio / HUNDRED / HUNDRED)) <= CENT
        share = rounded(covered * number(item, "MUC_HUONG") / HUNDRED)
        fits &= abs(fund - share) <= CENT and copayment == covered - fund and own == hospital - covered
    fits &= fund + copayment + own + other == hospital
    return (hospital, covered, own, copayment, fund, other), fits


def claim(hoso):
    """True when a claim agrees with itself."""
    summary, sums, fits = None, [Decimal(0)] * 6, True
    for part in hoso.iter("FILEHOSO"):
        kind = part.findtext("LOAIHOSO")
        if kind not in ("XML1", "XML2", "XML3"):
            continue
        root = etree.fromstring(base64.b64decode(part.findtext("NOIDUNGFILE")))
        if kind == "XML1":
            summary = root
            continue
        drug = kind == "XML2"
        for item in root.iter("CHI_TIET_THUOC" if drug else "CHI_TIET_DVKT"):
            amounts, good = line(item, drug)
            sums = [a + b for a, b in zip(sums, amounts)]
            fits &= good
    tags = ("T_TONGCHI_BV", "T_TONGCHI_BH", "T_BNTT", "T_BNCCT", "T_BHTT", "T_NGUONKHAC")
    return fits and all(number(summary, tag) == total for tag, total in zip(tags, sums))


def file(path):
    root = etree.parse(path).getroot()
    return [claim(hoso) for hoso in root.iter("HOSO")]


def main():
    folder = sys.argv[1]
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".xml"))
    size = sum(os.path.getsize(path) for path in paths)
    start = time.perf_counter()
    if processes == 1:
        found = [good for path in paths for good in file(path)]
    else:
        with Pool(processes) as pool:
            found = [good for result in pool.imap(file, paths, chunksize=16) for good in result]
    took = time.perf_counter() - start
    print(f"lxml, {processes} process(es): {len(found)} claims, {found.count(False)} differ, {took * 1000:.0f} ms, "
          f"{len(found) / took:.0f} claims/s, {size / took / 1e6:.0f} MB/s")


if __name__ == "__main__":
    main()
