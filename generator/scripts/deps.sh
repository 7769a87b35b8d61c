#!/bin/sh
# Installs the Debian packages that building needs (deps.sh site) or that
# building and testing need (deps.sh test). Says what it installs. Where all
# is there already it does nothing: no network, no rights, no time.
set -eu

site='gcc libc6-dev make pkgconf libcmark-gfm-dev libcmark-gfm-extensions-dev libcsv-dev
  libyaml-dev nettle-dev libstemmer-dev libgit2-dev libmicrohttpd-dev libpcre2-dev
  libgumbo-dev libexpat1-dev libcurl4-openssl-dev libidn2-dev libpsl-dev zlib1g-dev gettext'
test='libcmocka-dev libjansson-dev git clang clang-format cppcheck shellcheck jq curl
  chromium fonts-dejavu-core hugo python3 wget linkchecker libxml2-utils openssl iproute2'

case ${1-} in
site) wanted=$site tools= ;;
test) wanted="$site $test" tools='node:nodejs npm:npm java:default-jre-headless' ;;
*)
  echo 'usage: deps.sh site|test' >&2
  exit 2
  ;;
esac

# Node.js (in one package with npm) and Java are often installed from elsewhere
# than Debian: what counts is that the command is there.
missing=
for pair in $tools; do
  command -v "${pair%%:*}" >/dev/null || missing="$missing ${pair#*:}"
done

if ! command -v dpkg-query >/dev/null; then
  echo "deps.sh: this is not Debian; please see that these are installed, then build:" >&2
  # shellcheck disable=SC2086 # a list of words
  echo $wanted $missing >&2
  exit 0
fi

# shellcheck disable=SC2086 # a list of words
have=$(dpkg-query -W -f '${db:Status-Status} ${Package}\n' $wanted 2>/dev/null || true)
for package in $wanted; do
  case "
$have
" in
  *"
installed $package
"*) ;;
  *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
  root=
elif command -v sudo >/dev/null; then
  root=sudo
else
  echo "deps.sh: not root and no sudo; please have these installed:$missing" >&2
  exit 1
fi

echo "Installing Debian packages:$missing"
# shellcheck disable=SC2086 # no sudo for root, and a list of words
{
  $root apt-get update -qq || echo "deps.sh: going on with the package lists at hand" >&2
  $root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing
}
