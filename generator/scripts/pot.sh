#!/bin/sh
# Collects the messages of the sources into the catalogue template named on
# the command line. The same sources give the same bytes: no date, and file
# names without line numbers, so that a catalogue changes with its messages
# only.
set -eu
[ $# -eq 1 ] || {
  echo 'usage: pot.sh OUT' >&2
  exit 2
}

find generator -name '*.[ch]' | LC_ALL=C sort |
  xgettext --files-from=- --language=C --from-code=UTF-8 --keyword=_ --keyword=N_ \
    --add-comments=TRANSLATORS: --add-location=file --no-wrap --force-po \
    --package-name=vidno --output="$1"
sed -i '/^"POT-Creation-Date:/d; s/charset=CHARSET/charset=UTF-8/' "$1"
