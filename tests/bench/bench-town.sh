#!/usr/bin/env bash
# The test town without a delay, beside wget --mirror: the sites of it that are
# as ordinary sites are, since a mirror never comes back from the traps of the
# others. Times are of the whole; the pages that each got are told with them.
# The names of the town need an /etc/hosts of our own, hence a namespace.
set -euo pipefail

ordinary='^(plain|cp1251-|charset-of|meta-in|binary-page|utf16|cyrillic-path|encoded-path|query-|'
ordinary+='spaces-in|backslashes|base-relative|fragment|button-link|www-twin|soft-404|file-card|'
ordinary+='wrong-type|no-head|not-gzip|double-gzip|being-updated|embedded|viewer|scan|formats|archives|'
ordinary+='one-file|nested-links|image-link|title-link|says-download|other-words|nothing|gosweb|ucoz|'
ordinary+='cards|bitrix|wordpress|signature|markup-)'

work=$(mktemp -d)
mkdir "$work/town"
node tests/town/server.mjs "$work/town" >"$work/messages" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
  [ ! -e "$work/town/ready" ] || break
  sleep 0.1
done

site=$work/site
cp -r tests/town/site "$site"
mkdir -p "$site/data/town"
cp data/audit-*.csv data/exam-days.csv "$site/data/"
awk -v ids="$ordinary" 'NR == 1 || $0 ~ ids' "$work/town/schools.csv" >"$site/data/town/schools.csv"
grep -oE 'https?://[^,]+' "$site/data/town/schools.csv" >"$work/urls"
sed -E 's/^(delay-[a-z-]+):.*/\1: 0/' tests/town/settings.yaml >"$work/fast.yaml"

alone=(unshare --mount)
[ "$(id -u)" -eq 0 ] || alone=(unshare --map-root-user --mount)
"${alone[@]}" true
cat >"$work/mirror" <<EOS
mount --bind '$work/town/hosts' /etc/hosts
wget --quiet --mirror --no-check-certificate --directory-prefix '$work/wget' --input-file '$work/urls'
[ \$? -eq 8 ] # an answer was an error, as here and there in the town
EOS

vidno=("$VIDNO" audit town --site "$site" --any-hour --date 2022-11-15 --allow-private
  --resolve "$work/town/hosts" --settings "$work/fast.yaml" --roots "$work/town/tls/root.crt")
wget=("${alone[@]}" sh "$work/mirror")

# What is there goes out of the way: ext4 looks long for a place for files where
# many were deleted just now.
away() {
  # shellcheck disable=SC2016 # the shell that runs it makes the folder
  printf 'mv %s "$(mktemp -d %s)" 2>/dev/null || true' "$*" "$work/old.XXXXXX"
}

"$PAIR" -n "$RUNS" -a 'vidno audit: the town' -A "$(away "$site/audits" "$site/data/town/audit")" \
  -b 'wget --mirror' -B "$(away "$work/wget")" \
  -- "${vidno[@]}" -- "${wget[@]}"

# What each asks in one run, by the log of the server.
questions() {
  local before
  before=$(grep -c ,ask, "$work/town/access.csv")
  "$@" >"$work/messages" 2>&1 || true
  sleep 0.2
  echo $(($(grep -c ,ask, "$work/town/access.csv") - before))
}
good=$(cat "$site"/audits/town/*/*.log.csv | grep -c ',ok,200')
files=$(find "$work/wget" -type f | wc -l)
sh -c "$(away "$site/audits" "$site/data/town/audit" "$work/wget")"
echo "  $(wc -l <"$work/urls") sites; vidno: $(questions "${vidno[@]}") questions, $good good answers;" \
  "wget: $(questions "${wget[@]}") questions, $files files"
