#!/usr/bin/env bash
# The gathering half of the audit: one site beside wget --mirror and
# linkchecker, and a thousand sites with the politeness of a real audit.
# The aims: not slower than wget for each page, three times linkchecker, a
# thousand sites under 10 % of one processor and 200 MB.
set -euo pipefail

work=$(mktemp -d)
port=$((20000 + $$ % 20000))
"$BENCH/gather_bench" serve "$port" 100 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
sleep 0.3
site=http://127.0.0.1:$port/

if command -v wget >/dev/null; then
  "$PAIR" -n "$RUNS" -a 'vidno: one site of 100 pages' -b 'wget --mirror' -B "rm -rf $work/wget" \
    -- "$BENCH/gather_bench" visit "$port" 1 0 \
    -- wget --quiet --mirror --directory-prefix "$work/wget" "$site"
fi
if command -v linkchecker >/dev/null; then
  "$PAIR" -n 3 -a 'vidno: one site of 100 pages' -b 'linkchecker' \
    -- "$BENCH/gather_bench" visit "$port" 1 0 \
    -- linkchecker --quiet --no-status --no-warnings "$site"
fi
"$BENCH/gather_bench" visit "$port" "${SITES:-1000}" 2000
