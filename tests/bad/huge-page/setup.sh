#!/bin/sh
# A page and an attached film above their limits.
set -eu
truncate -s 1G content/zarechye/programme.md
truncate -s 1G content/zarechye/files/order.txt
