#!/bin/sh
# Somebody runs the program in the wrong folder.
set -eu
rm content/site.yaml
