#!/usr/bin/env bash
# What the Makefile and its scripts promise.
set -euo pipefail
. tests/tools/tap.sh

# As make was called: another name of the folder would be another build.
B=$(realpath --relative-to=. "$B")

# Succeeds when the command does and says nothing.
quiet() {
  local output
  output=$("$@" 2>&1)
  printf '%s' "$output"
  [ -z "$output" ]
}

headers_known() {
  local header
  header=$(find generator/base -name '*.h' | LC_ALL=C sort | head -n 1)
  grep -q "$header" "$B"/obj/*/*.d
}

root=$(mktemp -d)
there=$root/usr/local
installed() {
  make DESTDIR="$root" PREFIX=/usr/local install
  [ -x "$there/bin/vidno" ]
  diff -r themes "$there/share/vidno/themes"
  [ -f "$there/share/locale/ru/LC_MESSAGES/vidno.mo" ]
  [ -f "$there/share/man/man1/vidno.1" ]
}

version() {
  "$there/bin/vidno" --version | grep -F "$(sed -n 's/^VERSION := //p' Makefile)"
}

russian() {
  LANGUAGE=ru "$there/bin/vidno" help | grep -qP '\p{Cyrillic}'
}

# What is loaded at every start is paid for at every start.
light() {
  ldd "$VIDNO" >"$root/libraries"
  ! grep -E 'libgit2|libcurl|libmicrohttpd|libgnutls' "$root/libraries"
}

check 'deps.sh says and does nothing when all is there' quiet generator/scripts/deps.sh test
check 'a second build has nothing to do' quiet make program
check 'header dependencies come from the compiler' headers_known
check 'install puts program, themes, catalogues and manual in place' installed
check 'the installed program knows its version' version
check 'the installed program finds its Russian catalogue' russian
check 'libraries that few commands need are not linked' light
check 'themes/README.md lists what templates get' generator/scripts/theme-fields.sh --check
finish
