# shellcheck shell=bash
# Runs suites and counts what they say. To be sourced.
#
#   suite NAME COMMAND...   runs one; it prints a line `ok - name` or
#                           `not ok - name: why` for each test
#   missing NAME            says that a suite is not there; not a failure
#   broken NAME WHY         a failure of the house, not of a test
#   summary                 prints `N passed, N failed`; 1 when any failed
#
# A suite that ends badly without a `not ok`, that runs fewer tests than it
# planned (`1..N`) or that says nothing counts as one failure, and so does one
# that leaves a sanitizer's report in $REPORTS.* or runs longer than $LIMIT
# seconds. What a failed suite says is shown; V=1 shows all.

passed=0 failed=0 skipped=0
: "${LIMIT:=600}"
tally_out=$(mktemp)

broken() {
  echo "not ok - $1: $2"
  failed=$((failed + 1))
}

missing() {
  echo "   $1: none here"
}

suite() {
  local name=$1 rc=0 ok bad skip planned
  shift
  # The outer redirection keeps the shell's own word on a signal out of sight.
  { timeout -k 10 "$LIMIT" "$@" </dev/null >"$tally_out" 2>&1; } 2>/dev/null || rc=$?

  skip=$(grep -cE '^(not )?ok\b.*# SKIP' "$tally_out" || true)
  ok=$(grep -E '^ok\b' "$tally_out" | grep -vc '# SKIP' || true)
  bad=$(grep -E '^not ok\b' "$tally_out" | grep -vc '# SKIP' || true)
  planned=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$tally_out" | tail -n 1)
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))

  if [ -n "${V-}" ]; then
    sed 's/^/   | /' "$tally_out"
  elif [ "$bad" -gt 0 ] || [ "$rc" -ne 0 ]; then
    sed '/^ok\b/d; s/^/   | /' "$tally_out"
  fi
  echo "   $name: $ok passed$([ "$bad" -eq 0 ] || echo ", $bad failed")$([ "$skip" -eq 0 ] || echo ", $skip skipped")"

  if reported; then
    broken "$name" 'a sanitizer reports'
  elif [ "$rc" -eq 124 ]; then
    broken "$name" "took more than $LIMIT s"
  elif [ "$bad" -gt 0 ]; then
    : # counted already
  elif [ "$rc" -ne 0 ]; then
    broken "$name" "ended with status $rc"
  elif [ $((ok + skip)) -eq 0 ]; then
    broken "$name" 'ran no test'
  elif [ $((ok + skip)) -lt "${planned:-0}" ]; then
    broken "$name" "ran $((ok + skip)) of $planned tests"
  fi
}

# Shows the sanitizers' reports and removes them; false when there are none.
reported() {
  local report found=1
  for report in "${REPORTS:-/nonexistent}".*; do
    [ -e "$report" ] || continue
    head -n 60 "$report" | sed 's/^/   | /'
    rm -f "$report"
    found=0
  done
  return "$found"
}

summary() {
  rm -f "$tally_out"
  [ "$skipped" -eq 0 ] || echo "$skipped skipped"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
