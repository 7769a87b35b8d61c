#!/usr/bin/env bash
# A department's cold build beside Hugo's build of a fresh site with one page,
# both as whole processes. The aim: less than half of Hugo's time, under 32 MB.
set -euo pipefail

# Whatever the last run left is renamed away, not deleted: after a removal
# some file systems create files two or three times slower.
# In memory where there is room: the programs are measured, not the disk.
if [ -w /dev/shm ]; then TMPDIR=/dev/shm; fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/away"
cat >"$work/away.sh" <<'EOF'
for path; do
  [ ! -e "$path" ] || mv "$path" "$(mktemp -d "$(dirname "$0")/away/XXXXXX")"
done
EOF

hugo new site --quiet "$work/hugo" >"$work/log"
cat >"$work/hugo/content/page.md" <<'EOF'
---
title: One page
---
A fresh site has no theme; one page and one layout are the least that renders.
EOF
mkdir -p "$work/hugo/layouts/_default"
echo '<!doctype html><title>{{ .Title }}</title>{{ .Content }}' >"$work/hugo/layouts/_default/single.html"

"$PAIR" -n "$RUNS" \
  -a 'vidno: ust-ilimsk, cold' -A "sh $work/away.sh $work/out $XDG_CACHE_HOME" \
  -b 'hugo: fresh site, one page' -B "sh $work/away.sh $work/hugo/public $work/hugo/resources" \
  -- "$VIDNO" build --site . --out "$work/out" --only ust-ilimsk \
  -- hugo --quiet --source "$work/hugo" 2>"$work/messages" || {
  cat "$work/messages"
  exit 1
}
