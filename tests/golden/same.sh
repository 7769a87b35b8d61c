# shellcheck shell=bash
# Same input, same bytes: for any number of threads, in any folder, again and
# again. Sourced by run.sh.
: "${here:?the folder of the cases}" "${work:?an empty folder}"

# Three departments, so that threads have something to take from each other.
many_departments() {
  local id
  cp -r "$here/tiny/site" "$1"
  for id in alpha omega; do
    cp -r "$1/content/lesnoy" "$1/content/$id"
    cp -r "$1/data/lesnoy" "$1/data/$id"
    sed -i "s/^short: .*/short: $id/" "$1/content/$id/index.md"
  done
}

# Path, inode and time of every file.
inodes() {
  (cd "$1" && find . -type f -printf '%p %i %T@\n' | LC_ALL=C sort)
}

threads_and_folders() {
  many_departments "$work/one"
  mkdir -p "$work/deep/er"
  cp -r "$work/one" "$work/deep/er/another"
  "$VIDNO" build --quiet --date 2022-06-01 --jobs 1 --site "$work/one" --out "$work/one.out"
  (cd "$work/deep/er/another" && "$VIDNO" build --quiet --date 2022-06-01 --jobs 8)
  diff -r "$work/one.out" "$work/deep/er/another/public"
}

second_build() {
  inodes "$work/one.out" >"$work/before"
  "$VIDNO" build --quiet --date 2022-06-01 --jobs 8 --site "$work/one" --out "$work/one.out"
  inodes "$work/one.out" | diff "$work/before" -
}

# The pages that differ, on standard output.
after_change() {
  inodes "$work/one.out" >"$work/before"
  "$VIDNO" build --quiet --date 2022-06-01 --site "$work/one" --out "$work/one.out"
  inodes "$work/one.out" >"$work/after"
  comm -13 "$work/before" "$work/after" | sed -n 's|^\./\([^ ]*\) .*|\1|p' | sed '/^\.vidno-manifest$/d'
}

# One mark of one school: its page, and where the whole table stands. The
# other departments and the pages above stay.
# The page of the data names the hash of each download.
one_number() {
  sed -i 's/^2021,oge-rus,school,second,42,3,3.57/2021,oge-rus,school,second,42,3,3.58/' \
    "$work/one/data/lesnoy/results.csv"
  after_change >"$work/changed"
  diff - "$work/changed" <<'EOF'
lesnoy/data/datapackage.json
lesnoy/data/index.html
lesnoy/data/results.csv
lesnoy/data/results.json
lesnoy/data/results/index.html
lesnoy/schools/second/index.html
EOF
}

# A removed page goes, and nothing else with it.
one_page_less() {
  rm "$work/one/content/omega/events/seminar.md"
  after_change >"$work/changed"
  [ ! -e "$work/one.out/omega/events/seminar" ]
  ! grep -v '^omega/\|^sitemap.xml$' "$work/changed"
}

only_one() {
  sed -i 's/Школа стоит у озера/Школа стоит на берегу/' "$work/one/content/"*/schools/ozernaya.md
  inodes "$work/one.out" >"$work/before"
  "$VIDNO" build --quiet --date 2022-06-01 --only alpha --site "$work/one" --out "$work/one.out"
  grep -q 'берегу' "$work/one.out/alpha/schools/ozernaya/index.html"
  grep -q 'озера' "$work/one.out/omega/schools/ozernaya/index.html"
  inodes "$work/one.out" | grep -v '^./alpha/\|^./\.vidno' | diff <(grep -v '^./alpha/\|^./\.vidno' "$work/before") -
}

# What somebody begins with is in order, and works at once.
new_site() {
  "$VIDNO" new "$work/new" --department lug --title 'Отдел образования Лугового района'
  "$VIDNO" check --site "$work/new" --date 2025-06-01 >"$work/said" 2>&1
  cat "$work/said"
  grep -q '^No errors' "$work/said"
  [ "$(grep -cE '^[^ ]+: (error|warning|note): ' "$work/said")" -eq 0 ]
  "$VIDNO" build --quiet --site "$work/new" --date 2025-06-01
  grep -q 'Лугового района' "$work/new/public/lug/index.html"
  node "$here/parity.mjs" "$work/new/public/lug/data"
}

rm -rf "${work:?}"/*
check 'same: one thread and eight, in two folders' threads_and_folders
check 'same: a second build touches nothing' second_build
check 'same: one number changes its pages only' one_number
check 'same: a page that is gone goes alone' one_page_less
check 'same: --only leaves the other departments' only_one
check 'same: a new site is in order' new_site
