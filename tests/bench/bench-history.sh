#!/usr/bin/env bash
# The history of a department of 1,000 schools over 500 commits (versions of
# every file, the commit of every row) beside what git's own commands need for
# less: one git log --name-only, and one git blame for each changed table. The
# aim: less time than both. Then again after one more commit, and unchanged.
#
#   HISTORY_SCHOOLS=1000 HISTORY_COMMITS=500
set -euo pipefail

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
schools=${HISTORY_SCHOOLS:-1000} commits=${HISTORY_COMMITS:-500}
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null

# A stream for git fast-import: all files, then commits that change some rows of
# a table, or a page, each fifth on a branch that is merged at once.
stream() {
  awk -v schools="$schools" -v commits="$commits" '
    function bytes(text) { printf "data %d\n%s\n", length(text), text }
    function rnd(n) { return int(rand() * n) }
    function file(path, text) { printf "M 100644 inline %s\n", path; bytes(text) }
    function join(head, rows, n,   i, text) {
      text = head
      for (i = 0; i < n; i++) text = text rows[i]
      return text
    }
    function commit(branch, reason, from, other) {
      mark++
      printf "commit refs/heads/%s\nmark :%d\ncommitter M <m@example.org> %d +0000\n", \
        branch, mark, 1600000000 + mark * 3600
      bytes(reason)
      if (from) printf "from :%d\n", from
      if (other) printf "merge :%d\n", other
    }
    function result(i, value) {
      return sprintf("%d,p%d,school,s%d,%d,%d,3.5,90,40,\n", 2016 + int(i / schools / 3), \
        int(i / schools) % 3, i % schools, 20 + value % 60, value % 9)
    }
    function step(i,   k, n) {
      if (i % 10 == 9) {
        n = rnd(schools)
        file("content/x/schools/s" n ".md", "# School " n "\n\nText " i ".\n")
      } else if (i % 3 == 0) {
        for (k = 0; k < 5; k++) { n = rnd(schools); s[n] = "s" n ",School " n " of " i ",secondary\n" }
        file("data/x/schools.csv", join("school,name,kind\n", s, schools))
      } else {
        for (k = 0; k < 30; k++) { n = rnd(12 * schools); r[n] = result(n, rnd(1000)) }
        file("data/x/results.csv", join(head, r, 12 * schools))
      }
    }
    BEGIN {
      srand(1)
      head = "year,procedure,scope,school,participants,below_minimum,mean_mark,pass_rate,quality_rate,note\n"
      commit("main", "begin")
      file("content/site.yaml", "title: T\n")
      file("content/x/index.md", "---\ntitle: X\n---\n\nText.\n")
      for (i = 0; i < schools; i++) {
        s[i] = "s" i ",School " i ",secondary\n"
        file("content/x/schools/s" i ".md", "# School " i "\n\nText.\n")
      }
      for (i = 0; i < 12 * schools; i++) r[i] = result(i, i)
      file("data/x/schools.csv", join("school,name,kind\n", s, schools))
      file("data/x/results.csv", join(head, r, 12 * schools))
      for (i = 1; i < commits; i++)
        if (i % 5 == 0) {
          base = mark
          commit("side", "side " i, base)
          step(i)
          commit("main", "merge " i, base, mark)
          step(i)
        } else {
          commit("main", "change " i, mark)
          step(i)
        }
    }'
}

git init -q -b main "$work/repo"
cd "$work/repo"
stream | git fast-import --quiet
git repack -adq
git reset -q --hard
git log --name-only >/dev/null

# seconds LABEL COMMAND...: the best of three.
seconds() {
  local label=$1 best='' begin took
  shift
  for _ in 1 2 3; do
    begin=$(date +%s%N)
    "$@" >/dev/null
    took=$((($(date +%s%N) - begin) / 1000000))
    if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
  done
  printf '  %-40s %6d ms\n' "$label" "$best"
}

blame_all() {
  local table
  git log --name-only --format= -- data | sort -u | while read -r table; do
    [ -z "$table" ] || git blame --line-porcelain "$table"
  done
}

echo "  $(git rev-list --count HEAD) commits, $schools schools, $(du -sh .git | cut -f1) packed"
seconds 'git log --name-only' git log --name-only
seconds 'git blame of each changed table' blame_all
seconds 'history, nothing known' "$BENCH/history_bench" . cold
seconds 'history, one commit more' "$BENCH/history_bench" . more
seconds 'history, nothing new' "$BENCH/history_bench" . warm
