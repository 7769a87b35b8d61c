#!/usr/bin/env bash
# What is promised of the output folder, tried on the program as a whole: with
# calls that fail or never come back (drive.c), and with folders as people
# leave them. FAULT_EVERY=1 lets each single call fail; that takes minutes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../tools/tap.sh"

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
  (cd "$1" && find . -printf '%p %y %i %T@\n' | sort && find . -type f -exec sha256sum {} + | sort)
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
./drive "$VIDNO" "$work/faults.so" tries "$work/old" "$work/new" || tap_failed=1

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
  head -c 100 out/.vidno-manifest >cut
  cp cut out/.vidno-manifest
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
  diff -r after out
  rm -r after
}

closed_folder() {
  fresh
  plain true 2>/dev/null || return 0
  chmod -R a+rX old new
  chmod -R a-w out
  refuses 3 out out plain "$VIDNO" build --site new --out out --date 2026-01-15
  chmod u+w out
  mkdir -p closed/deep
  chmod 500 closed
  refuses 3 closed closed plain "$VIDNO" build --site new --out closed/public --date 2026-01-15
}

# For the owner of a folder that nobody may read.
unreadable_input() {
  fresh
  plain true 2>/dev/null || return 0
  chmod -R a+rX new
  cp -r new hidden
  chmod 000 hidden/data/department/results.csv
  refuses 1 hidden/data/department/results.csv out \
    plain "$VIDNO" build --site "$work/hidden" --out "$work/out" --date 2026-01-15 || {
    grep -q data/department/results.csv said
  }
  chmod 644 hidden/data/department/results.csv
  chmod 000 hidden/content/department
  refuses 1 content/department out \
    plain "$VIDNO" build --site "$work/hidden" --out "$work/out" --date 2026-01-15
  chmod 755 hidden/content/department
  rm -r hidden
}

few_descriptors() {
  local limit
  fresh
  for limit in 4 5 6 7 8 9; do
    (
      ulimit -n "$limit"
      refuses 3 'Too many open files' out build new out
    ) || return 1
  done
  (
    ulimit -n 40
    build new out --jobs 8
  )
}

small_files_only() {
  fresh
  # The signal of that limit kills; nothing is lost.
  (
    ulimit -f 8
    ! build new out
  )
  picture out | grep -v staging >one
  fresh
  (cd out && find . -type f -exec sha256sum {} + | sort) >two
  grep -qFf two one
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
    for _ in 1 2 3 4 5 6 7 8; do
      build new out
      build old out
    done
    touch done
  ) &
  while [ ! -e done ]; do
    cat out/department/index.html >page || exit 1
    tail -c 8 page | grep -q '</html>' || exit 1
  done
  wait
  rm done
}

synced() {
  rm -rf out
  build new out --sync
  [ -f out/index.html ]
}

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
finish
