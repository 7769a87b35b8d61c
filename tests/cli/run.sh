#!/usr/bin/env bash
# The command line as people meet it: help, options, exit statuses (0 done, 1
# problems in the input, 2 wrong use, 3 the system failed), formats, colours,
# the preview.
set -euo pipefail
: "${VIDNO:?the program}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/tmp"
export TMPDIR=$work/tmp
site=$work/site
day=2025-06-01

# run STATUS COMMAND...: its standard output in $work/out, its errors in
# $work/err; the status has to be the one named.
run() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/out" 2>"$work/err" || status=$?
  [ "$status" -eq "$wanted" ] || {
    echo "status $status, not $wanted: $*"
    cat "$work/out" "$work/err"
    return 1
  }
}

# says FILE TEXT: the output (out) or the errors (err) hold it.
says() {
  grep -qF -e "$2" "$work/$1" || {
    echo "no «$2» in:"
    cat "$work/$1"
    return 1
  }
}

silent() {
  [ ! -s "$work/$1" ] || {
    cat "$work/$1"
    return 1
  }
}

# -- help ------------------------------------------------------------------

help() {
  run 0 "$VIDNO" help
  for command in build check diff log audit new serve help; do
    says out "$command"
  done
  silent err
  mv "$work/out" "$work/help"
  run 0 "$VIDNO" --help
  diff "$work/help" "$work/out"
  run 0 "$VIDNO" -h
  diff "$work/help" "$work/out"
  run 2 "$VIDNO"
}

help_of_each() {
  local command
  for command in build check diff log audit new serve help; do
    run 0 "$VIDNO" help "$command"
    says out "vidno $command"
    mv "$work/out" "$work/help"
    run 0 "$VIDNO" "$command" --help
    diff "$work/help" "$work/out"
    [ "$(wc -L <"$work/out")" -le 100 ]
  done
  run 0 "$VIDNO" help build
  says out '--jobs'
}

help_russian() {
  local command
  for command in build check diff log audit new serve help; do
    LANGUAGE=ru run 0 "$VIDNO" help "$command"
    says out 'Как вызывать'
    if grep -E '^  --' "$work/out" | grep -vP '\p{Cyrillic}'; then return 1; fi
  done
}

languages() {
  LANGUAGE=en LANG=ru_RU.UTF-8 run 2 "$VIDNO" nothing
  says err 'unknown command'
  run 2 env -u LANGUAGE -u LC_ALL LANG=ru_RU.UTF-8 "$VIDNO" nothing
  says err 'неизвестная команда'
  run 2 env -u LANGUAGE LC_ALL=ru_RU.UTF-8 "$VIDNO" nothing
  says err 'неизвестная команда'
  run 2 env -u LANGUAGE -u LC_ALL -u LANG "$VIDNO" nothing
  says err 'unknown command'
}

version() {
  run 0 "$VIDNO" --version
  grep -qxE 'vidno [0-9]+\.[0-9]+\.[0-9]+' "$work/out"
  silent err
}

# -- wrong use ---------------------------------------------------------------

unknown_command() {
  run 2 "$VIDNO" biuld
  says err 'did you mean build?'
  silent out
  run 2 "$VIDNO" xyzzy
  says err 'vidno help'
  run 2 "$VIDNO" help chek
  says err 'did you mean check?'
}

unknown_option() {
  run 2 "$VIDNO" build --jbos 2
  says err 'did you mean --jobs?'
  run 2 "$VIDNO" check --formta=json
  says err 'did you mean --format?'
  run 2 "$VIDNO" build -j 2
  says err 'vidno help build'
  run 2 "$VIDNO" build extra
  says err '«extra» is too much'
}

wrong_value() {
  run 2 "$VIDNO" build --out
  says err '--out needs a value'
  run 2 "$VIDNO" build --jobs 0
  says err 'from 1 to 256'
  run 2 "$VIDNO" build --jobs=eight
  says err '«eight»'
  run 2 "$VIDNO" check --format xml
  says err 'text, json'
  run 2 "$VIDNO" build --quiet=yes
  says err 'takes no value'
  run 2 "$VIDNO" serve --port 70000
  says err '65535'
  run 2 "$VIDNO" new
  says err 'vidno new'
  run 2 "$VIDNO" build --profile secret
  says err 'public, internal'
}

# -- new ---------------------------------------------------------------------

make_new() {
  run 0 "$VIDNO" new "$site" --department lug
  says out 'vidno serve'
  run 1 "$VIDNO" new "$site"
  says err 'nothing was changed'
  run 1 "$VIDNO" new "$work/other" --department 'Лужский отдел'
  says err '--department luzhskij-otdel'
  [ ! -e "$work/other" ]
  grep -qx '/public/' "$site/.gitignore"
  git init -q "$work/empty"
  echo '*.bak' >"$work/empty/.gitignore" # somebody's own stays
  run 0 "$VIDNO" new "$work/empty"
  [ "$(<"$work/empty/.gitignore")" = '*.bak' ]
  run 1 "$VIDNO" new "$work/no/such/folder"
}

# A theme of one file: the rest comes from the default one.
make_theme() {
  local own=$work/themed page=public/lug/indicators/index.html
  run 0 "$VIDNO" new "$own" --department lug
  run 0 "$VIDNO" new theme ours mark --site "$own"
  says out 'theme: ours'
  [ "$(cd "$own/themes" && find . -type f)" = ./ours/templates/mark.mustache ]
  sed -i 's/^theme:.*//; $a theme: ours' "$own/content/site.yaml"
  run 0 "$VIDNO" build --site "$own" --date "$day" --quiet
  cp "$own/$page" "$work/before.html"
  printf '<em class="own">{{word}}</em>' >"$own/themes/ours/templates/mark.mustache"
  run 0 "$VIDNO" build --site "$own" --date "$day" --quiet
  grep -q '<em class="own">' "$own/$page"
  [ "$(grep -c 'class="own"' "$work/before.html")" -eq 0 ]
  printf '{{wrod}}\n{{#word}}' >"$own/themes/ours/templates/mark.mustache"
  run 1 "$VIDNO" check --site "$own" --date "$day"
  says err 'themes/ours/templates/mark.mustache:2:'
  printf '\n{{wrod}}' >"$own/themes/ours/templates/mark.mustache"
  run 1 "$VIDNO" check --site "$own" --date "$day"
  says err 'themes/ours/templates/mark.mustache:2:1: error: «wrod»: the page lug/'
}

# Nothing of somebody's work is written over; wrong names get an answer.
make_theme_wrongly() {
  local own=$work/themed
  run 2 "$VIDNO" new theme
  says err 'vidno new theme ours'
  run 1 "$VIDNO" new theme ours mark --site "$own"
  says err 'nothing was changed'
  run 1 "$VIDNO" new theme ours schol --site "$own"
  says err 'templates/school.mustache'
  [ ! -e "$own/themes/ours/templates/school.mustache" ]
  run 1 "$VIDNO" new theme '../up' --site "$own"
  run 1 "$VIDNO" new theme default --site "$own"
  run 1 "$VIDNO" new theme ours --site "$work/tmp"
  says err 'not a site'
  run 0 "$VIDNO" new theme whole --site "$own"
  [ -f "$own/themes/whole/css/10-base.css" ]
  [ ! -e "$own/themes/whole/preview.png" ]
}

fields() {
  run 0 "$VIDNO" check --site "$site" --date "$day" --format fields
  says out '### school.mustache'
  says out 'charts_title'
}

# -- what git knows --------------------------------------------------------------

# told: a site with the history of the golden case.
told() {
  mkdir -p "$work/told"
  cp -r tests/golden/tiny/site/. tests/golden/history/site/. "$work/told"
  (cd "$work/told" && "$OLDPWD/tests/golden/history/commits") >/dev/null
}

# The second build takes what the first has kept, and gives the same.
history_kept() {
  told
  run 0 "$VIDNO" build --site "$work/told" --date "$day" --out "$work/first"
  [ -f "$work/first/lesnoy/changes/index.html" ]
  [ -d "$work/told/.git/vidno" ]
  run 0 "$VIDNO" build --site "$work/told" --date "$day" --out "$work/second"
  diff -r "$work/first" "$work/second"
  for kept in "$work"/told/.git/vidno/*; do head -c 100 /dev/zero >"$kept"; done
  rm -rf "$work/second"
  run 0 "$VIDNO" build --site "$work/told" --date "$day" --out "$work/second"
  diff -r "$work/first" "$work/second"
}

history_off() {
  run 0 "$VIDNO" build --site "$work/told" --date "$day" --out "$work/plain" --no-history
  [ ! -e "$work/plain/lesnoy/changes" ]
  cp -r "$work/told" "$work/told.off"
  echo 'history: no' >>"$work/told.off/content/site.yaml"
  run 0 "$VIDNO" build --site "$work/told.off" --date "$day" --out "$work/off"
  # The option leaves out the manifest too, for git is not asked at all.
  [ -e "$work/off/manifest/index.html" ]
  find "$work/off" -name '*.html' \
    -exec sed -i 's| <a href="[^"]*manifest/\(index.html\)\?">[^<]*</a>||' {} +
  diff -r -x manifest -x manifest.json -x .vidno-manifest -x sitemap.xml "$work/plain" "$work/off"
  rm -rf "$work/told.off"
}

# Nothing is dated from a part of a history.
history_cut() {
  git clone -q --depth 2 "file://$work/told" "$work/cut"
  run 0 "$VIDNO" check --site "$work/cut" --date "$day"
  says err 'shallow'
  run 0 "$VIDNO" build --site "$work/cut" --date "$day" --out "$work/cut.out"
  [ ! -e "$work/cut.out/lesnoy/changes" ]
  grep -qF 'Копия репозитория неполная' "$work/cut.out/lesnoy/data/results/index.html"
  ! grep -rqF -e 'Опечатка исправлена' -e 'Методист отдела:' "$work/cut.out"
}

# Line ends are git's business: the rows and texts stay committed.
history_line_ends() {
  git clone -q -c core.autocrlf=true "$work/told" "$work/crlf"
  grep -q $'\r' "$work/crlf/data/lesnoy/results.csv"
  run 0 "$VIDNO" build --site "$work/crlf" --date "$day" --out "$work/crlf.out"
  ! grep -rqF -e 'ещё не сохранен' "$work/crlf.out"
}

# -- check and build -----------------------------------------------------------

good() {
  run 0 "$VIDNO" check --site "$site" --date "$day"
  says out 'No errors'
  silent err
  [ ! -e "$site/public" ]
  run 0 "$VIDNO" build --site "$site" --date "$day"
  says out "$site/public"
  silent err
  run 0 "$VIDNO" build --site "$site" --date "$day" --quiet
  silent out
  silent err
  (cd "$site" && run 0 "$VIDNO" build --date "$day")
  says out 'public: '
}

problems() {
  cp -r "$site" "$work/bad"
  sed -i '2s/,92,20,/,92,200,/' "$work/bad/data/lug/results.csv"
  run 1 "$VIDNO" check --site "$work/bad" --date "$day"
  says err 'data/lug/results.csv:2:'
  silent out
  run 1 "$VIDNO" build --site "$work/bad" --date "$day" --out "$work/bad.out"
  says err 'nothing was changed'
  [ ! -e "$work/bad.out" ]
  run 1 "$VIDNO" check --site "$work/nowhere"
  run 1 "$VIDNO" check --site "$work/tmp"
  says err 'vidno new'
}

json() {
  run 1 "$VIDNO" check --site "$work/bad" --date "$day" --format json
  silent err
  jq -e '.errors >= 1 and .warnings == 0 and (.problems | length) >= 1' "$work/out" >/dev/null
  jq -e '.problems[0] | .level == "error" and .file == "data/lug/results.csv" and .line == 2 and
    (.column | type) == "number" and .cell == "200" and (.rule | type) == "string" and
    (.message | length) > 0 and (.remedy | length) > 0' "$work/out" >/dev/null
  run 0 "$VIDNO" check --site "$site" --date "$day" --format json
  jq -e '.errors == 0 and .problems == []' "$work/out" >/dev/null
  run 1 "$VIDNO" check --site "$work/nowhere" --format json
  jq -e '.errors == 1' "$work/out" >/dev/null
}

only() {
  run 1 "$VIDNO" build --site "$site" --date "$day" --only luk
  says err 'Did you mean lug?'
  run 0 "$VIDNO" check --site "$site" --date "$day" --only lug
}

# -- the date --------------------------------------------------------------

dates() {
  run 1 "$VIDNO" check --site "$site" --date 31.02.2025
  says err '«31.02.2025»'
  run 0 "$VIDNO" build --site "$site" --date 01.06.2025 --quiet
  grep -q 'datetime="2025-06-01"' "$site/public/lug/index.html"
  SOURCE_DATE_EPOCH=1740787200 run 0 "$VIDNO" build --site "$site" --quiet
  silent err
  grep -q 'datetime="2025-03-01"' "$site/public/lug/index.html"
  SOURCE_DATE_EPOCH=1740787200 run 0 "$VIDNO" build --site "$site" --quiet --date "$day"
  grep -q 'datetime="2025-06-01"' "$site/public/lug/index.html"
  SOURCE_DATE_EPOCH=yesterday run 1 "$VIDNO" build --site "$site"
  says err 'SOURCE_DATE_EPOCH'
}

# Of a site in git, the date of its last commit; of another, today's with a note.
date_of_commit() {
  run 0 "$VIDNO" build --site "$site" --quiet
  says err 'there is no commit'
  cp -r "$site" "$work/kept"
  rm -rf "$work/kept/public"
  git -C "$work/kept" init -q
  git -C "$work/kept" add .
  GIT_COMMITTER_DATE='2025-04-05T12:00:00Z' git -C "$work/kept" commit -qm 'Первая версия'
  run 0 "$VIDNO" build --site "$work/kept" --quiet
  silent err
  grep -q 'datetime="2025-04-05"' "$work/kept/public/lug/index.html"
}

# -- the terminal ------------------------------------------------------------

# What a command shows on a terminal, in $work/terminal.
on_terminal() {
  script -qc "$*" /dev/null </dev/null >"$work/terminal" || true
  grep -q 'results.csv' "$work/terminal"
}

colours() {
  local command="'$VIDNO' check --site '$work/bad' --date $day"
  local escape=$'\033['
  TERM=xterm on_terminal "$command"
  grep -qF "$escape" "$work/terminal"
  NO_COLOR=1 TERM=xterm on_terminal "$command"
  if grep -F "$escape" "$work/terminal"; then return 1; fi
  TERM=dumb on_terminal "$command"
  if grep -F "$escape" "$work/terminal"; then return 1; fi
  run 1 "$VIDNO" check --site "$work/bad" --date "$day"
  if grep -F "$escape" "$work/err"; then return 1; fi
}

# -- the system ----------------------------------------------------------------

full_output() {
  local status=0
  "$VIDNO" help >/dev/full 2>"$work/err" || status=$?
  [ "$status" -eq 3 ]
  says err 'cannot write the output'
  status=0
  "$VIDNO" check --site "$site" --date "$day" --format json >/dev/full 2>/dev/null || status=$?
  [ "$status" -eq 3 ]
  status=0
  "$VIDNO" --version >&- 2>/dev/null || status=$?
  [ "$status" -eq 3 ]
}

# A file stands where a folder is to be made: no right of root helps.
not_writable() {
  : >"$work/file"
  run 3 "$VIDNO" build --site "$site" --date "$day" --out "$work/file/out"
  says err 'nothing was changed'
  run 3 "$VIDNO" build --site "$site" --date "$day" --out /proc/vidno
}

# -- serve -----------------------------------------------------------------

fetch() {
  curl -sS --max-time 10 "http://localhost:$port$1"
}

# shows PATH TEXT: the page holds it.
shows() {
  fetch "$1" >"$work/page"
  grep -qF -e "$2" "$work/page"
}

# until COMMAND...: it succeeds within ten seconds.
until_so() {
  for _ in $(seq 100); do
    ! "$@" >/dev/null 2>&1 || return 0
    sleep 0.1
  done
  echo "not within ten seconds: $*"
  return 1
}

start_preview() {
  "$VIDNO" serve --site "$site" --date "$day" >"$work/served" 2>"$work/served.err" &
  server=$!
  until_so grep -q 'http://' "$work/served"
  port=$(sed -nE 's|.*http://localhost:([0-9]+)/.*|\1|p' "$work/served" | head -n 1)
}

# stop SIGNAL: it ends well and takes its temporary folder with it.
stop_preview() {
  local status=0
  kill "-$1" "$server"
  wait "$server" || status=$?
  [ "$status" -eq 0 ]
  [ -z "$(ls -A "$TMPDIR")" ]
}

preview() {
  start_preview
  shows /lug/ '<h1'
  [ "$(curl -s -o /dev/null -w '%{http_code} %{content_type}' "http://localhost:$port/lug/data/results.csv")" = \
    '200 text/csv; charset=utf-8' ]
  [ "$(curl -s -o "$work/404" -w '%{http_code}' "http://localhost:$port/nothing/")" = 404 ]
  grep -q '<h1' "$work/404"
  [ "$(curl -s -o /dev/null -w '%{http_code}' --path-as-is "http://localhost:$port/../../etc/passwd")" != 200 ]
  [ -n "$(ls -A "$TMPDIR")" ]
  stop_preview INT
}

changed() {
  shows /lug/ 'Совсем другой текст'
}

preview_follows() {
  local shown listener
  start_preview
  cp "$site/content/lug/index.md" "$work/index.md"
  # As the page in the browser does: ask, and wait for an answer.
  shown=$(fetch /lug/ | sed -nE 's|.*/\.vidno/reload\.js\?build=([0-9]+).*|\1|p')
  shows "/.vidno/reload.js?build=$shown" reload
  fetch "/.vidno/reload?build=$shown" >"$work/answer" &
  listener=$!
  sleep 0.3
  [ ! -s "$work/answer" ]
  printf '\nСовсем другой текст.\n' >>"$site/content/lug/index.md"
  until_so changed
  wait "$listener"
  [ "$(<"$work/answer")" -gt "$shown" ]
  # A mistake leaves the last good page, and the preview alive.
  sed -i 's/^methods:.*/methods: [nothing]/' "$site/content/lug/index.md"
  until_so grep -q 'Not rebuilt' "$work/served"
  changed
  cp "$work/index.md" "$site/content/lug/index.md"
  stop_preview TERM
}

. tests/cli/audit.sh

# -- all ---------------------------------------------------------------------

check 'help lists the commands' help
check 'help of each command' help_of_each
check 'help in Russian' help_russian
check 'the language comes from the locale' languages
check 'version' version
check 'an unknown command' unknown_command
check 'an unknown option' unknown_option
check 'a wrong or missing value' wrong_value
check 'new makes a site, once' make_new
check 'new theme: one file is a theme, and what is wrong in it is named' make_theme
check 'new theme overwrites nothing and knows its files' make_theme_wrongly
check 'check lists what templates get' fields
check 'a site in order: status 0' good
check 'problems: status 1' problems
check 'check --format json' json
check '--only with an unknown department' only
check '--date and SOURCE_DATE_EPOCH' dates
check 'the date of the last commit' date_of_commit
check 'colours on a terminal only, and not with NO_COLOR' colours
check 'an output that cannot be written: status 3' full_output
check 'an output folder that cannot be made: status 3' not_writable
check 'history is kept, and made anew when it is damaged' history_kept
check 'history is left out, by option or by setting' history_off
check 'history that is cut dates nothing' history_cut
check 'line ends change no row' history_line_ends
check 'audit: wrong words are explained' audit_words
check 'audit: what the tables lack is named' audit_lacks
check 'audit: rounds that are there are named' audit_rounds
check 'audit: a round by hand begins when that is said' audit_by_hand
check 'audit: a department has a list of its own' audit_own_list
check 'audit: a school that went is left out of a replay' audit_gone
check 'serve shows the site and cleans up' preview
check 'serve follows a change' preview_follows
finish
