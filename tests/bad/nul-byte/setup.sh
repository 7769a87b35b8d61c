#!/bin/sh
# A zero byte where a damaged disk or a wrong program left it.
set -eu
printf '2021,oge-rus,school,lugovaya,20,1,3.6,95,5\0005,held,\n' >>data/zarechye/results.csv
