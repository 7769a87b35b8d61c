#!/usr/bin/env bash
# Replays what fuzzers found: each fuzz_X.c is built with an ordinary main()
# and the library, under sanitizers, and fed with the files of corpus/X/.
#
# To look for more, with clang, in the repository's folder:
#   clang -fsanitize=fuzzer,address,undefined … fuzz_X.c shipped.c -o fuzz_X
#   ./fuzz_X -timeout=25 new-inputs tests/fuzz/corpus/X
# and to keep few of them that reach all that was reached:
#   ./fuzz_X -set_cover_merge=1 -use_counters=0 tests/fuzz/corpus/X new-inputs
set -euo pipefail
: "${B:?the build folder}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh

readonly cc=${CC:-cc}
readonly san='-fsanitize=address,undefined -fno-sanitize-recover=all -DVIDNO_ARENA_MALLOC'
readonly libraries='libcmark-gfm yaml-0.1 nettle libpcre2-8 gumbo expat libidn2 libpsl zlib'
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The floors that read what comes from outside, and the one file above them
# that does, with the sanitizers.
readonly floors='base text model compute sys'
library() {
  local floor source
  local -a objects=("$work/build/obj/job/manifest_json.o")
  for floor in $floors; do
    for source in "generator/$floor"/*.c; do
      objects+=("$work/build/obj/$floor/$(basename "$source" .c).o")
    done
  done
  make -s "-j$(nproc)" B="$work/build" SAN="$san" OPT='-O1 -g' WERROR= "${objects[@]}"
  ar rcs "$work/build/outside.a" "${objects[@]}"
}

compile() {
  local name=$1
  # shellcheck disable=SC2046,SC2086 # lists of words
  "$cc" -std=c11 -D_GNU_SOURCE -Igenerator $san -O1 -g $(pkg-config --cflags $libraries) -o "$work/$name" \
    "tests/fuzz/$name.c" tests/fuzz/standalone.c tests/fuzz/shipped.c "$work/build/outside.a" \
    $(pkg-config --libs $libraries) -lcmark-gfm-extensions -lcsv -lstemmer -lpthread -ldl
}

replay() {
  local name=$1 corpus=tests/fuzz/corpus/${1#fuzz_}
  [ -d "$corpus" ]
  # Reports go to standard error here: a finding is shown and fails the test.
  ASAN_OPTIONS='' UBSAN_OPTIONS=print_stacktrace=1 "$work/$name" "$corpus"/*
}

check 'the library under sanitizers' library
for source in tests/fuzz/fuzz_*.c; do
  name=$(basename "$source" .c)
  check "$name: is built" compile "$name"
  check "$name: its corpus" replay "$name"
done
finish
