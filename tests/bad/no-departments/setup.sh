#!/bin/sh
# The folder of the only department has another name than index.md for its page.
set -eu
mv content/zarechye/index.md content/zarechye/main.md
