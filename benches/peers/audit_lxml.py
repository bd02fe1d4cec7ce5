#!/usr/bin/env python3
"""The internal replay of claim files with Python and lxml, the peer of `benches/peers/audit.py`.

    python3 benches/peers/audit_lxml.py FOLDER [PROCESSES]

Reads every .xml of the folder (QĐ 4750 and later), recomputes each line and total with Decimal, and prints
`FILE#NUMBER` for every claim that does not agree with itself; the number of claims goes to standard error. No share
is derived from the law, numbers are taken as they stand, and aid is only checked to add up.
"""

import base64
import os
import sys
from decimal import ROUND_HALF_UP, Decimal
from multiprocessing import Pool

from lxml import etree

CENT = Decimal("0.01")
HUNDRED = Decimal(100)
TOTALS = ("T_TONGCHI_BV", "T_TONGCHI_BH", "T_BNTT", "T_BNCCT", "T_BHTT", "T_NGUONKHAC")


def number(item, tag):
    text = item.findtext(tag)
    return Decimal(text) if text else Decimal(0)


def rounded(amount):
    return amount.quantize(CENT, ROUND_HALF_UP)


def near(a, b):
    return abs(a - b) <= CENT


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
    reduced = rounded(quantity * insured * (HUNDRED - service) / HUNDRED)
    fits = near(hospital, rounded(quantity * price * service / HUNDRED)) or near(
        hospital, rounded(quantity * price) - reduced)
    if not other:
        fits &= near(covered, rounded(quantity * insured * service * list_ratio / HUNDRED / HUNDRED))
        share = rounded(covered * number(item, "MUC_HUONG") / HUNDRED)
        fits &= near(fund, share) and copayment == covered - fund and own == hospital - covered
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
    return fits and all(number(summary, tag) == total for tag, total in zip(TOTALS, sums))


def file(path):
    """Claims of a file, and the numbers of those that differ."""
    verdicts = [claim(hoso) for hoso in etree.parse(path).getroot().iter("HOSO")]
    return path, len(verdicts), [place for place, good in enumerate(verdicts, 1) if not good]


def main():
    folder = sys.argv[1]
    processes = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    paths = sorted(os.path.join(folder, name) for name in os.listdir(folder) if name.endswith(".xml"))
    claims = 0
    with Pool(processes) as pool:
        results = map(file, paths) if processes == 1 else pool.imap(file, paths, chunksize=16)
        for path, count, differing in results:
            claims += count
            for place in differing:
                print(f"{path}#{place}")
    print(claims, file=sys.stderr)


if __name__ == "__main__":
    main()
