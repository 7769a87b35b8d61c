#!/usr/bin/env bash
# Runs the checks of this folder, or those named on the command line, and
# prints the sum last. A check is a script without a suffix that prints
# `ok - name` and `not ok - name: why`.
set -euo pipefail
cd "$(dirname "$0")/../.."
# shellcheck source=tests/tools/tally.sh
. tests/tools/tally.sh

B=$(realpath -m "${B:-build}")
export B LC_ALL=C.UTF-8 LANGUAGE=en
unset MAKEFLAGS MFLAGS MAKELEVEL
mkdir -p "$B"

[ $# -gt 0 ] || set -- warnings cppcheck floors floors-test format length banned catalogues privacy \
  shell
for check in "$@"; do
  suite "lint/$check" "tests/lint/$check"
done
summary
