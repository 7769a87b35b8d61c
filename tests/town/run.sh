#!/usr/bin/env bash
# The audit against a town of school sites on loopback (server.mjs): every row
# of the table of what real sites do, politeness by the server's own log,
# replays, breaks, a full disk.
set -euo pipefail
: "${VIDNO:?the program}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh

here=$PWD/tests/town
work=$(mktemp -d)
server=
stop_server() {
  [ -z "$server" ] || kill "$server" 2>/dev/null || true
  server=
}
internet=
timed=
stop_others() {
  local one
  for one in $internet $timed; do
    kill "$one" 2>/dev/null || true
  done
}
trap 'stop_others; stop_server; rm -rf "$work"' EXIT
town=$work/town
site=$work/site
agent="Vidno/$("$VIDNO" --version | cut -d' ' -f2) (+https://town.example/; audit@town.example)"
round=2022-11-15
rows=$site/data/town/audit/$round.csv
archive=$site/audits/town/$round

start_server() {
  rm -rf "$town"
  mkdir "$town"
  node tests/town/server.mjs "$town" >"$work/server" 2>&1 &
  server=$!
  until [ -e "$town/ready" ]; do
    kill -0 "$server" 2>/dev/null || {
      cat "$work/server"
      return 1
    }
    sleep 0.1
  done
}

# tell COMMAND: what control.mjs says; fails when that is not "ok".
tell() {
  local said
  {
    echo "$*" >&9
    read -r said <&9
  } 9<>"$(cat "$town/control")"
  [ "$said" = ok ]
}

# now_at: the line of the log at which the server is.
now_at() {
  tell settle
  wc -l <"$town/access.csv"
}

# asked LINE: how often each address has been asked since that line of the log,
# but for those of the visit that goes on beside the tests (begin_timed).
asked() {
  tell settle
  tail -n "+$(($1 + 1))" "$town/access.csv" | grep ',ask,' | cut -d, -f5,6 |
    grep -vFf <(sed -n 's#.*,http://\([^,/]*\)/,.*#"\1",#p' "$town/timed.csv") | sort | uniq -c
}

fresh_site() {
  rm -rf "$site"
  cp -r tests/town/site "$site"
  mkdir -p "$site/data/town"
  cp data/audit-*.csv "$site/data/"
  cp "$town/schools.csv" "$site/data/town/schools.csv"
}

# run STATUS OPTIONS...: the audit of the town in $work/out and $work/err.
run() {
  local wanted=$1 status=0
  shift
  "$VIDNO" audit "$@" --site "$site" >"$work/out" 2>"$work/err" || status=$?
  [ "$status" -eq "$wanted" ] || {
    echo "status $status, not $wanted: audit $*"
    tail -n 20 "$work/out" "$work/err"
    return 1
  }
}

net=(--any-hour --date "$round" --resolve "$town/hosts" --settings tests/town/settings.yaml
  --allow-private --roots "$town/tls/root.crt")

# visited_on DAY: the rows say that they are of that day.
visited_on() {
  sed -i -E "s/,[0-9]{4}-[0-9]{2}-[0-9]{2}T([0-9:]{8}Z,)/,$1T\1/" "$rows"
}

says() {
  grep -qF -e "$2" "$work/$1" || {
    echo "no «$2» in:"
    cat "$work/$1"
    return 1
  }
}

# -- the whole table ---------------------------------------------------------

visit() {
  fresh_site
  run 0 town "${net[@]}"
  says out 'A person should look at:'
  says out 'Found / could be checked / excluded:'
  [ ! -s "$work/err" ] || cat "$work/err"
  cp "$work/out" "$work/visited"
}

# Sites that answer too late, in a visit of their own, since all others have the
# time that they need. It is mostly waiting, and goes on beside the others.
begin_timed() {
  local site=$work/timed
  fresh_site
  cp "$town/timed.csv" "$site/data/town/schools.csv"
  sed 's/^first-byte-ms: .*/first-byte-ms: 8000/; s/^low-seconds: .*/low-seconds: 8/' \
    tests/town/settings.yaml >"$work/timed.yaml"
  "$VIDNO" audit town "${net[@]}" --settings "$work/timed.yaml" --site "$site" >"$work/timed.out" 2>&1 &
  timed=$!
}

end_timed() {
  local status=0 site=$work/timed
  wait "$timed" || status=$?
  timed=
  [ "$status" -eq 0 ] || {
    cat "$work/timed.out"
    not_ok 'sites that are too slow are visited' "status $status"
  }
  node "$here/check.mjs" timed "$site/data/town/audit/$round.csv" "$site/audits/town/$round" || tap_failed=1
  polite timed || tap_failed=1
}

# polite expect|timed: by the log of the server.
polite() {
  tell settle
  node "$here/politeness.mjs" "$1" "$town/access.csv" 150 "$agent" 60
}

# sum ITEM: n / N / excluded, from the rows themselves.
sum() {
  awk -F, -v item="$1" '$2 == item { all[$3]++ }
    END {
      print all["yes"] + 0, all["yes"] + all["no"] + all["defective"], all["not-checked"] + all["not-applicable"]
    }' "$rows"
}

sums() {
  local schools n of excluded title
  schools=$(tail -n +2 "$town/schools.csv" | wc -l)
  for item in programme order agreements; do
    read -r n of excluded < <(sum "$item")
    title=$(grep "^$item," "$site/data/audit-checklist.csv" | cut -d, -f2)
    grep -qE "^ +$n / +$of / +$excluded +$title" "$work/visited"
    [ $((of + excluded)) -eq "$schools" ]
  done
}

# A process that may have forty open files.
few_files() {
  fresh_site
  (
    ulimit -n 40
    run 0 town "${net[@]}" --schools "$(cat "$town/quick")"
  )
  [ ! -s "$work/err" ] || cat "$work/err"
  SOME=1 node "$here/check.mjs" expect "$rows"
}

# The pages of a school are counted also where others answer for it.
budget() {
  fresh_site
  local from
  from=$(now_at)
  cp tests/town/settings.yaml "$work/few.yaml"
  echo 'pages: 8' >>"$work/few.yaml"
  run 0 town "${net[@]}" --settings "$work/few.yaml" --schools yandex-list
  [ "$(asked "$from" | awk '/"cloud-api.yandex.net","\/v1\// { n += $1 } END { print n }')" -eq 7 ]
  grep -q ',budget,' "$archive/yandex-list.log.csv"
}

# -- names that would lead elsewhere -----------------------------------------

# with_id ID: a school of that name, visited; all files but those of the site.
with_id() {
  fresh_site
  printf 'school,name,kind,site\n"%b",Школа,secondary,http://plain.town.test:8080/../../../x\n' "$1" \
    >"$site/data/town/schools.csv"
  timeout 300 "$VIDNO" audit town "${net[@]}" --site "$site" >"$work/out" 2>"$work/err" || return $?
}

files_elsewhere() {
  find "$work" -path "$site" -prune -o -path "$town" -prune -o -path "$work/timed*" -prune -o \
    -path "$work/internet*" -prune -o -type f -print | sort
}

odd_names() {
  local id status long
  long=$(printf 'a%.0s' $(seq 300))
  files_elsewhere >"$work/files"
  for id in ../x ../../x a/b /x . .. .x CON школа "$long" 'a b' 'a\0b' '../x\0' 'a\nb' 'A' '-x' 'x.open' 'visit'; do
    status=0
    with_id "$id" || status=$?
    echo "$id: $status"
    # A name is taken, with both files, or refused where it stands.
    case $status in
    0) [ -e "$archive/$id.warc.gz" ] && [ -e "$archive/$id.log.csv" ] ;;
    1) says err 'schools.csv:2:' && [ ! -e "$site/audits" ] ;;
    *) false ;;
    esac
    [ -z "$(find "$site" -newer "$site/content/site.yaml" -type f ! -path "$site/audits/*" \
      ! -path "$site/data/*" ! -path "$site/content/*")" ]
  done
  files_elsewhere | diff "$work/files" -
  for date in ../../x 2022-11-15/../../../x /x; do
    run 2 town "${net[@]}" --date "$date"
  done
}

# Nothing is written but the archive and the rows.
nothing_elsewhere() {
  (cd "$site" && find . -newer content/site.yaml -type f ! -path './audits/town/*' ! -path './audits/.gitignore' \
    ! -path './data/town/audit/*' ! -path './data/*.csv' ! -path './data/town/schools.csv' \
    ! -path './content/*') >"$work/elsewhere"
  [ ! -s "$work/elsewhere" ] || {
    cat "$work/elsewhere"
    return 1
  }
  ! find "$site" -name '*.open' | grep .
}

# -- again without network ---------------------------------------------------

replay() {
  cp -r "$site/data/town/audit" "$work/before"
  run 0 town --replay "$archive"
  diff -r "$work/before" "$site/data/town/audit"
  ! grep -q 'Rule change' "$work/out"
}

# A list that no longer knows the programme: not the sites have changed.
rule_change() {
  cp "$site/data/audit-checklist.csv" "$work/list.csv"
  sed -i 's/^programme,\(.*\)$/programme,\1/; /^programme,/s/программ/прагромм/g' \
    "$site/data/audit-checklist.csv"
  run 0 town --replay "$archive"
  says out 'Rule change'
  says out 'plain, programme: found → not found once'
  cp "$work/list.csv" "$site/data/audit-checklist.csv"
  run 0 town --replay "$archive"
  diff -r "$work/before" "$site/data/town/audit"
}

# The department's own list is judged by in place of the site's, and goes again.
own_list() {
  local own=$site/data/town/audit-checklist.csv
  sed '/^programme,/s/программ/прагромм/g' "$site/data/audit-checklist.csv" >"$own"
  run 0 town --replay "$archive"
  says out 'Checklist of the department: data/town/audit-checklist.csv'
  says out 'Rule change'
  says out 'plain, programme: found → not found once'
  # An item more is judged too, by what was kept.
  sed '1!d' "$own" >"$work/head"
  python3 -c 'import csv, sys
head = next(csv.reader(open(sys.argv[1])))
row = {"item": "own", "title": "Своё", "words": "программ"}
csv.writer(sys.stdout, lineterminator="\n").writerow([row.get(c, "") for c in head])' \
    "$work/head" >>"$own"
  run 0 town --replay "$archive"
  grep -q '^plain,own,yes,' "$rows"
  # Without it the rows of its item have none to refer to.
  mv "$own" "$work/own.csv"
  run 1 town --replay "$archive"
  says err 'data/audit-checklist.csv has no row with this id'
  cp "$work/before/"* "$site/data/town/audit/"
  run 0 town --replay "$archive"
  diff -r "$work/before" "$site/data/town/audit"
  says out 'Checklist: data/audit-checklist.csv'
}

# Order 1493 holds from a later day on.
markup() {
  run 0 town "${net[@]}" --date 2024-10-15 --order-1493 --schools "$(cat "$town/markup")" --position 'town, loopback'
  grep -q '^position: "town, loopback"$' "$site/audits/town/2024-10-15/visit.yaml"
  says out 'markup of order 1493'
}

# -- a person decides --------------------------------------------------------

show() {
  run 0 show town plain
  says out 'programme.pdf'
  says out 'SHA-256'
  says out 'by the header of the answer'
  says out 'plain.warc.gz'
  run 0 show town yandex-folder
  says out '25 in all: Отчёт.pdf (77 B, MD5 aaaa'
  run 2 show town nobody
  says err 'no such school'
}

decision() {
  run 2 set town nothing programme yes --why 'on paper' --as auditor
  says err '--url'
  run 2 set town nothing programme yes --url http://nothing.town.test/p --as auditor
  says err '--why'
  run 2 set town nothing programme yes --url http://nothing.town.test/p --why seen
  says err '--as'
  run 2 set town nothing programme yes --url http://nothing.town.test/p --why seen --as nobody
  run 2 set town nothing programm yes --url http://nothing.town.test/p --why seen --as auditor
  says err 'programme”'
  run 2 set town nothing programme maybe --why seen --as auditor
  run 0 set town nothing programme yes --url http://nothing.town.test/p --why 'seen, by eye' \
    --as auditor
  grep -q '^nothing,programme,yes,http://nothing.town.test/p,,,.*,manual,auditor,"seen, by eye",2,' \
    "$rows"
  grep -q '^nothing,programme,no,.*,automatic,' "$rows"
  cp "$rows" "$work/decided.csv"
  run 0 town --replay "$archive"
  diff "$work/decided.csv" "$rows"
  run 0 show town nothing
  says out 'decided by auditor'
}

letters() {
  run 0 letter town nothing
  says out 'To: Школа «nothing»'
  says out 'Not found once'
  run 0 letter town --out "$work/letters"
  [ -s "$work/letters/nothing.md" ]
  run 2 letter town nobody
  run 1 letter town --date 2021-01-01
}

# -- a second visit ----------------------------------------------------------

confirm() {
  visited_on 2022-11-15
  run 0 town --confirm "${net[@]}" --schools nothing,plain
  grep -q '^nothing,order,no,.*,automatic,,[^,]*,3,confirmed,' "$rows"
  says out '- not found '
  [ -e "$archive/visit-3/nothing.warc.gz" ]
}

# Only on another day, unless that begins just now.
confirm_today() {
  local today
  today=$(date -u +%Y-%m-%d)
  visited_on "$today"
  if ! run 2 town --confirm "${net[@]}" --schools nothing; then
    [ "$today" != "$(date -u +%Y-%m-%d)" ]
  else
    says err 'another day'
  fi
}

# -- breaks: breaks.sh --------------------------------------------------------

# shellcheck source=tests/town/breaks.sh
. tests/town/breaks.sh

# All addresses of the town are private.
private() {
  fresh_site
  local before after
  tell settle
  before=$(grep -c ,open, "$town/access.csv")
  run 0 town --any-hour --date "$round" --resolve "$town/hosts" --schools plain,ucoz
  tell settle
  after=$(grep -c ,open, "$town/access.csv")
  [ "$before" -eq "$after" ]
  says out 'private network'
  grep -q '^plain,programme,not-checked,' "$rows"
}

# -- wrong use ---------------------------------------------------------------

wrong_use() {
  fresh_site
  mkdir "$work/empty"
  run 2
  run 2 towm
  says err 'town”'
  run 2 town --date yesterday
  run 2 town --schools nobody
  run 2 town --replay "$work/empty"
  run 2 town --resume
  run 2 town --resume --confirm
  run 2 town --settings "$work/none.yaml"
  echo 'delay-ms: 5' >"$work/rude.yaml"
  run 2 town --settings "$work/rude.yaml"
  says err 'less polite'
  echo 'delay: 5000' >"$work/rude.yaml"
  run 2 town --settings "$work/rude.yaml"
  says err 'no such setting'
  sed -i '/base_url/d' "$site/content/site.yaml"
  run 2 town
  says err '--contact'
}

# -- private addresses -------------------------------------------------------

# Public sites that lead to private addresses, in a network of their own. It
# takes half a minute, most of it waiting, so it goes on beside the others.
own_network() {
  unshare --map-root-user --net --mount "$@"
}

begin_internet() {
  mkdir "$work/internet"
  if own_network sh -c 'ip link set lo up && mount --bind /etc/hosts /etc/resolv.conf' 2>/dev/null; then
    own_network tests/town/internet.sh "$work/internet" >"$work/internet.tap" 2>&1 &
    internet=$!
  else
    echo 'ok - nothing private is asked # SKIP no network of our own here' >"$work/internet.tap"
  fi
}

end_internet() {
  [ -z "$internet" ] || wait "$internet" || tap_failed=1
  internet=
  cat "$work/internet.tap"
}

# What the tests say is read once more at the end.
exec 3>&1 > >(tee "$work/tap")
tee=$!
begin_internet
start_server
begin_timed
check 'the town is visited' visit
node "$here/check.mjs" expect "$rows" "$archive" || tap_failed=1
polite expect || tap_failed=1
check 'nothing is written elsewhere' nothing_elsewhere
check 'a replay gives the same bytes' replay
check 'new rules over old answers are called so (row 70)' rule_change
check 'a list of the department stands in place of the common one' own_list
check 'shares are printed as n / N / excluded (row 71)' sums
check 'the markup of order 1493 is looked for' markup
node "$here/check.mjs" markup "$site/data/town/audit/2024-10-15.csv" || tap_failed=1
rm -f "$site"/data/town/audit/2024-10-15.*
check 'the evidence is shown' show
check 'a person decides' decision
check 'letters are written' letters
check 'a second visit confirms' confirm
check 'a second visit is of another day' confirm_today
check 'a killed visit is resumed (row 67)' killed
check 'a visit that is asked to stop says how to go on' stopped
check 'one audit of a department at a time' one_at_a_time
check 'a line of the terminal tells how far it is' terminal
check 'a visit goes on with another checklist' other_list
check 'a visit goes on with other schools' other_schools
check 'a visit goes on in its own round' other_date
check 'what another version began is made anew' other_version
check 'a second visit goes on' confirm_broken
check 'what cannot be judged is not checked' unjudged
check 'forty open files are enough (row 69)' few_files
check 'the budget counts what others answer (row 54)' budget
check 'no name leads elsewhere' odd_names
check 'a full disk stops cleanly' full_disk
if unshare -rm true 2>/dev/null; then
  check 'a disk without room stops cleanly' no_room
else
  echo 'ok - a disk without room stops cleanly # SKIP no file systems of our own here'
fi
end_timed
check 'private addresses are not asked' private
check 'wrong use is explained' wrong_use
end_internet
exec >&3
wait "$tee"
node "$here/rows.mjs" "$work/tap" || tap_failed=1
finish
