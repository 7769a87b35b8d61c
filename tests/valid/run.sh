#!/usr/bin/env bash
# What is published is what it says it is: HTML, Atom, sitemap, iCalendar and
# JSON-LD, and the web archives of the audit, each looked at by somebody else's
# reader.
#
# The packages come by npm, once, from the versions in package-lock.json; the
# Nu checker among them runs on the system's Java.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${VIDNO:=$PWD/build/vidno}"
. tests/tools/tap.sh

lock=tests/valid/package-lock.json
fetched=tests/valid/node_modules/.package-lock.json
[ "$fetched" -nt "$lock" ] ||
  (cd tests/valid && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$VIDNO" build --site . --out "$work/ours" --date 2022-06-01 >"$work/said" 2>&1 || cat "$work/said"
"$VIDNO" build --site tests/golden/tiny/site --out "$work/tiny" --date 2022-06-01 >"$work/said" 2>&1 ||
  cat "$work/said"

# The same site in English: other words, the same rules.
cp -r tests/golden/tiny/site "$work/english-site"
sed -i 's/^language: ru$/language: en/' "$work/english-site/content/site.yaml"
"$VIDNO" build --site "$work/english-site" --out "$work/english" --date 2022-06-01 >"$work/said" 2>&1 ||
  cat "$work/said"

# And an audit in English: its pages have much that the others have not.
cp -r tests/golden/audit/site "$work/audit-site"
sed -i 's/^language: ru$/language: en/' "$work/audit-site/content/site.yaml"
"$VIDNO" build --site "$work/audit-site" --out "$work/audit-pages" --date 2022-06-01 >"$work/said" 2>&1 ||
  cat "$work/said"

feed() {
  xmllint --noout --nonet --relaxng tests/valid/atom.rng "$@"
}

sitemap() {
  xmllint --noout --nonet --schema tests/valid/sitemap.xsd "$@"
}

# A schema that lets everything through proves nothing.
refuses() {
  local reader=$1 file=$2 change=$3
  sed "$change" "$file" >"$work/changed.xml"
  if cmp -s "$file" "$work/changed.xml"; then
    echo "$change changes nothing"
    return 1
  fi
  ! "$reader" "$work/changed.xml"
}

for name in ours tiny english audit-pages; do
  mapfile -t feeds < <(find "$work/$name" -name feed.atom | LC_ALL=C sort)
  check "$name: there are feeds" test "${#feeds[@]}" -gt 0
  check "$name: the feeds are Atom" feed "${feeds[@]}"
  check "$name: the sitemap is one" sitemap "$work/$name/sitemap.xml"
  node tests/valid/check.mjs "$work/$name" "$name" || tap_failed=1
done
check 'a feed without a date is refused' refuses feed "${feeds[0]}" '0,/<updated>/{/<updated>/d}'
check 'a feed with a relative link is refused' refuses feed "${feeds[0]}" 's,https://,,'
check 'a sitemap with an unknown element is refused' refuses sitemap "$work/tiny/sitemap.xml" \
  's,</loc>,</loc><x/>,'

# The archive of a visit: warcio reads it, and its digests are right.
mkdir "$work/audit"
check 'a visit of sites on loopback' env KEEP="$work/audit" "${B:-build}/unit/test_gather_run"
node tests/valid/warc.mjs "$work"/audit/whole/*/*.warc.gz || tap_failed=1
finish
