#!/usr/bin/env bash
# A whole country, cold, beside Hugo's site of the same schools: HTML pages per
# second, peak memory, and how the time grows with the country. The aims: at
# least 5 times Hugo's pages per second, at most 256 MB, and at most 11 times
# the time of a country of a tenth.
#
#   SCHOOLS=10000   how many schools
#   TURNS=3         how often each is built, in turns
#   OUTPUT=folder   where outputs go: /dev/shm when they fit there twice, for
#                   a disk makes files slowly for minutes after many were
#                   removed; else TMPDIR
#
# Only HTML pages are counted. A school has one page on either side; Vidno's
# departments have also pages of methods, indicators and tables. Files of open
# data take their time and count for nothing.
set -euo pipefail

schools=${SCHOOLS:-10000} turns=${TURNS:-3}
work=$(mktemp -d)
enough=$((schools * 800)) # kB, and half as much again
if [ -z "${OUTPUT:-}" ]; then
  room=$(df -k --output=avail /dev/shm 2>/dev/null | tail -1 || true)
  [ "${room:-0}" -gt "$enough" ] && OUTPUT=/dev/shm || OUTPUT=$TMPDIR
fi
output=$(mktemp -d "$OUTPUT/vidno-bench.XXXXXX")
trap 'rm -rf "$output"' EXIT

make_country() { # folder, schools
  local factors
  mkdir -p "$1/vidno/content" "$1/vidno/data"
  cp -r content/methods "$1/vidno/content/"
  cp -r data/methods data/*.csv "$1/vidno/data/"
  cp -r tests/bench/hugo "$1/hugo"
  factors=$(tail -n +2 data/methods/kezhma-risk-zone.csv | cut -d, -f1)
  # shellcheck disable=SC2086 # one argument for each factor
  "$BENCH/country" "$2" "$1/vidno" "$1/hugo" $factors
}

pages() { find "$1" -name '*.html' | wc -l; }

# Takes turns; the lines of pair go to $1 too.
take_turns() {
  local lines=$1
  shift
  "$PAIR" -n "$turns" "$@" 2>"$work/messages" >"$lines" || {
    tail -5 "$work/messages"
    exit 1
  }
}

# The figure named $3 (median, least, cpu) in line $2 of file $1, milliseconds.
figure() { sed -n "$2s/.* $3 *\([0-9.]*\) ms.*/\1/p" "$1"; }

# What each made in a second, by the figure $1 of its times; $2 says what that is.
compare() {
  awk -v what="$2" -v a_ms="$(figure "$work/against-hugo" 1 "$1")" \
    -v b_ms="$(figure "$work/against-hugo" 2 "$1")" \
    -v a_pages="$vidno_pages" -v b_pages="$hugo_pages" 'BEGIN {
      a = 1000 * a_pages / a_ms; b = 1000 * b_pages / b_ms
      printf "  HTML pages in a second%s: vidno %.0f, hugo %.0f: %.2f times\n", what, a, b, a / b
    }'
}

small=$((schools / 10 > 0 ? schools / 10 : 1))
make_country "$work/large" "$schools"
make_country "$work/small" "$small"
large=("$VIDNO" build --site "$work/large/vidno" --out "$output/large" --date 2023-11-22)
tenth=("$VIDNO" build --site "$work/small/vidno" --out "$output/small" --date 2023-11-22)
hugo=(hugo --quiet --source "$work/large/hugo" --destination "$output/hugo")

echo "  outputs in $OUTPUT; load $(cut -d' ' -f1-3 /proc/loadavg)"
take_turns "$work/against-hugo" \
  -a "vidno: $schools schools" -A "rm -rf $output/*" \
  -b "hugo: $schools schools" -B "rm -rf $output/hugo" -- "${large[@]}" -- "${hugo[@]}"
head -2 "$work/against-hugo"
vidno_pages=$(pages "$output/large") hugo_pages=$(pages "$output/hugo")
echo "  HTML pages: vidno $vidno_pages, hugo $hugo_pages"
compare median ''
compare least ' (least times)'
compare cpu ' of one processor'

take_turns "$work/against-small" \
  -a "vidno: $schools schools" -A "rm -rf $output/*" \
  -b "vidno: $small schools" -B "rm -rf $output/small" -- "${large[@]}" -- "${tenth[@]}"
sed -n 2,3p "$work/against-small"
