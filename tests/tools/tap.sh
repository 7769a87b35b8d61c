# shellcheck shell=bash
# What a test script says and how it ends. To be sourced.
#
#   ok NAME               the test passed
#   not_ok NAME WHY       it did not; the script goes on
#   check NAME COMMAND... passes when the command succeeds; shows what it
#                         printed when it does not. A function stops at its
#                         first failing line.
#   finish                ends the script: 1 when any test failed

tap_failed=0

ok() {
  echo "ok - $1"
}

not_ok() {
  echo "not ok - $1: $2"
  tap_failed=1
}

check() {
  local name=$1 output rc
  shift
  # Not `if output=$(...)`: that would switch off errexit in the function.
  set +e
  output=$(
    set -e
    "$@" 2>&1
  )
  rc=$?
  set -e
  if [ "$rc" -eq 0 ]; then
    ok "$name"
  else
    [ -z "$output" ] || printf '%s\n' "$output"
    not_ok "$name" "status $rc"
  fi
}

finish() {
  exit "$tap_failed"
}
