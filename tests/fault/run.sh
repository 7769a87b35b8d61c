#!/usr/bin/env bash
# What is promised of the output folder, tried on the program as a whole: with
# calls that fail or never come back (drive.c), and with folders as people
# leave them. FAULT_EVERY=1 lets each single call fail; that takes minutes.
set -euo pipefail
. tests/tools/tap.sh
here=$PWD/tests/fault

: "${VIDNO:?}" "${CC:=cc}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

"$CC" -std=c11 -D_GNU_SOURCE -O1 -fPIC -shared -o faults.so "$here/faults.c" -ldl
"$CC" -std=c11 -D_GNU_SOURCE -O1 -o drive "$here/drive.c"

# Two states of a site: a number and with it a page differ, an event goes, one
# department goes, another comes, and the style sheet gets another name.
"$VIDNO" new old >/dev/null
cp -r old new
for part in content data; do
  cp -r old/$part/department old/$part/second
  cp -r new/$part/department new/$part/third
done
sed -i 's/^2023,oge-math,school,school-1,41,4,90.2,/2023,oge-math,school,school-1,41,5,87.8,/' \
  new/data/department/results.csv
rm new/content/department/events/*.md
mkdir -p new/themes/default/css
echo 'p { margin: 0 }' >new/themes/default/css/90-own.css

build() {
  "$VIDNO" build --quiet --site "$1" --out "$2" --date 2026-01-15 "${@:3}"
}

# Everything in a folder, with its bytes, times and inodes.
picture() {
  (cd "$1" && find . -type d -printf '%p %i\n' -o -printf '%p %y %i %T@\n' | sort && find . -type f -exec sha256sum {} + | sort)
}

# The build ends with this status and a word, and the folder stays as it was.
refuses() {
  local status=$1 word=$2 folder=$3 before rc=0
  shift 3
  before=$(picture "$folder")
  "$@" >said 2>&1 || rc=$?
  cat said
  [ "$rc" -eq "$status" ]
  grep -qF "$word" said
  [ "$before" = "$(picture "$folder")" ]
}

give() {
  [ "$(id -u)" -ne 0 ] || chown -R 65534:65534 "$@"
}

# The program where that user reaches it, wherever the checkout lies.
theirs=$work/theirs/build/vidno
mkdir -p "${theirs%/*}"
cp "$VIDNO" "$theirs"
cp -r "$here/../../themes" "$work/theirs/themes"
chmod -R a+rX "$work/theirs"

# As a user to whom folders can be closed.
plain() {
  if [ "$(id -u)" -eq 0 ]; then
    setpriv --reuid=65534 --regid=65534 --clear-groups -- "$@"
  else
    "$@"
  fi
}

mkdir tries
chmod 755 "$work"
./drive "$VIDNO" "$work/faults.so" tries "$work/old" "$work/new" ||
  not_ok 'nothing is lost whatever fails' 'see above'

# -- folders as people leave them ----------------------------------------------

fresh() {
  chmod -R u+w out 2>/dev/null || true
  rm -rf out
  build old out
}

foreign_file() {
  fresh
  echo mine >out/department/mine.txt
  refuses 1 out/department/mine.txt out build new out
  rm out/department/mine.txt
  build new out
}

foreign_folder() {
  mkdir -p photos/2024
  echo mine >photos/2024/a.jpg
  refuses 1 photos/2024/a.jpg photos build new photos
}

renamed_folder() {
  fresh
  mv out/department out/department-old
  refuses 1 out/department-old out build new out
  rm -r out/department-old
  build new out
  [ -f out/department/index.html ]
}

lost_pages() {
  fresh
  rm -r out/department/schools out/index.html
  build old out
  cp -r out before
  fresh
  diff -r before out
  rm -r before
}

changed_page() {
  fresh
  cp out/department/index.html kept
  echo scribble >>out/department/index.html
  build old out
  cmp kept out/department/index.html
}

linked_page() {
  fresh
  cp out/department/index.html elsewhere.html
  ln -sf ../../elsewhere.html out/department/index.html
  refuses 1 out/department/index.html out build new out
  cmp elsewhere.html kept
}

linked_output() {
  fresh
  rm -rf real public
  mv out real
  ln -s real public
  build new public
  [ -L public ]
  [ -d real/third ]
  [ ! -e real/.vidno-staging ]
}

damaged_manifest() {
  fresh
  head -c 100 out/.vidno-manifest >short
  cp short out/.vidno-manifest
  refuses 1 .vidno-manifest out build new out
}

inside_input() {
  refuses 1 content new build new new/content/public
  refuses 1 data new build new new/data
  refuses 1 themes new build new new/themes/default/../../themes/x/y
  ln -s new/content link
  refuses 1 content new build new link/public
  rm link
}

site_itself() {
  refuses 1 content/site.yaml new build new new
}

other_profile() {
  fresh
  refuses 1 public out build old out --profile internal
  # Nor when pages are gone, or when the last build was killed.
  rm out/index.html
  refuses 1 public out build old out --profile internal
  build old out
  refuses 1 public out build old out --profile internal --only department
}

two_at_once() {
  fresh
  refuses 3 'another run' out flock out "$VIDNO" build --site new --out out --date 2026-01-15
  build new out
  for _ in 1 2 3 4 5 6; do
    build old out --sync &
    build new out &
  done >said 2>&1
  wait
  build new out
  cp -r out after
  fresh
  build new out
  # How old an asset is depends on what was built before.
  diff -r -x assets -x .vidno-manifest after out
  rm -r after
}

closed_folder() {
  fresh
  chmod -R a+rX old new
  give out
  chmod -R a-w out
  refuses 3 out out plain "$theirs" build --site new --out out --date 2026-01-15
  chmod u+w out
  mkdir closed
  give closed
  chmod 500 closed
  refuses 3 closed closed plain "$theirs" build --site new --out closed/public --date 2026-01-15
}

unreadable_input() {
  fresh
  cp -r new hidden
  give out hidden
  chmod 000 hidden/data/department/results.csv
  refuses 1 data/department/results.csv out \
    plain "$theirs" build --site "$work/hidden" --out "$work/out" --date 2026-01-15
  chmod 644 hidden/data/department/results.csv
  chmod 000 hidden/content/department
  refuses 1 content/department out \
    plain "$theirs" build --site "$work/hidden" --out "$work/out" --date 2026-01-15
  chmod 755 hidden/content/department
  rm -r hidden
}

limited() {
  (
    ulimit -n "$1"
    shift
    exec "$VIDNO" build --quiet --site new --out out --date 2026-01-15 "$@"
  )
}

few_descriptors() {
  local limit
  fresh
  for limit in 4 5 6 7 8 9; do
    refuses 3 'Too many open files' out limited "$limit"
  done
  limited 40 --jobs 8
}

small_files_only() {
  fresh
  # The signal of that limit kills; nothing is lost.
  (
    ulimit -f 8
    ! build new out
  )
  (cd out && find . -path ./.vidno-staging -prune -o -type f -exec sha256sum {} + | sort) >one
  fresh
  (cd out && find . -type f -exec sha256sum {} + | sort) >two
  cmp two one
  build new out
  [ ! -e out/.vidno-staging ]
}

# At moments that nobody chose: the site is whole all the time.
killed_anywhere() {
  local pause
  fresh
  for pause in 002 004 006 008 010 013 016 020 025 030 040 060; do
    timeout -s KILL "0.$pause" "$VIDNO" build --quiet --site new --out out --date 2026-01-15 || true
    [ -f out/index.html ]
    [ -f out/department/index.html ]
    [ -f out/department/schools/school-1/index.html ]
    timeout -s KILL "0.$pause" "$VIDNO" build --quiet --site old --out out --date 2026-01-15 || true
    [ -f out/department/schools/school-1/index.html ]
  done
  build new out
  [ ! -e out/.vidno-staging ]
  [ ! -e out/second ]
  [ -f out/third/index.html ]
}

in_use_while_it_changes() {
  fresh
  (
    for _ in 1 2 3 4; do
      build new out
      build old out
    done
  ) &
  local writer=$! seen=0
  while kill -0 "$writer" 2>/dev/null; do
    cat out/department/index.html >page || exit 1
    tail -c 8 page | grep -q '</html>' || exit 1
    seen=$((seen + 1))
  done
  wait "$writer"
  [ "$seen" -gt 0 ]
}

synced() {
  rm -rf out
  build new out --sync
  [ -f out/index.html ]
}

new_site_fails() {
  local number
  for number in 1 2 9 25 40; do
    rc=0
    FAULT="c $number 28 1" FAULT_FD=9 LD_PRELOAD=$work/faults.so \
      "$VIDNO" new fresh-site 9>/dev/null >said 2>&1 || rc=$?
    cat said
    [ "$rc" -eq 3 ] || [ "$number" -eq 1 ]
    [ ! -e fresh-site ]
  done
  "$VIDNO" new fresh-site
}

# judged STATUS FAULT: the visit judged again, while processes cannot be made.
judged() {
  local rc=0
  FAULT=$2 FAULT_FD=9 LD_PRELOAD=$work/faults.so "$VIDNO" audit department --site visited \
    --replay visited/audits/department/2025-11-15 9>/dev/null >said 2>&1 || rc=$?
  cat said
  [ "$rc" -eq "$1" ]
}

# Schools without an address need no archive. Nothing is said of schools that
# only the machine kept from being judged, and what was said of them stays.
no_processes() {
  local visit=visited/audits/department/2025-11-15
  local rows=visited/data/department/audit/2025-11-15.csv
  rm -rf visited
  "$VIDNO" new visited
  cp "$here"/../../data/audit-*.csv visited/data/
  printf 'school,name,kind\na,Школа А,secondary\nb,Школа Б,secondary\n' >visited/data/department/schools.csv
  rm -f visited/data/department/{results,contextual,pupils,weights}.csv
  mkdir -p "$visit"
  printf 'round: 2025-11-15\nvisit: 1\nschools:\n  - a\n  - b\n' >"$visit/visit.yaml"
  judged 3 'p 1 11 1'
  grep -q 'a, b.*: the machine was too busy' said
  grep -q -- "--replay $visit" said
  [ ! -e "$rows" ]
  judged 0 'p 2 11 0'
  [ "$(grep -c ',not-checked,' "$rows")" -gt 2 ]
  cp "$rows" kept
  judged 3 'p 1 11 1'
  cmp "$rows" kept
}

check 'schools that no process can be made for keep their rows' no_processes
check 'a foreign file is named and nothing is touched' foreign_file
check 'a folder that is not ours is left alone' foreign_folder
check 'a renamed department is foreign' renamed_folder
check 'lost pages come back' lost_pages
check 'a page that somebody changed is put right' changed_page
check 'a link in place of a page is foreign' linked_page
check 'the output folder may be a link' linked_output
check 'a damaged manifest stops the build' damaged_manifest
check 'pages never go into content, data or themes' inside_input
check 'the site itself is no output folder' site_itself
check 'an internal build never lands in the public folder' other_profile
check 'one build at a time' two_at_once
check 'a closed folder is told and left' closed_folder
check 'an input that may not be read is told' unreadable_input
check 'few descriptors are told' few_descriptors
check 'a limit on file size loses nothing' small_files_only
check 'a kill at any moment leaves whole pages' killed_anywhere
check 'readers see whole pages while the site changes' in_use_while_it_changes
check 'a synced build is a build' synced
check 'a new site is made whole or not at all' new_site_fails
finish
