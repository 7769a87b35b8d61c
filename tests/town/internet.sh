#!/usr/bin/env bash
# The audit in a small internet (internet.mjs): public sites lead to private
# addresses in every way, and none of those may be asked. To be run as root of
# network and mount namespaces of its own.
#
#   unshare --map-root-user --net --mount internet.sh FOLDER
set -euo pipefail
: "${VIDNO:?the program}"
cd "$(dirname "$0")/../.."
. tests/tools/tap.sh
work=$1
site=$work/site
round=2022-11-15

# Everything is on loopback: a network of public addresses, and private ones.
ip link set lo up
ip addr add 93.184.216.254/32 dev lo
ip route add local 93.184.216.0/24 dev lo
for address in 10.0.0.1 169.254.169.254 192.168.1.1 100.64.0.1 172.16.0.1 198.18.0.1; do
  ip addr add "$address/32" dev lo
done
SIX=0
if ip -6 addr add 2606:2800:220:1::34/128 dev lo nodad 2>/dev/null; then
  SIX=1
  for address in fd00::1 64:ff9b::7f00:1 2002:7f00:1::; do
    ip -6 addr add "$address/128" dev lo nodad
  done
fi
export SIX
echo 'nameserver 127.0.0.1' >"$work/resolv.conf"
echo 'hosts: files dns' >"$work/nsswitch.conf"
mount --bind "$work/resolv.conf" /etc/resolv.conf
mount --bind "$work/nsswitch.conf" /etc/nsswitch.conf

# As many offices have it: what goes out goes through a proxy within.
export http_proxy=http://10.0.0.1/ HTTPS_PROXY=http://10.0.0.1/ ALL_PROXY=http://127.0.0.1/

node tests/town/internet.mjs "$work" >"$work/server" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true' EXIT
until [ -e "$work/ready" ]; do
  kill -0 "$server" 2>/dev/null || {
    cat "$work/server"
    exit 1
  }
  sleep 0.1
done

cp -r tests/town/site "$site"
mkdir -p "$site/data/town"
cp data/audit-*.csv "$site/data/"
cp "$work/schools.csv" "$site/data/town/"

# A public site that fails is tried again in minutes, as it should be; then
# this test has failed anyway.
audit() {
  timeout 400 "$VIDNO" audit town --site "$site" --any-hour "$@"
}

# asked_within: connections to private addresses.
asked_within() {
  awk -F, '$3 == "open" && $2 !~ /^93\.184\.216\./ && $2 !~ /^2606:/' "$work/access.csv"
}

# found SCHOOL OUTCOME: of the programme.
found() {
  grep -q "^$1,programme,$2," "$site/data/town/audit/$round.csv" || {
    grep "^$1,programme," "$site/data/town/audit/$round.csv"
    return 1
  }
}

visit() {
  audit --date "$round" >"$work/out" 2>&1 || {
    cat "$work/out"
    return 1
  }
  found both yes
  [ "$SIX" -eq 0 ] || found six yes
  found rebind yes
}

nobody_within() {
  asked_within
  [ -z "$(asked_within)" ]
}

# Not for want of trying: the log of the visit has a row for each.
all_refused() {
  local log=$site/audits/town/$round kept=0
  for n in $(seq 0 30); do
    grep -q ',private,' "$log/to-$n.log.csv" || {
      cat "$log/to-$n.log.csv"
      return 1
    }
  done
  for id in frames base cookie document inside six-inside mapped address own-name robots; do
    grep -q ',private,' "$log/$id.log.csv" || {
      cat "$log/$id.log.csv"
      return 1
    }
  done
  kept=$(grep -c '^[^,]*,file,.*,private,' "$log/links.log.csv")
  [ "$kept" -ge 20 ] || {
    cat "$log/links.log.csv"
    return 1
  }
}

# The name has another address by now.
rebound() {
  touch "$work/rebound"
  audit --date 2022-11-16 --schools rebind >"$work/out" 2>&1
  grep -q ',private,' "$site/audits/town/2022-11-16/rebind.log.csv"
  nobody_within
}

# Haste is for private addresses; the public site keeps its rest. Who comes sooner
# than after that has not kept it.
polite() {
  cat >"$work/hasty.yaml" <<'END'
delay-ms: 0
delay-times: 0
platform-interval-ms: 0
retry-1-ms: 0
END
  echo '10.0.0.1 inside.example' >"$work/hosts"
  audit --date 2022-11-17 --schools polite,inside \
    --settings "$work/hasty.yaml" --allow-private --resolve "$work/hosts" >"$work/out" 2>&1
  awk -F, '$3 == "ask" && $1 > '"$1"' {
    if ($4 in last && (least[$4] == "" || $1 - last[$4] < least[$4])) least[$4] = $1 - last[$4]
    last[$4] = $1; count[$4]++
  }
  END {
    for (host in count) print host, count[host], "asked, the shortest rest", least[host]
    exit !(count["polite.example"] >= 4 && least["polite.example"] >= 1950 &&
      count["inside.example"] >= 3 && least["inside.example"] < 1950)
  }' "$work/access.csv"
}

check 'public sites are visited by their names' visit
check 'nothing is asked at a private address' nobody_within
check 'each was refused for its address' all_refused
check 'nor when the name has a private address by now' rebound
check 'with --allow-private a public site is asked no faster' polite "$(tail -n 1 "$work/access.csv" | cut -d, -f1)"
finish
