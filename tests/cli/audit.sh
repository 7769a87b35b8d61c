# shellcheck shell=bash disable=SC2154
# The audit without network: what is said of wrong words, and a department that
# has a checklist of its own. Read by run.sh.

audited=$work/audited

# A department with three schools, one of them closed, and the shipped lists.
audit_site() {
  rm -rf "$audited"
  cp -r tests/town/site "$audited"
  mkdir -p "$audited/data/town/audit"
  cp data/audit-*.csv "$audited/data/"
  cat >"$audited/data/town/schools.csv" <<'EOF'
school,name,kind,site,to_year
alpha,Школа № 1,secondary,http://alpha.town.test/,
beta,Школа № 2,secondary,http://beta.town.test/,
old,Школа № 3,secondary,http://old.town.test/,2020
EOF
}

# audit STATUS WORDS...: the command on that site.
audit() {
  local wanted=$1
  shift
  run "$wanted" "$VIDNO" audit "$@" --site "$audited"
}

audit_words() {
  audit_site
  audit 2 twon
  says err 'Did you mean “town”?'
  audit 2 letters town
  says err 'did you mean letter?'
  audit 2 town town
  says err 'one department at a time'
  audit 2 town --schools alfa
  says err 'Did you mean “alpha”?'
  audit 2 town --schools ''
  says err '--schools needs a value'
  audit 2 town --date tomorrow
  says err 'Write it like 2026-01-31 or 31.01.2026.'
  audit 2 town --resume
  says err 'Begin a visit: vidno audit town'
  audit 2 town --replay "$work/tmp"
  says err 'this is no record of a visit'
  audit 1 town --confirm
  says err 'Visit the sites first: vidno audit town'
  audit 1 letter town
  says err 'Visit the sites first: vidno audit town'
  audit 2 show town
  says err '«audit show DEPT SCHOOL»'
  audit 2 set town alpha programme yes --as auditor --url http://alpha.town.test/
  says err 'a decision needs its reason'
  if grep -F '«»' "$work/err"; then return 1; fi
  LANGUAGE=ru audit 2 town --schools alfa
  says err 'Возможно, вы имели в виду «alpha»?'
  [ ! -e "$audited/audits" ]
}

# What is lacking in the tables is no wrong use: status 1, and the file is named.
audit_lacks() {
  audit_site
  sed -i 's/,$/,2020/' "$audited/data/town/schools.csv"
  audit 1 town
  says err 'data/town/schools.csv: error: no school of the department is open'
  rm "$audited/data/town/schools.csv"
  audit 1 town
  says err 'data/town/schools.csv: error: the department has no schools yet'
  audit_site
  sed -i '1!d' "$audited/data/audit-checklist.csv"
  audit 1 town --any-hour
  says err 'data/audit-checklist.csv: error: there is no checklist, or it has no items'
  printf 'item,title,words,valid_to\nustav,Устав,устав,2020-12-31\n' \
    >"$audited/data/town/audit-checklist.csv"
  audit 1 town --any-hour
  says err 'data/town/audit-checklist.csv: error: no item of the checklist holds'
  [ ! -e "$audited/audits" ]
}

audit_rounds() {
  audit_site
  local row=',http://alpha.town.test/,,200,2022-11-15T20:00:00Z,,automatic,,,1,confirmed,'
  printf 'school,item,found,url,link_text,http_status,fetched,sha256,method,by,reason,visit,state,note\nalpha,programme,yes%s\n' \
    "$row" >"$audited/data/town/audit/2022-11-15.csv"
  cp "$audited/data/town/audit/2022-11-15.csv" "$audited/data/town/audit/2023-11-15.csv"
  audit 1 show town alpha --date 2022-11-16
  says err 'The rounds are: 2022-11-15, 2023-11-15.'
  audit 0 show town alpha
  says out 'round of 2023-11-15'
}

# A wrong day begins no round; who audits by hand says so.
audit_by_hand() {
  local seen=(--why seen --as auditor)
  audit_site
  audit 1 set town alpha programme no "${seen[@]}"
  says err 'Visit the sites first: vidno audit town; a round by hand begins with --new-round.'
  audit 1 set town alpha programme no "${seen[@]}" --date 2022-11-15
  [ -z "$(ls "$audited/data/town/audit")" ]
  audit 0 set town alpha programme no "${seen[@]}" --date 2022-11-15 --new-round
  says out 'With it the round of 2022-11-15 begins.'
  audit 0 set town beta programme no "${seen[@]}"
  if grep -q 'begins' "$work/out"; then return 1; fi
  audit 1 set town beta programme yes --url http://beta.town.test/ "${seen[@]}" --date 2022-11-16
  says err '2022-11-16'
  says err 'The rounds are: 2022-11-15; another one by hand begins with --new-round.'
  audit 2 set town beta programme no "${seen[@]}" --date soon --new-round
  says err 'Write it like 2026-01-31 or 31.01.2026.'
  # The day stands for a round that is there.
  audit 0 set town alpha order no "${seen[@]}" --date 2022-11-15 --new-round
  if grep -q 'begins' "$work/out"; then return 1; fi
  audit 0 set town alpha programme no "${seen[@]}" --new-round
  [ -e "$audited/data/town/audit/$(date -u +%Y-%m-%d).csv" ]
  [ "$(find "$audited/data/town/audit" -name '*.csv' ! -name '*.evidence.csv' | wc -l)" -eq 2 ]
}

# Its own list is all that is looked for: by the commands, the pages, the measures.
audit_own_list() {
  audit_site
  local own=$audited/data/town/audit-checklist.csv at=http://alpha.town.test/
  printf 'item,title,words,hint,examples\nustav,Устав школы,устав,Разместите устав.,Устав школы\n' >"$own"
  printf 'indicator,group,title,unit,rule,measure,cohort\nustav,Сайты,Доля школ с уставом,percent,at-least,audit:ustav,all\n' \
    >"$audited/data/town/indicators.csv"
  audit 2 set town alpha programme yes --url "$at" --why seen --as auditor
  says err 'data/town/audit-checklist.csv: error: «programme»: no such item'
  audit 0 set town alpha ustav yes --url "$at" --why seen --as auditor --date 2022-11-15 --new-round
  audit 0 set town beta ustav no --why seen --as auditor
  # The marks of order 1493 are in every department's list.
  audit 0 set town beta document.ustavDocLink no --why seen --as auditor
  audit 0 show town alpha
  says out 'Устав школы'
  audit 0 letter town beta
  says out 'Разместите устав.'
  run 0 "$VIDNO" build --site "$audited" --out "$work/own" --date 2022-12-01
  grep -q 'Устав школы' "$work/own/town/audit/2022-11-15/index.html"
  grep -q '^ustav,2022,50,1,2,' "$work/own/town/data/indicators.csv"
  grep -q '^2022-11-15,beta,document.ustavDocLink,no,' "$work/own/town/data/audit.csv"
  # An item that rows refer to cannot go; the message names the list.
  sed -i 's/^ustav,/charter,/' "$own"
  run 1 "$VIDNO" check --site "$audited" --date 2022-12-01
  says err 'data/town/audit-checklist.csv has no row with this id'
  says err 'with its last day in valid_to'
  audit 1 show town alpha
  rm "$own"
  run 1 "$VIDNO" check --site "$audited" --date 2022-12-01
  says err 'data/audit-checklist.csv has no row with this id'
}

# A visit to schools without an address, which needs no archive.
audit_replayed() {
  audit 0 town --replay "$audited/audits/town/2022-11-15"
}

# A school that was taken out of all tables comes back by no replay; where rows
# still refer to it, they come first, with what to do.
audit_gone() {
  local rows=$audited/data/town/audit/2022-11-15.csv visit=$audited/audits/town/2022-11-15
  audit_site
  sed -i 's#http://[a-z.]*/##' "$audited/data/town/schools.csv"
  mkdir -p "$visit"
  printf 'round: 2022-11-15\nvisit: 1\nschools:\n  - alpha\n  - beta\n' >"$visit/visit.yaml"
  audit_replayed
  if grep -q 'left out' "$work/out"; then return 1; fi
  grep -v '^beta,' "$rows" >"$work/rows"
  sed -i '/^beta,/d' "$audited/data/town/schools.csv"
  audit 1 town --replay "$visit"
  says err 'with its last year in to_year'
  sed -i '/^beta,/d' "$audited/data/town/audit/"*.csv
  audit_replayed
  says out 'not in schools.csv any more, and left out: beta'
  cmp "$work/rows" "$rows"
  run 0 "$VIDNO" check --site "$audited" --date 2022-12-01
  sed -i '/^alpha,/d' "$audited/data/town/schools.csv" "$audited/data/town/audit/"*.csv
  audit 1 town --replay "$visit"
  says err 'no school of this visit is in schools.csv any more'
}
