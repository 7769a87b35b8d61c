#!/usr/bin/env bash
# The whole audit of sites on loopback: asking, reading links, archive, judging,
# rows. One site without a delay beside wget --mirror and linkchecker; a thousand
# sites with the politeness of a real audit; sites beside hosts that never
# answer. The aims: not slower than wget for each page, three times linkchecker's
# pages per second; under 10 % of one processor and 200 MB; dead hosts delay the
# others by no more than a tenth.
#
#   SITES=1000 SITE_PAGES=5    the polite audit: a site takes some 2 s a page
#   LIVING=96 DEAD=2000        hosts of the last comparison; the living ones have
#   LIVING_PAGES=40            so many pages
#
# linkchecker asks one host ten times a second unless it is told otherwise and
# the server allows it; neither is in its way here.
set -euo pipefail

work=$(mktemp -d)
port=$((20000 + $$ % 20000))
servers=()
stop() {
  for id in "${servers[@]}"; do kill "$id" 2>/dev/null || true; done
  rm -rf "$work"
}
trap stop EXIT

serve() { # what, its arguments
  "$BENCH/audit_bench" "$@" &
  servers+=($!)
  sleep 0.5
}

# site NAME, and lines "id,address" of schools
site() {
  mkdir -p "$work/$1/content/town" "$work/$1/data/town"
  printf 'title: Town\nbase_url: https://town.example/\nlanguage: en\n' >"$work/$1/content/site.yaml"
  printf -- '---\ntitle: Town\n---\n\nTown.\n' >"$work/$1/content/town/index.md"
  cp data/audit-*.csv "$work/$1/data/"
  {
    echo 'school,name,kind,site'
    awk -F, '{ printf "%s,School %s,secondary,%s\n", $1, $1, $2 }'
  } >"$work/$1/data/town/schools.csv"
}

hosts() { # prefix, second number of the address, how many, port
  awk -v name="$1" -v two="$2" -v count="$3" -v port="$4" 'BEGIN {
    for (i = 0; i < count; i++)
      printf "%s-%d,http://127.%d.%d.%d:%d/\n", name, i, two, i / 250, i % 250 + 1, port
  }'
}

options=(--contact 'https://town.example/; audit@town.example' --any-hour --allow-private --date 2022-11-15)
asked() { cat "$1"/audits/town/*/*.log.csv | grep -c "$2"; }

# -- one site, as fast as it goes ----------------------------------------------

cat >"$work/fast.yaml" <<'EOF'
delay-ms: 0
delay-times: 0
platform-interval-ms: 0
shape-pages: 1000
EOF
cat >"$work/linkcheckerrc" <<'EOF'
[checking]
maxrequestspersecond=100000
EOF
serve serve "$port" 100
one=http://127.0.0.1:$port/
echo "one,$one" | site one
audit=("$VIDNO" audit town --site "$work/one" "${options[@]}" --settings "$work/fast.yaml")
again="rm -rf $work/one/audits $work/one/data/town/audit"

if command -v wget >/dev/null; then
  "$PAIR" -n "$RUNS" -a 'vidno audit: one site' -A "$again" -b 'wget --mirror' -B "rm -rf $work/wget" \
    -- "${audit[@]}" -- wget --quiet --mirror --directory-prefix "$work/wget" "$one"
  echo "  vidno: $(asked "$work/one" ',page,') pages, $(asked "$work/one" .) requests; wget: $(find "$work/wget" -type f | wc -l) files"
fi
if command -v linkchecker >/dev/null; then
  for threads in 0 10; do
    "$PAIR" -n 3 -a 'vidno audit: one site' -A "$again" -b "linkchecker, $threads threads" \
      -- "${audit[@]}" -- linkchecker --config "$work/linkcheckerrc" --threads "$threads" --quiet \
      --no-status --no-warnings "$one" 2>"$work/messages"
  done
fi

# -- a thousand sites, politely --------------------------------------------------

serve serve $((port + 1)) "${SITE_PAGES:-5}"
hosts school 1 "${SITES:-1000}" $((port + 1)) | site many
printf '  %d sites of %d pages, default politeness: ' "${SITES:-1000}" "${SITE_PAGES:-5}"
{ "$BENCH/audit_bench" cost "$VIDNO" audit town --site "$work/many" "${options[@]}" >"$work/messages"; } 2>&1 ||
  tail -5 "$work/messages"
echo "  $(asked "$work/many" ',page,') pages, $(asked "$work/many" .) requests"

# -- among the dead ----------------------------------------------------------------

# until_living SITE: seconds until all living ones are done; then it is stopped.
until_living() {
  local ended=0
  local begun
  begun=$(date +%s%3N)
  "$VIDNO" audit town --site "$work/$1" "${options[@]}" >"$work/messages" 2>&1 &
  local id=$!
  while [ "$ended" -lt "$living" ] && kill -0 "$id" 2>/dev/null; do
    sleep 0.2
    ended=$(find "$work/$1/audits" -name 'living-*.log.csv' 2>/dev/null | wc -l)
  done
  echo $(($(date +%s%3N) - begun))
  kill -INT "$id" 2>/dev/null || true
  wait "$id" || true
}

living=${LIVING:-96} dead=${DEAD:-2000}
serve deaf $((port + 2))
serve serve $((port + 3)) "${LIVING_PAGES:-40}"
hosts living 3 "$living" $((port + 3)) | site alone
{
  hosts dead 4 "$dead" $((port + 2))
  hosts living 3 "$living" $((port + 3))
} | sort -t- -k2n | site among
alone=$(until_living alone)
among=$(until_living among)
awk -v living="$living" -v dead="$dead" -v x="$among" -v y="$alone" 'BEGIN {
  printf "  %d sites of living hosts: alone %.1f s, among %d dead ones %.1f s: %.2f times\n",
    living, y / 1000, dead, x / 1000, x / y }'
