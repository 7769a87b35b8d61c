# shellcheck shell=bash
# Runs suites, several at once, and counts what they say. To be sourced.
#
#   suite NAME COMMAND...   runs one; it prints a line `ok - name` or
#                           `not ok - name: why` for each test
#   missing NAME            says that a suite is not there; not a failure
#   broken NAME WHY         a failure of the house, not of a test
#   summary                 waits for all, prints `N passed, N failed`; 1 when
#                           any failed
#
# $LANES suites run at a time (default: one for each processor), and are told
# in the order in which they were begun. A suite that ends badly without a
# `not ok`, that runs fewer tests than it planned (`1..N`) or that says nothing
# counts as one failure, and so does one that leaves a sanitizer's report or
# runs longer than $LIMIT seconds. What a failed suite says is shown; V=1 shows
# all. The failures are told once more before the sum: of a long run often only
# the end is kept.

passed=0 failed=0 skipped=0
: "${LIMIT:=900}" "${LANES:=$(nproc)}"
tally=$(mktemp -d)
tally_begun=0 tally_told=0
tally_names=() tally_failures=()

broken() {
  echo "not ok - $1: $2"
  tally_failures+=("not ok - $1: $2")
  failed=$((failed + 1))
}

missing() {
  echo "   $1: none here"
}

# Sanitizers write into $REPORTS.*; each suite into its own.
run_suite() {
  local out=$1 rc=0
  shift
  if [ -n "${REPORTS-}" ]; then
    export ASAN_OPTIONS="${ASAN_OPTIONS//"$REPORTS"/"$out.report"}"
    export UBSAN_OPTIONS="${UBSAN_OPTIONS//"$REPORTS"/"$out.report"}"
    export TSAN_OPTIONS="${TSAN_OPTIONS//"$REPORTS"/"$out.report"}"
  fi
  # The outer redirection keeps the shell's own word on a signal out of sight.
  { timeout -k 10 "$LIMIT" "$@" </dev/null >"$out" 2>&1; } 2>/dev/null || rc=$?
  echo "$rc" >"$out.end"
  mv "$out.end" "$out.rc"
}

suite() {
  tally_names+=("$1")
  shift
  run_suite "$tally/$tally_begun" "$@" &
  tally_begun=$((tally_begun + 1))
  while [ "$(jobs -rp | wc -l)" -ge "$LANES" ]; do
    wait -n || true
  done
  tell
}

# What is over by now, in order.
tell() {
  while [ -e "$tally/$tally_told.rc" ]; do
    count_suite "${tally_names[$tally_told]}" "$tally/$tally_told"
    tally_told=$((tally_told + 1))
  done
}

count_suite() {
  local name=$1 out=$2 rc ok bad skip planned
  rc=$(cat "$out.rc")
  skip=$(grep -cE '^(not )?ok\b.*# SKIP' "$out" || true)
  ok=$(grep -E '^ok\b' "$out" | grep -vc '# SKIP' || true)
  bad=$(grep -E '^not ok\b' "$out" | grep -vc '# SKIP' || true)
  planned=$(sed -n 's/^1\.\.\([0-9][0-9]*\).*/\1/p' "$out" | tail -n 1)
  passed=$((passed + ok)) failed=$((failed + bad)) skipped=$((skipped + skip))

  if [ -n "${V-}" ]; then
    sed 's/^/   | /' "$out"
  elif [ "$bad" -gt 0 ] || [ "$rc" -ne 0 ]; then
    sed '/^ok\b/d; s/^/   | /' "$out"
  fi
  [ "$bad" -eq 0 ] || tally_failures+=("$(failures "$name" "$out")")
  echo "   $name: $ok passed$([ "$bad" -eq 0 ] || echo ", $bad failed")$([ "$skip" -eq 0 ] || echo ", $skip skipped")"

  if reported "$out"; then
    broken "$name" 'a sanitizer reports'
    tally_failures+=("$(head -q -n 20 "$out".report.* | sed 's/^/    /')")
  elif [ "$rc" -eq 124 ]; then
    broken "$name" "took more than $LIMIT s"
    tally_failures+=("$(last_words "$out")")
  elif [ "$bad" -gt 0 ]; then
    : # counted already
  elif [ "$rc" -ne 0 ]; then
    broken "$name" "ended with status $rc"
    tally_failures+=("$(last_words "$out")")
  elif [ $((ok + skip)) -eq 0 ]; then
    broken "$name" 'ran no test'
  elif [ $((ok + skip)) -lt "${planned:-0}" ]; then
    broken "$name" "ran $((ok + skip)) of $planned tests"
  fi
}

# The failed tests of a suite, each with the end of what was said before it (so
# do scripts) or after it (so does cmocka).
failures() {
  awk -v name="$1" '
    /^ok/ { left = count = 0; next }
    /^not ok/ && /# SKIP/ { next }
    /^not ok/ {
      for (i = count > 12 ? count - 12 : 0; i < count; i++) print "    " said[i]
      print name ": " $0
      left = 8; count = 0
      next
    }
    left-- > 0 { print "    " $0; next }
    { said[count++] = $0 }' "$2" | cut -c 1-400
}

last_words() {
  tail -n 8 "$1" | cut -c 1-400 | sed 's/^/    /'
}

# Shows the sanitizers' reports of a suite; false when there are none.
reported() {
  local report found=1
  for report in "$1".report.*; do
    [ -e "$report" ] || continue
    head -n 60 "$report" | sed 's/^/   | /'
    found=0
  done
  return "$found"
}

summary() {
  wait
  tell
  rm -rf "$tally"
  [ "${#tally_failures[@]}" -eq 0 ] || printf '%s\n' 'failed:' "${tally_failures[@]}"
  [ "$skipped" -eq 0 ] || echo "$skipped skipped"
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
