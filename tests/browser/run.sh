#!/usr/bin/env bash
# Builds this site and runs the browser tests over it: all, or those named.
#
# The packages come by npm, once, from the versions in package-lock.json; the
# browser is the system's.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VIDNO:=$PWD/build/vidno}"

lock=tests/browser/package-lock.json
fetched=tests/browser/node_modules/.package-lock.json
[ "$fetched" -nt "$lock" ] ||
  (cd tests/browser && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
"$VIDNO" build --site . --out "$site/public"

[ $# -gt 0 ] || set -- tests/browser/*.test.mjs
node tests/browser/run.mjs "$site/public" "$@"
