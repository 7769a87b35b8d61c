#!/usr/bin/env bash
# Runs the measurements of this folder, all or those named: bench-*.sh. They
# print times and ratios and fail on no time; quote medians and ratios of one
# run only, for machines scatter by 10 to 30 %.
#
# What a measurement finds in its environment: VIDNO, the program; PAIR, the
# harness (pair.c); BENCH, the folder of the programs built from *.c here;
# RUNS, how often to repeat; TMPDIR, removed afterwards.
set -euo pipefail
cd "$(dirname "$0")/../.."

B=$(realpath "${B:-build}")
TMPDIR=$(mktemp -d "${TMPDIR:-/tmp}/vidno-bench.XXXXXX")
trap 'rm -rf "$TMPDIR"' EXIT
export VIDNO="$B/vidno" BENCH="$B/bench" PAIR="$B/bench/pair" RUNS="${RUNS:-21}" TMPDIR
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC XDG_CACHE_HOME="$TMPDIR/cache"
unset MAKEFLAGS MFLAGS MAKELEVEL

[ $# -gt 0 ] || set -- tests/bench/bench-*.sh
for script in "$@"; do
  name=$(basename "$script" .sh)
  echo "${name#bench-}"
  "$script" </dev/null || echo '  could not be measured'
done
