#!/bin/sh
# A file of somebody else. Nothing is forbidden to root: skipped.
set -eu
[ "$(id -u)" -ne 0 ] || exit 77
chmod 000 data/zarechye/results.csv content/zarechye/documents/order.md
