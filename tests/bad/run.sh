#!/usr/bin/env bash
# Bad input: what the program says of it, word for word, in two languages.
#
# A case is a folder here: files that stand in place of those of base/, a
# small sound site, or a setup.sh that is run inside the copy of the site
# (status 77: not possible here). The messages are compared with expected.en
# and expected.ru, the exit status with `status` (1 when there is none).
# `command` says what to run when it is not `check`, followed by a build that
# has to leave an older site as it was, byte for byte.
#
#   UPDATE=1      shows how the messages differ and writes them down
#   CASES="a b"   these cases only
set -euo pipefail
: "${VIDNO:?the program}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh
cd tests/bad

readonly date=2022-06-01
readonly memory=65536 # KiB that the program may take, whatever it is given

# A sanitizer takes terabytes of addresses, so there memory is not measured.
limit=
if ! grep -qa '__[at]san_init' "$VIDNO"; then
  limit=$memory
fi

# The program, in the folder of the site.
vidno() {
  local language=$1
  shift
  (
    cd "$site"
    [ -z "$limit" ] || ulimit -v "$limit"
    LANGUAGE=$language "$VIDNO" "$@" --date "$date"
  )
}

# Names, contents, times and inodes; a folder's own time may change.
fingerprint() {
  (
    cd "$1"
    find . -printf '%p %y %i ' \( -type d -printf '\n' -o -printf '%T@ %s\n' \) | LC_ALL=C sort
    find . -type f -exec sha256sum {} + | LC_ALL=C sort
  )
}

# What lies in the site: nothing of it changes either.
listing() {
  find "$site" ! -type d -printf '%p %i %T@ %s\n' | LC_ALL=C sort
}

prepare() {
  chmod -R u+rwX "$work" 2>/dev/null || true
  rm -rf "$work"
  mkdir -p "$work"
  cp -r base "$site"
  cp -r "$1/." "$site"
  rm -f "$site"/{expected.en,expected.ru,status,command,setup.sh}
  [ ! -x "$1/setup.sh" ] || (cd "$site" && "$OLDPWD/$1/setup.sh")
}

# messages CASE LANGUAGE COMMAND...: the file and the status as expected.
messages() {
  local case=$1 language=$2 status=0 wanted=1
  shift 2
  [ ! -f "$case/status" ] || wanted=$(<"$case/status")
  listing >"$work/before"
  vidno "$language" "$@" 2>"$work/said" >/dev/null || status=$?
  listing | diff "$work/before" -
  if [ -n "${UPDATE-}" ]; then
    diff -u "$case/expected.$language" "$work/said" 2>/dev/null || cp "$work/said" "$case/expected.$language"
    [ "$status" -eq 1 ] || echo "$status" >"$case/status"
    return
  fi
  diff -u "$case/expected.$language" "$work/said"
  [ "$status" -eq "$wanted" ] || {
    echo "status $status, not $wanted"
    return 1
  }
}

# An older site beside the bad one outlives the attempt to build.
untouched() {
  local old=$work/old
  cp -r "$sound" "$old"
  fingerprint "$old" >"$work/before"
  if vidno en build --out "$old" >/dev/null 2>&1; then
    echo 'it was built'
    return 1
  fi
  fingerprint "$old" | diff "$work/before" -
}

work=$(mktemp -d)/case
site=$work/site
sound=${work%/*}/sound

# The base itself is sound, and says so.
mkdir -p "$work"
cp -r base "$site"
vidno en build --out "$sound" >"$work/said" 2>&1 || true
check 'base: sound' test -f "$sound/index.html"

read -ra cases <<<"${CASES:-$(echo */ | tr -d /)}"
for case in "${cases[@]}"; do
  [ "$case" != base ] || continue
  ready=0
  prepare "$case" || ready=$?
  if [ "$ready" -eq 77 ]; then
    echo "ok - $case # SKIP not possible here"
    continue
  fi
  command=check
  [ ! -f "$case/command" ] || command=$(<"$case/command")
  check "$case: in English" messages "$case" en "$command"
  check "$case: in Russian" messages "$case" ru "$command"
  if [ ! -f "$case/status" ] && [ ! -f "$case/command" ]; then
    check "$case: the site stays" untouched
  fi
done
chmod -R u+rwX "${work%/*}" 2>/dev/null || true
rm -rf "${work%/*}"
finish
