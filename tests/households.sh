#!/usr/bin/env bash
# Ten million households through `bhyt batch premium`: the parts of every premium add up, the control totals are those
# of the rows, and one thread, two threads and any cut between households give the same bytes.
#
#     cargo build --release && bash tests/households.sh target/release/bhyt [ROWS]
#
# Needs rustc, awk and room for the input (2 GB; results go through pipes). The test `random_households` does the same
# with people around every change of the law.
set -euo pipefail
bhyt=$(realpath "$1")
rows=${2:-31700000}
here=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

rustc -O --edition 2021 "$here/benches/peers/generate.rs" -o generate
./generate --rows "$rows" -o people.csv
heading=$(head -n 1 people.csv)
width=$(awk -F, '{ print NF; exit }' people.csv)

# What one thread answers, added up row by row.
"$bhyt" batch premium people.csv -o - --jobs 1 --lang en 2> told |
    tee >(md5sum > one.md5) |
    awk -F, -v w="$width" '
        NR == 1 { next }
        { rows++ }
        $(w + 9) != "" { rejected++; next }
        { parts = 0; for (i = 2; i <= 7; i++) parts += $(w + i); if (parts != $(w + 1)) wrong++; total += $(w + 1) }
        END { printf "%d %d %d %.0f\n", rows, rejected, wrong, total }' > sums
read -r counted rejected wrong total < sums
cat told
claimed=$(tr -d , < told | sed -n 's/^Reconciled: read \([0-9]*\) .*/\1/p; s/^Total premium \([0-9]*\).*/\1/p' | paste -s -d ' ')
echo "rows $counted, rejected $rejected, rows whose parts do not add up $wrong, total $total"
[ "$wrong" -eq 0 ] && [ "$counted" -eq "$rows" ] && [ "$claimed" = "$counted $total" ]

"$bhyt" batch premium people.csv -o - --jobs 2 --quiet | md5sum > two.md5
awk -F, -v each=$((rows / 7)) '
    NR == 1 { next }
    $1 != last && n >= each * (1 + part % 3) / 2 { close(name); part++; n = 0 }
    { last = $1; n++; name = sprintf("part-%03d", part); print > name }' people.csv
{
    head -n 2 people.csv | "$bhyt" batch premium - -o - --quiet | head -n 1
    for part in part-*; do
        "$bhyt" batch premium "$part" -o - --quiet --no-header --columns "$heading"
        rm "$part"
    done
} | md5sum > parts.md5
cat one.md5 two.md5 parts.md5
cmp one.md5 two.md5 && cmp one.md5 parts.md5
echo "the same bytes with one thread, two threads and in parts"
