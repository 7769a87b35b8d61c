#!/usr/bin/env bash
# Builds this site with eight threads, twice: the second build finds the first
# one's output. Meant for a program built with the thread sanitizer.
set -euo pipefail
. tests/tools/tap.sh

out=$(mktemp -d)
for run in first second; do
  check "$run build with eight threads" \
    "$VIDNO" build --site . --out "$out/public" --jobs 8 --date 2024-01-15
done
finish
