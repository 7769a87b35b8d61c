#!/bin/sh
# A folder stands where a table is expected, and another where a page is.
set -eu
rm data/zarechye/results.csv
mkdir data/zarechye/results.csv content/zarechye/programme.md
