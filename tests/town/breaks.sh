# Breaks of a visit, and what may be otherwise when it goes on. Read by run.sh.
# shellcheck shell=bash disable=SC2034,SC2154

# -- breaks ------------------------------------------------------------------

some=plain,ucoz,gosweb,bitrix,wordpress,cards,calendar,endless-path,nothing,scan,frames,formats

# All of the rows but when it was.
judged() {
  sed -E 's/,[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}Z,/,,/' "$rows"
}

whole() {
  fresh_site
  local from
  from=$(now_at)
  run 0 town "${net[@]}" --schools "$some"
  asked "$from" >"$work/asked"
  judged >"$work/whole.csv"
}

# Schools that are done.
done_by_now() {
  { find "$archive" -name '*.log.csv' 2>/dev/null || true; } | wc -l
}

# until_true COMMAND: while the audit in the background goes on.
until_true() {
  until "$@"; do
    kill -0 "$audit" 2>/dev/null || {
      echo "the audit is over before: $*"
      cat "$work/begun"
      return 1
    }
    sleep 0.05
  done
}

are_done() {
  [ "$(done_by_now)" -ge "$1" ]
}

# begin LOGS N HELD OPTIONS...: an audit in the background ($audit) that has come
# to where LOGS more schools are done, and those of HELD, a list, wait for the
# answer to their question after N more. So it cannot end before it is released.
begin() {
  local wanted=$(($(done_by_now) + $1))
  tell hold "$2" "$3"
  shift 3
  "$VIDNO" audit town "${net[@]}" --site "$site" "$@" >"$work/begun" 2>&1 &
  audit=$!
  trap leave_nothing EXIT
  until_true are_done "$wanted"
  until_true tell held
}

# A test that fails leaves no audit to the next one.
leave_nothing() {
  [ -z "$audit" ] || kill -9 "$audit"
}

# end_with SIGNAL: the audit in the background is over, and nobody waits; its
# status.
end_with() {
  local status=0
  kill -"$1" "$audit"
  wait "$audit" 2>/dev/null || status=$?
  audit=
  tell settle
  tell release
  return "$status"
}

# released: the audit in the background ends well.
released() {
  tell release
  wait "$audit"
  audit=
}

# killed_after LOGS N HELD OPTIONS...: gone when it has come so far.
killed_after() {
  begin "$@"
  end_with KILL || true
  [ ! -e "$rows" ]
}

# Some schools are done, some are not, and the program is gone, three times. What
# was answered is not asked again: for each kill and host at most the one
# question that was under way; robots.txt of a host stands for all of it.
killed() {
  whole
  fresh_site
  local from
  from=$(now_at)
  killed_after 2 1 wordpress,cards,nothing,scan,calendar,endless-path,frames,formats --schools "$some"
  find "$archive" -name '*.warc.gz.open' | grep -q .
  run 2 town "${net[@]}"
  says err '--resume'
  killed_after 2 2 calendar,endless-path,frames,formats --resume
  find "$archive" -name '*.log.csv' -exec sha256sum {} + | sort >"$work/done"
  killed_after 2 3 calendar,formats --resume
  run 0 town --resume "${net[@]}"
  sha256sum --quiet -c "$work/done"
  asked "$from" >"$work/asked.again"
  node "$here/again.mjs" "$work/asked" "$work/asked.again" 3
  judged | diff "$work/whole.csv" -
  run 2 town --resume "${net[@]}"
}

# Two ways to ask it to stop.
stopped() {
  local signal status
  fresh_site
  begin 2 2 nothing,calendar,endless-path,frames,formats --schools "$some"
  for signal in INT TERM; do
    status=0
    end_with "$signal" || status=$?
    [ "$status" -eq 1 ]
    grep -q '^Stopped\. [0-9]* of 12 schools are done; go on with: vidno audit town --resume$' "$work/begun"
    [ ! -e "$rows" ]
    [ "$signal" = TERM ] || begin 2 3 calendar,formats --resume
  done
  run 0 town --resume "${net[@]}"
  says out 'Going on with visit 1 of the round 2022-11-15: schools 12, done '
  judged | diff "$work/whole.csv" -
}

# Nobody else audits the department meanwhile; what people decide stays.
one_at_a_time() {
  fresh_site
  run 0 town "${net[@]}" --schools nothing
  visited_on 2022-11-15
  begin 0 1 nothing --confirm
  find "$site" -type f ! -name '*.open' -exec sha256sum {} + >"$work/before.sums"
  run 3 town "${net[@]}" --date 2022-11-16
  says err 'another audit of this department is under way'
  run 3 town --replay "$archive"
  sha256sum --quiet -c "$work/before.sums"
  [ ! -e "$site/audits/town/2022-11-16" ]
  run 0 set town nothing order yes --url http://nothing.town.test/p --why 'seen' --as auditor
  released
  grep -q '^nothing,order,yes,.*,manual,auditor,' "$rows"
  grep -q '^nothing,programme,no,.*,automatic,,[^,]*,2,confirmed,' "$rows"
}

# A line for who waits, as wide as the terminal and no wider. The last school is
# kept waiting until the line has come.
terminal() {
  local columns
  for columns in 40 80; do
    fresh_site
    tell hold 1 nothing
    TERM=xterm script -fqec "stty cols $columns; LANGUAGE=ru '$VIDNO' audit town ${net[*]} --site '$site' --schools $some" \
      "$work/typescript" >"$work/begun" 2>&1 </dev/null &
    audit=$!
    trap leave_nothing EXIT
    until_true grep -qs 'осталось около' "$work/typescript"
    released
    tr '\r' '\n' <"$work/typescript" | sed -n "s/^\x1b\[K\(..*\)/\1/p" >"$work/lines"
    grep -q '^школ [0-9]* из 12, осталось около' "$work/lines"
    [ "$(LC_ALL=C.UTF-8 grep -cE "^.{$columns}" "$work/lines")" -eq 0 ]
    rm "$work/typescript"
  done
  LC_ALL=C.UTF-8 grep -qE '^школ [0-9]* из 12, .*, [a-z-]+, запросов в секунду [0-9.]+$' "$work/lines"
}

# -- what changes between the runs -------------------------------------------

# broken OPTIONS...: a visit of some schools, gone in the middle.
broken() {
  fresh_site
  killed_after 4 2 nothing,calendar,endless-path,frames,formats "$@"
}

other_list() {
  broken --schools "$some"
  sed -i '/^programme,/s/программ/прагромм/g' "$site/data/audit-checklist.csv"
  run 0 town --resume "${net[@]}"
  says out 'another checklist than at the beginning'
  grep -q '^plain,programme,no,' "$rows"
  run 2 town --resume "${net[@]}"
}

# One school is gone, one is new, one that was done lives elsewhere.
other_schools() {
  local finished
  fresh_site
  cp "$site/data/town/schools.csv" "$work/schools.csv"
  grep -E "^(school|${some//,/|})," "$work/schools.csv" | grep -v '^ucoz,' >"$site/data/town/schools.csv"
  killed_after 4 2 calendar,endless-path,frames,formats
  finished=$(basename "$(find "$archive" -name '*.log.csv' ! -name "calendar.*" | sort | head -1)" .log.csv)
  grep -E "^(school|${some//,/|})," "$work/schools.csv" | grep -v '^calendar,' |
    sed "s#http[^,]*://$finished\.[^,]*#http://says-download.town.test:8080/#" >"$site/data/town/schools.csv"
  run 0 town --resume "${net[@]}"
  says out 'not in schools.csv any more, left out: calendar'
  says out 'new in schools.csv, visited too: ucoz'
  says out "another address than at the beginning, visited there: $finished"
  grep -q '^ucoz,programme,yes,' "$rows"
  [ "$(grep -c '^calendar,' "$rows")" -eq 0 ]
  grep -q "^$finished,.*,http://says-download.town.test:8080/" "$rows"
}

other_date() {
  broken --schools "$some"
  run 2 town --resume "${net[@]}" --date 2022-11-16
  says err 'no visit of this round was broken off, but one of another'
  run 2 town --resume "${net[@]}" --schools plain
  says err 'belong to the beginning'
  run 0 town "${net[@]}" --date 2022-11-16 --schools plain
  says out 'A visit of another round was broken off'
  run 0 town --resume "${net[@]}"
  [ -s "$rows" ]
}

other_version() {
  broken --schools "$some"
  sed -i 's/^program: .*/program: "Vidno 0.0.1"/' "$archive/visit.yaml.open"
  local file
  for file in "$archive"/*.warc.gz.open; do
    printf 'WARC/1.1\r\nWARC-Type: warcinfo\r\nWARC-Record-ID: <urn:uuid:0>\r\nContent-Type: application/warc-fields\r\nContent-Length: 23\r\n\r\nsoftware: Vidno/0.0.1\r\n\r\n\r\n' |
      gzip -c >"$file"
  done
  run 0 town --resume "${net[@]}"
  says out 'begun by Vidno 0.0.1: visits under way are made anew'
  says err 'that another version of the program had begun'
  judged | diff "$work/whole.csv" -
}

# The second visit of a round is broken off.
confirm_broken() {
  fresh_site
  run 0 town "${net[@]}" --schools "$some"
  visited_on 2022-11-15
  cp "$rows" "$work/first.csv"
  begin 0 1 nothing --confirm
  end_with KILL || true
  diff "$work/first.csv" "$rows"
  run 0 town --resume "${net[@]}"
  says out 'Going on with visit 2 of the round 2022-11-15'
  grep -q '^nothing,order,no,.*,automatic,,[^,]*,2,confirmed,' "$rows"
  [ -e "$archive/visit-2/nothing.warc.gz" ]
}

# What cannot be judged is "not checked", and the others are judged.
unjudged() {
  fresh_site
  run 0 town "${net[@]}" --schools plain,ucoz,gosweb
  judged | grep -v '^ucoz,' >"$work/others.csv"
  echo 'spoilt' >"$archive/ucoz.log.csv"
  run 0 town --replay "$archive"
  says out 'The program could not read the answers of the site'
  grep -q '^ucoz,programme,not-checked,' "$rows"
  judged | grep -v '^ucoz,' | diff "$work/others.csv" -
}

# The visit goes on, and asks for nothing that it has.
goes_on() {
  [ ! -e "$rows" ]
  run 0 town --resume "${net[@]}"
  asked "$1" >"$work/asked.again"
  node "$here/again.mjs" "$work/asked" "$work/asked.again" 1
  judged | diff "$work/whole.csv" -
}

# A file may not grow past a few kilobytes.
full_disk() {
  fresh_site
  local from
  from=$(now_at)
  (
    trap '' XFSZ
    ulimit -f 8
    run 3 town "${net[@]}" --schools "$some"
  )
  says err 'too large'
  goes_on "$from"
}

# All of the disk is full. What was written is taken out of it, and there is room.
no_room() {
  fresh_site
  local from status=0
  from=$(now_at)
  mkdir -p "$archive"
  # shellcheck disable=SC2016
  unshare -rm bash -c 'small=$1 kept=$2; shift 2
    mount -t tmpfs -o size=96k small "$small" && "$@" || status=$?
    cp -a "$small" "$kept"; exit "${status:-0}"' bash "$archive" "$work/kept" \
    "$VIDNO" audit town --site "$site" "${net[@]}" --schools "$some" >"$work/out" 2>"$work/err" || status=$?
  [ "$status" -eq 3 ]
  says err 'No space left'
  says err 'Free some space'
  rm -r "$archive"
  cp -a "$work/kept" "$archive"
  goes_on "$from"
}
