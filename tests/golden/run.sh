#!/usr/bin/env bash
# A folder in, a folder out. A case is a folder here:
#
#   site/      the site; or, where `base` names another case, what differs
#              from that one's
#   commits    makes a repository of the folder of the site, which it is run in
#   args       what the build is given besides; `--site X` (from the top of the
#              repository) stands for a site that lies elsewhere
#   expected/  the output: all of it, or the files listed in `files`. `like`
#              names a case whose output has to come out again.
#   absent     texts that may not stand in any byte of the output, with a
#              decimal point or comma, with digits in groups or not, nor in a
#              calendar where its lines are folded; the internal build does
#              hold them
#   gone       texts that only earlier versions of the site hold: no byte of the
#              output, public or internal, has them
#   missing    paths that may not be there
#
# Of the whole output, assets and the manifests are left out, and the hash in
# the name of an asset: another style is no other page. Machine-readable files
# agree with each other in every case, and the index of the search with the pages.
#
#   UPDATE=1      shows how the output differs and writes it down: read it
#   CASES="a b"   these cases only
set -euo pipefail
: "${VIDNO:?the program}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh

here=tests/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# build OUT [OPTION...]: the case's site; sets nothing, prints what went wrong.
build() {
  local out=$1 said=$work/said
  shift
  "$VIDNO" build --date 2022-06-01 ${JOBS:+--jobs="$JOBS"} "${args[@]}" "$@" --out "$out" >"$said" 2>&1 || {
    cat "$said"
    return 1
  }
}

# What is compared, as a folder of its own.
picture() {
  local from=$1 to=$2 file
  mkdir -p "$to"
  if [ -f "$case/files" ]; then
    while read -r file; do
      mkdir -p "$to/$(dirname "$file")"
      cp "$from/$file" "$to/$file"
    done <"$case/files"
  else
    cp -r "$from/." "$to"
    rm -rf "$to/assets" "$to/.vidno-manifest" "$to/manifest.json" "$to"/*/manifest.json
  fi
  find "$to" -name '*.html' -exec sed -Ei 's/-[0-9a-f]{8}\.(css|js|svg)/-HASH.\1/g' {} +
}

as_expected() {
  local expected=$case/expected
  picture "$work/out" "$work/picture"
  if [ -f "$case/like" ]; then
    diff -r "$here/$(<"$case/like")/expected" "$work/picture"
  elif [ -n "${UPDATE-}" ]; then
    mkdir -p "$expected"
    diff -ruN "$expected" "$work/picture" >&3 || true
    rm -rf "$expected"
    cp -r "$work/picture" "$expected"
  else
    diff -ru "$expected" "$work/picture"
  fi
}

# Nothing is proved by the absence of a text that no page ever holds.
says_nothing() {
  local text form found status=0
  build "$work/internal" --profile internal
  mkdir "$work/unfolded"
  find "$work/out" -name '*.ics' -exec sed -s ':a;N;$!ba;s/\r\n //g' {} + >"$work/unfolded/calendars"
  while read -r text; do
    found=
    for form in "$text" "${text/./,}" "$(sed -E 's/^([0-9]{1,3})([0-9]{3})$/\1\xc2\xa0\2/' <<<"$text")"; do
      if grep -rlF -e "$form" "$work/out" "$work/unfolded"; then
        echo "holds $form"
        status=1
      fi
      ! grep -rqF -e "$form" "$work/internal" || found=1
    done
    [ -n "$found" ] || {
      echo "the internal build has no $text either"
      status=1
    }
  done <"$case/absent"
  return "$status"
}

# The same of what the site said once.
forgets() {
  local text form status=0
  build "$work/internal" --profile internal
  git -C "$work/site" log -p --all >"$work/told"
  while read -r text; do
    for form in "$text" "${text/./,}"; do
      if grep -rlF -e "$form" "$work/out" "$work/internal"; then
        echo "holds $form"
        status=1
      fi
    done
    grep -qF -e "$text" "$work/told" || {
      echo "no version of the site had $text"
      status=1
    }
  done <"$case/gone"
  return "$status"
}

not_there() {
  local path
  while read -r path; do
    [ ! -e "$work/out/$path" ] || {
      echo "there is $path"
      return 1
    }
  done <"$case/missing"
}

agree() {
  local data
  for data in "$work"/out/*/data; do
    node "$here/parity.mjs" "$data"
  done
}

run_case() {
  local name=$1
  case=$here/$name args=()
  [ ! -f "$case/args" ] || read -ra args <"$case/args"
  rm -rf "${work:?}"/*
  if [ -d "$case/site" ]; then
    mkdir "$work/site"
    [ ! -f "$case/base" ] || cp -r "$here/$(<"$case/base")/site/." "$work/site"
    cp -r "$case/site/." "$work/site"
    [ ! -f "$case/commits" ] || (cd "$work/site" && "$OLDPWD/$case/commits") >/dev/null
    args=(--site "$work/site" "${args[@]}")
  fi
  check "$name: is built" build "$work/out"
  [ -f "$work/out/index.html" ] || [ -f "$case/args" ] || return 0
  if [ -d "$case/expected" ] || [ -f "$case/like" ] || [ -n "${UPDATE-}" ]; then
    check "$name: as expected" as_expected
  fi
  [ ! -f "$case/absent" ] || check "$name: says nothing of small groups" says_nothing
  [ ! -f "$case/gone" ] || check "$name: says nothing that only older versions said" forgets
  [ ! -f "$case/missing" ] || check "$name: has no page too many" not_there
  check "$name: CSV, JSON and data package agree" agree
  # --only makes no pages of the site's own.
  [ ! -d "$work/out/search" ] ||
    check "$name: the search says only what the pages say" node "$here/search.mjs" "$work/out"
}

exec 3>&1
read -ra cases <<<"${CASES:-$(cd "$here" && echo */ | tr -d /)}"
for name in "${cases[@]}"; do
  run_case "$name"
done
# shellcheck source=tests/golden/same.sh
[ -n "${CASES-}" ] || . "$here/same.sh"
finish
