#!/usr/bin/env bash
# Runs the suites named on the command line and prints, last, the sum:
# `N passed, N failed`. The status is 1 when any failed.
#
#   unit      build/unit/test_*, one program each (cmocka)
#   spec      tests/spec/run.sh, or data that unit programs execute
#   races     one site built by many threads
#   browser   tests/browser/*.test.mjs in Chromium, on this site as built
#   house     what the Makefile promises
#   valid     HTML, Atom, sitemap, iCalendar and JSON-LD, by foreign readers
#   others    tests/<name>/run.sh
#
# What a suite finds in its environment: VIDNO, the program's absolute path;
# TMPDIR, removed afterwards; HOME, empty but for a git identity; JOBS, how
# many threads to build with, when it matters. Locale and time zone are fixed.
set -euo pipefail
cd "$(dirname "$0")/../.."

B=$(realpath "${B:-build}")
scratch=$(mktemp -d "${TMPDIR:-/tmp}/vidno-test.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir "$scratch/tmp" "$scratch/home"
chmod 755 "$scratch" # some tests look at it as another user
cat >"$scratch/home/.gitconfig" <<'EOF'
[user]
	name = Vidno Test
	email = test@example.org
[init]
	defaultBranch = main
[safe]
	directory = *
EOF

export B VIDNO="$B/vidno" TMPDIR="$scratch/tmp"
export LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC
export NPM_CONFIG_CACHE="${NPM_CONFIG_CACHE:-$HOME/.npm}" HOME="$scratch/home"
unset SOURCE_DATE_EPOCH NO_COLOR XDG_CACHE_HOME XDG_CONFIG_HOME XDG_STATE_HOME XDG_DATA_HOME
unset MAKEFLAGS MFLAGS MAKELEVEL GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE
ulimit -c 0

# A report goes into a file: a test that expects the program to fail would
# take a sanitizer's exit for the failure it waits for.
REPORTS=$scratch/report
common=log_path=$REPORTS:exitcode=99:abort_on_error=1
export ASAN_OPTIONS=$common:detect_stack_use_after_return=1
export UBSAN_OPTIONS=$common:print_stacktrace=1
export TSAN_OPTIONS=$common:halt_on_error=1:suppressions=$PWD/tests/tools/tsan.supp

# shellcheck source=tests/tools/tally.sh
. tests/tools/tally.sh

unit() {
  local source name
  compgen -G 'tests/unit/test_*.c' >/dev/null || {
    nothing unit
    return
  }
  for source in tests/unit/test_*.c; do
    name=$(basename "$source" .c)
    suite "unit/$name" env CMOCKA_MESSAGE_OUTPUT=TAP "$B/unit/$name"
  done
}

# A folder without tests is a mistake; no folder only means not yet.
nothing() {
  if [ -d "tests/$1" ]; then
    broken "$1" "tests/$1 holds no test"
  else
    missing "$1"
  fi
}

scripted() {
  if [ -x "tests/$1/run.sh" ]; then
    suite "$1" "tests/$1/run.sh"
  else
    nothing "$1"
  fi
}

spec() {
  if [ ! -x tests/spec/run.sh ] && grep -qs 'tests/spec' tests/unit/test_*.c; then
    echo '   spec: executed by unit programs'
  else
    scripted spec
  fi
}

browser() {
  if compgen -G 'tests/browser/*.test.mjs' >/dev/null; then
    suite browser tests/browser/run.sh
  else
    missing browser
  fi
}

for name in "$@"; do
  case $name in
  unit | spec | browser) "$name" ;;
  races | house) suite "$name" "tests/tools/$name.sh" ;;
  *) scripted "$name" ;;
  esac
done
summary
