#!/usr/bin/env bash
# Brings the list of fields in themes/README.md in step with the program: what
# the pages of this site give to their templates. With --check nothing is
# written, and the difference is shown.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VIDNO:=build/vidno}"

readme=themes/README.md
mark='<!-- The rest is written by generator/scripts/theme-fields.sh. -->'

made=$(mktemp)
trap 'rm -f "$made"' EXIT
sed "\|^$mark\$|q" "$readme" >"$made"
{
  echo
  "$VIDNO" check --site . --format fields
} | sed -e '$!b' -e '/^$/d' >>"$made"

if [ "${1-}" = --check ]; then
  diff -u "$readme" "$made"
else
  cp "$made" "$readme"
fi
