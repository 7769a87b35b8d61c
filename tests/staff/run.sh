#!/usr/bin/env bash
# The commands of the staff, in real repositories made by git: publish (with
# people who publish at the same time, and with a program that is killed),
# release, restore, verify.
#
#   KILLS=100     at how many of its calls, taken at random, it is killed
set -euo pipefail
: "${VIDNO:?the program}" "${CC:=cc}"
cd "$(dirname "$0")/../.."
# shellcheck source=tests/tools/tap.sh
. tests/tools/tap.sh
faults=$PWD/tests/fault/faults.c
here=$PWD/tests/staff

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# shellcheck source=tests/staff/site.sh
. "$here/site.sh"

# -- publish --------------------------------------------------------------------

first() {
  site
  [ "$(git log --format='%an <%ae> %cn %s')" = 'Петрова <test@example.org> Петрова Первая версия' ]
  is_clean
  is_built
  [ -z "$(git ls-files public README.md)" ]
}

change() {
  site
  row 5 87.8
  run 0 publish --as ivanov -m 'Исправлено'
  says out 'below minimum 4 → 5'
  says out 'Committed as'
  [ "$(git log -1 --format='%an %cn %s')" = 'Иванов Петрова Исправлено' ]
  [ "$(git log -1 --name-only --format=)" = data/lug/results.csv ]
  is_clean
  is_built
  run 0 publish
  says out 'Nothing new to publish'
}

# refuses STATUS WORDS ARGUMENT...: and neither the site nor git changes.
refuses() {
  local status=$1 words=$2 head before
  shift 2
  head=$(git rev-parse HEAD)
  before=$(find public -type f -exec sha256sum {} + | sort)
  run "$status" "$@"
  says err "$words"
  [ "$head" = "$(git rev-parse HEAD)" ]
  [ "$before" = "$(find public -type f -exec sha256sum {} + | sort)" ]
}

refusals() {
  site
  row 5 87.8
  refuses 2 'no reason is given' publish
  refuses 2 'no reason is given' publish -m ' '
  refuses 2 '--yes' "$VIDNO" publish -m Why
  refuses 2 'nobody of the staff has this login' publish -m Why --as nobody
  refuses 2 'may not change the site' publish -m Why --as guest
  refuses 2 'has no mail' publish -m Why --as silent
  git config user.email ivanov@example.org
  refuses 2 'but not publish it' publish -m Why
  git config user.email stranger@example.org
  refuses 2 'the mail that git knows you by' publish -m Why
  run 0 publish -m Why --as petrova
  [ "$(git log -1 --format='%an %cn')" = 'Петрова Петрова' ]
}

errors() {
  site
  row 500 87.8
  refuses 1 'data/lug/results.csv:' publish -m Why
}

warnings() {
  site
  sed -i 's/^period:/perod:/' content/lug/index.md
  refuses 1 'nobody has accepted' publish -m Why
  run 0 "$VIDNO" check
  says err 'rule: frontmatter-unknown-key'
  sed -n '/^warnings:/,$p' "$work/err" >content/acknowledged.yaml
  sed -i 's/LOGIN/petrova/; s/WHY/it is well so/' content/acknowledged.yaml
  run 0 "$VIDNO" check
  says err 'accepted by Петрова: it is well so'
  run 0 publish -m Why
  is_clean
  sed -i 's/^perod:/period:/' content/lug/index.md
  run 0 publish -m Why
  says err 'there is no such warning any more'
}

# On a terminal the question is asked, in both languages.
asked() {
  site
  row 5 87.8
  printf 'n\n' | script -qec "'$VIDNO' publish -m Why" /dev/null >"$work/out" 2>&1 || [ $? -eq 1 ]
  says out 'nothing was changed'
  printf 'да\n' | LANGUAGE=ru script -qec "'$VIDNO' publish -m Why" /dev/null >"$work/out" 2>&1
  says out 'Опубликовать?'
  is_clean
}

# Text alone needs no reason; the site is one folder of a larger repository.
part_of_a_repository() {
  site
  cd "$work"
  rm -rf big
  mkdir big
  git -C big init -q
  mv site big/site
  rm -rf big/site/.git big/site/public
  cd big/site
  echo other >../other.txt
  publish -m First >/dev/null
  printf '\nЕщё слово.\n' >>content/lug/index.md
  echo changed >>../other.txt
  mkdir -p audits
  echo secret >audits/x
  git add ../other.txt
  run 0 publish
  [ "$(git log -1 --format=%s)" = 'Texts, without a change of numbers' ]
  [ "$(git log --name-only --format= | sort -u | grep -cv '^site/\(content\|data\|themes\)/')" = 0 ]
  [ "$(git -C .. status --porcelain other.txt)" = 'A  other.txt' ]
  is_built
}

not_in_git() {
  rm -rf "$work/plain"
  "$VIDNO" new "$work/plain" >/dev/null
  cd "$work/plain"
  run 1 publish -m Why
  says err 'only a site that is kept in git can be published'
  [ ! -e public ]
  git init -q
  run 2 publish -m Why
  says err 'nobody of the staff'
}

in_the_middle() {
  site
  git checkout -q --detach
  row 5 87.8
  refuses 1 'no branch is checked out' publish -m Why
  git checkout -q main
  : >.git/MERGE_HEAD
  git rev-parse HEAD >.git/MERGE_HEAD
  refuses 1 'in the middle of a merge' publish -m Why
}

# -- two people --------------------------------------------------------------------

# $work/site and $work/other, both of $work/hub.
two() {
  site
  rm -rf "$work/hub" "$work/other"
  git init -q --bare "$work/hub"
  git remote add origin "$work/hub"
  git push -q -u origin main
  git clone -q "$work/hub" "$work/other"
}

theirs() {
  (cd "$work/other" && "$@")
}

both_sides_agree() {
  two
  printf '\nЕщё слово.\n' >>"$work/other/content/lug/index.md"
  theirs publish -m 'Слово' --push >/dev/null
  row 5 87.8
  run 0 publish -m 'Число' --push
  says out 'Merged'
  says out 'Sent to'
  grep -q 'Ещё слово' content/lug/index.md
  grep -q 'Ещё слово' public/lug/index.html
  is_clean
  is_built
  [ "$(git rev-parse HEAD)" = "$(git -C "$work/hub" rev-parse main)" ]
  theirs run 0 publish
  [ "$(git rev-parse HEAD)" = "$(git -C "$work/other" rev-parse HEAD)" ]
  theirs is_built
}

both_sides_differ() {
  two
  theirs row 6 85.4
  theirs publish -m 'Шесть' --push >/dev/null
  row 5 87.8
  refuses 1 'both sides changed this: it was «4», here it is «5», there «6»' publish -m Why
  says err 'data/lug/results.csv:'
  says err 'school-1, below_minimum'
  [ "$(git status --porcelain data)" = ' M data/lug/results.csv' ]
}

# What each brought was right, both together is not: a document goes that the
# other one leads to.
merged_is_checked() {
  local order
  two
  order=$(cd content/lug && find documents -name "*.md" | sort | head -n 1)
  printf '\n[Приказ](%s)\n' "$order" >>"$work/other/content/lug/index.md"
  theirs publish -m 'Ссылка' --push >/dev/null
  git grep -l "$order" content data | xargs -r sed -i "s|$order||" 2>/dev/null || true
  git checkout -q .
  rm "content/lug/$order"
  if "$VIDNO" check >/dev/null 2>&1; then
    refuses 1 "$order" publish -m Why
  fi
}

unreachable() {
  two
  git remote set-url origin "$work/nowhere"
  row 5 87.8
  run 3 publish -m Why --push
  run 0 publish -m Why
  says err 'cannot be reached'
  is_built
}

# -- release ------------------------------------------------------------------------

release() {
  site
  run 0 "$VIDNO" release 2025-q4 -m 'Итоги года'
  says out 'releases/2025-q4/'
  [ "$(git for-each-ref --format='%(objecttype) %(taggername) %(subject)' refs/tags/release/2025-q4)" = \
    'tag Петрова Итоги года' ]
  run 0 publish
  grep -q 'releases/2025-q4/index.html' public/releases/index.html
  grep -q 'Итоги года' public/releases/index.html
  grep -q 'href="../releases/index.html"' public/lug/index.html
  grep -q 'content="noindex"' public/releases/2025-q4/lug/index.html
  grep -q 'rel="canonical" href="https://example.org/lug/"' public/releases/2025-q4/lug/index.html
  # All its links lead to what is there.
  (cd public/releases/2025-q4/lug && grep -oE '(href|src)="[^"#:?]+["#]' index.html | sed -E 's/^[^"]*"//; s/["#]$//' |
    while read -r link; do [ -e "$link" ] || { echo "broken: $link"; exit 1; }; done)
}

# What changes later, it keeps: the same files, not only the same bytes.
release_is_frozen() {
  local before now
  release >/dev/null
  before=$(cd public/releases/2025-q4 && find . -type f -printf '%p %i %T@\n' | sort)
  row 5 87.8
  mkdir -p themes/default/css
  echo 'p { margin: 0 }' >themes/default/css/90-own.css
  publish -m 'Число и вид' >/dev/null
  now=$(cd public/releases/2025-q4 && find . -type f -printf '%p %i %T@\n' | sort)
  [ "$before" = "$now" ]
  grep -q 'school-1,41,4,' public/releases/2025-q4/lug/data/results.csv
  grep -q 'school-1,41,5,' public/lug/data/results.csv
  # Lost, it is made again of its commit.
  cp -r public/releases/2025-q4 "$work/kept-release"
  rm -r public/releases/2025-q4/lug
  "$VIDNO" build --quiet
  diff -r "$work/kept-release" public/releases/2025-q4
  rm -r "$work/kept-release"
  git tag -d release/2025-q4 >/dev/null
  "$VIDNO" build --quiet
  [ ! -e public/releases ]
}

release_refusals() {
  site
  run 2 "$VIDNO" release
  run 2 "$VIDNO" release 'Итоги'
  says err '2025-q4'
  run 2 "$VIDNO" release ../up
  run 2 "$VIDNO" release x.lock
  run 0 "$VIDNO" release first
  run 1 "$VIDNO" release first
  says err 'already'
  row 5 87.8
  run 1 "$VIDNO" release second
  says err 'data/lug/results.csv: error: this file differs'
  git checkout -q data
  run 2 "$VIDNO" release second --as nobody
  [ "$(git tag)" = release/first ]
  sed -i 's/^period:/perod:/' content/lug/index.md
  git commit -qam 'Without publish'
  run 1 "$VIDNO" release third
  says err 'nobody has accepted'
}

# -- restore ------------------------------------------------------------------------

restore() {
  local kept
  site
  row 5 87.8
  publish -m 'Пять' >/dev/null
  run 0 "$VIDNO" restore data/lug/results.csv@HEAD~1
  says out 'vidno publish'
  git diff --quiet HEAD~1 -- data
  # What is in no version is not lost.
  row 6 85.4
  cp data/lug/results.csv "$work/mine.csv"
  run 1 "$VIDNO" restore data/lug/results.csv@HEAD
  says err 'changes that are in no version'
  cmp data/lug/results.csv "$work/mine.csv"
  run 0 "$VIDNO" restore data/lug/results.csv@HEAD --force
  kept=$(sed -n 's/.*is kept in //p' "$work/err")
  cmp "$kept" "$work/mine.csv"
  is_clean
  # A folder; what it did not have then stays.
  rm -r content/lug/events
  echo new >content/lug/files.txt
  run 0 "$VIDNO" restore content/lug@HEAD
  says err 'content/lug/files.txt'
  rm content/lug/files.txt
  is_clean
  run 0 "$VIDNO" restore content/lug@HEAD
  says out 'Nothing to restore'
  [ -z "$(find . -name '*.vidno-restore')" ]
}

restore_refusals() {
  site
  run 2 "$VIDNO" restore
  run 2 "$VIDNO" restore data/lug/results.csv
  run 2 "$VIDNO" restore ../secret@HEAD
  run 2 "$VIDNO" restore data/../../secret@HEAD
  run 2 "$VIDNO" restore database/x@HEAD
  run 2 "$VIDNO" restore public/index.html@HEAD
  run 1 "$VIDNO" restore data/lug/results.csv@nothing
  run 1 "$VIDNO" restore data/lug/none.csv@HEAD
  says err 'no such file'
  # A link on the way leads out of the site.
  mv data/lug "$work/lug-away"
  ln -s "$work/lug-away" data/lug
  echo mine >"$work/lug-away/results.csv"
  run 3 "$VIDNO" restore data/lug/results.csv@HEAD
  [ "$(cat "$work/lug-away/results.csv")" = mine ]
  rm -rf data/lug "$work/lug-away"
}

# -- verify -------------------------------------------------------------------------

# The hashes are those that everybody can compute.
manifest() {
  site
  (
    cd public
    jq -r '.files, .parts | to_entries[] | "\(.value)  \(.key)"' manifest.json | sha256sum -c --quiet
    cd lug
    jq -r '.files | to_entries[] | "\(.value)  \(.key)"' manifest.json | sha256sum -c --quiet
  )
  jq -e --arg commit "$(git rev-parse HEAD)" '.commit == $commit and .modified == false and
    .profile == "public" and (.theme | length) == 64 and (has("inputs") | not)' public/manifest.json >/dev/null
  [ "$(jq '.files | length' public/lug/manifest.json)" = "$(($(find public/lug -type f | wc -l) - 1))" ]
  # Of the inputs nothing is told but by a public repository.
  sed -i 's/^repository:.*/repository: public/' content/site.yaml
  "$VIDNO" build --quiet
  jq -e '.modified == true' public/manifest.json >/dev/null
  jq -r '.inputs | to_entries[] | "\(.value)  \(.key)"' public/manifest.json public/lug/manifest.json |
    sha256sum -c --quiet
  jq -e '.inputs | has("data/lug/results.csv")' public/lug/manifest.json >/dev/null
  run 1 "$VIDNO" verify public
  says err 'in no version'
  rm -rf .git
  "$VIDNO" build --quiet 2>/dev/null
  [ ! -e public/manifest.json ]
  run 1 "$VIDNO" verify public
  says err 'no manifest.json'
}

verify() {
  site
  "$VIDNO" release first >/dev/null
  publish >/dev/null
  git clone -q . "$work/clone"
  (
    cd "$work/clone"
    run 0 "$VIDNO" verify "$work/site/public"
    says out 'are those of version'
  )
  rm -rf "$work/clone"
  # Later versions and releases do not matter.
  cp -r public "$work/published"
  row 5 87.8
  publish -m 'Пять' >/dev/null
  "$VIDNO" release second >/dev/null
  run 0 "$VIDNO" verify "$work/published"
  echo ' ' >>"$work/published/lug/index.html"
  rm "$work/published/robots.txt"
  echo mine >"$work/published/lug/mine.html"
  run 1 "$VIDNO" verify "$work/published"
  says err 'lug/index.html: error: this file is another one there'
  says err 'robots.txt: error: this file is missing there'
  says err 'lug/mine.html: error: this file is there'
  [ "$(grep -c 'error:' "$work/err")" = 3 ]
  sed -i 's/"program": "[^"]*"/"program": "0.0.1"/' "$work/published/manifest.json"
  run 1 "$VIDNO" verify "$work/published"
  says err 'was made by vidno 0.0.1'
  sed -i 's/"commit": "......../"commit": "00000000/' "$work/published/manifest.json"
  run 1 "$VIDNO" verify "$work/published"
  says err 'is not in this repository'
  echo '{}' >"$work/published/manifest.json"
  run 1 "$VIDNO" verify "$work/published"
  says err 'cannot be read'
  run 2 "$VIDNO" verify
  run 2 "$VIDNO" verify "$work/nowhere"
  rm -rf "$work/published"
}

serve_published() {
  exec python3 - "$work/published" "$work/port" <<'EOF'
import functools, http.server, sys

class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

server = http.server.ThreadingHTTPServer(
    ("127.0.0.1", 0), functools.partial(Quiet, directory=sys.argv[1]))
with open(sys.argv[2], "w") as port:
    port.write("%d\n" % server.server_address[1])
server.serve_forever()
EOF
}

verify_address() {
  local server port
  site
  cp -r public "$work/published"
  rm -f "$work/port"
  serve_published >/dev/null 2>&1 & # nobody waits for its output
  server=$!
  for _ in $(seq 100); do
    [ ! -s "$work/port" ] || break
    sleep 0.1
  done
  port=$(<"$work/port")
  run 0 "$VIDNO" verify "http://127.0.0.1:$port"
  # A page that was changed behind the back of the lists.
  sed -i 's/41/14/' "$work/published/lug/data/results.csv"
  run 1 "$VIDNO" verify "http://127.0.0.1:$port/"
  says err 'lug/data/results.csv: error'
  cp public/lug/data/results.csv "$work/published/lug/data/"
  sed -i 's/"index.html": "../"index.html": "00/' "$work/published/lug/manifest.json"
  run 1 "$VIDNO" verify "http://127.0.0.1:$port/"
  says err 'lug/manifest.json: error'
  kill "$server" 2>/dev/null || true
  wait "$server" 2>/dev/null || true
  run 1 "$VIDNO" verify "http://127.0.0.1:$port/"
  says err 'cannot be fetched'
  rm -rf "$work/published"
}

# -- killed ------------------------------------------------------------------------

"$CC" -std=c11 -D_GNU_SOURCE -O1 -fPIC -shared -o "$work/faults.so" "$faults" -ldl

killed_at() {
  FAULT="c $1 0 0" FAULT_FD=9 LD_PRELOAD=$work/faults.so \
    "$VIDNO" publish --yes --jobs 1 -m 'Число' >/dev/null 2>&1 9>"$work/calls"
}

copy() {
  cd "$work"
  rm -rf site
  cp -a template site
  cd site
}

# Old or new, as a whole; while the pages are being exchanged each department.
old_or_new() {
  diff -rq -x '.vidno-*' "$work/old/public/$1" "public/$1" >/dev/null ||
    diff -rq -x '.vidno-*' "$work/fresh/$1" "public/$1" >/dev/null
}

after_the_kill() {
  sound
  [ "$(git rev-list --count HEAD)" -le 2 ]
  [ "$(sed -n 's/^2023,oge-math,school,school-1,41,\([0-9]*\),.*/\1/p' data/lug/results.csv)" = 5 ]
  rm -rf "$work/fresh"
  "$VIDNO" build --quiet --out "$work/fresh" 2>/dev/null
  old_or_new lug
  [ -d public/.vidno-staging ] || old_or_new .
  # A file of git that was left locked is named, as git does it.
  local lock status=0
  publish -m 'Число' >"$work/out" 2>"$work/err" || status=$?
  if [ "$status" -eq 3 ]; then
    lock=$(find .git -name '*.lock')
    says err "${lock##*/}"
    locked=$((locked + 1))
    rm "$lock"
    publish -m 'Число' >"$work/out"
  else
    [ "$status" -eq 0 ]
  fi
  [ "$(git rev-list --count HEAD)" -eq 2 ]
  is_clean
  is_built
  [ ! -e public/.vidno-staging ]
}

killed() {
  local calls number locked=0 points=0
  site
  row 5 87.8
  rm -rf "$work/template" "$work/old"
  cp -a "$work/site" "$work/template"
  cp -a "$work/site" "$work/old"
  copy
  killed_at 0
  calls=$((10#$(tr -dc 0-9 <"$work/calls")))
  [ "$calls" -gt 50 ]
  for number in $(shuf -i "1-$calls" -n "${KILLS:-100}"); do
    copy
    if killed_at "$number"; then
      echo "not killed at $number of $calls"
      return 1
    fi
    after_the_kill || {
      echo "after the call $number of $calls"
      return 1
    }
    points=$((points + 1))
  done
  echo "# killed at $points of $calls calls; $locked left a file of git locked" >"$work/killed"
}

check 'publish: the first version' first
check 'publish: a change, under two names' change
check 'publish: what it refuses' refusals
check 'publish: errors' errors
check 'publish: warnings, accepted or not' warnings
check 'publish: asks on a terminal' asked
check 'publish: a site in a larger repository' part_of_a_repository
check 'publish: not in git, nobody known' not_in_git
check 'publish: no branch, an unfinished merge' in_the_middle
check 'publish: two people, one after the other' both_sides_agree
check 'publish: two people, one cell' both_sides_differ
check 'publish: what was merged is checked' merged_is_checked
check 'publish: the other repository cannot be reached' unreachable
check 'release: a small site of its own' release
check 'release: stays as it was' release_is_frozen
check 'release: what it refuses' release_refusals
check 'restore: a file, a folder, a copy' restore
check 'restore: what it refuses' restore_refusals
check 'manifest: hashes of all files' manifest
check 'verify: a folder' verify
check 'verify: an address' verify_address
check 'publish: killed at any call, old or new' killed
cat "$work/killed" 2>/dev/null || true

finish
