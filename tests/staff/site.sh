# shellcheck shell=bash
# A site of its own for each test, and what is asked of it. To be sourced; needs
# work, a folder, and VIDNO.
: "${work:?a folder}" "${VIDNO:?the program}"

# run STATUS COMMAND...: what it prints, in $work/out and $work/err.
run() {
  local wanted=$1 status=0
  shift
  "$@" >"$work/out" 2>"$work/err" </dev/null || status=$?
  [ "$status" -eq "$wanted" ] || {
    echo "status $status, not $wanted: $*"
    cat "$work/out" "$work/err"
    return 1
  }
}

says() {
  grep -qF -e "$2" "$work/$1" || {
    echo "no «$2» in:"
    cat "$work/$1"
    return 1
  }
}

# edit OLD NEW: in the results of the site.
edit() {
  local before
  before=$(cksum <data/lug/results.csv)
  sed -i "s/$1/$2/" data/lug/results.csv
  [ "$before" != "$(cksum <data/lug/results.csv)" ]
}

# The row of a school that the tests write into: below_minimum is N.
row() {
  edit '^\(2023,oge-math,school,school-1,41\),[0-9]*,[0-9.]*,' "\\1,$1,$2,"
}

publish() {
  "$VIDNO" publish --yes "$@"
}

is_built() {
  rm -rf "$work/fresh"
  "$VIDNO" build --quiet --out "$work/fresh"
  diff -r -x .vidno-manifest -x assets public "$work/fresh"
}

# git finds nothing wrong but what nothing points to.
sound() {
  if git fsck --strict 2>&1 | grep -v '^dangling'; then return 1; fi
}

# Nothing of the site is in no version, and git finds nothing wrong.
is_clean() {
  [ -z "$(git status --porcelain content data themes)" ]
  sound
}

# A site in git, published once, in a folder of its own.
site() {
  rm -rf "$work/site"
  "$VIDNO" new "$work/site" --department lug >/dev/null
  cd "$work/site" || return 1
  cat >>content/site.yaml <<'EOF'
staff:
  - {login: petrova, name: Петрова, mail: test@example.org, roles: [publisher]}
  - {login: ivanov, name: Иванов, mail: ivanov@example.org, roles: [editor]}
  - {login: guest, name: Гость, mail: guest@example.org, roles: [viewer]}
  - {login: silent, name: Без адреса, roles: [editor]}
EOF
  git init -q
  publish -m 'Первая версия' >/dev/null
}
