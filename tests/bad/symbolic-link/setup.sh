#!/bin/sh
# Links that lead out of the site, and one to nowhere.
set -eu
ln -s /etc/hostname content/zarechye/documents/host.md
ln -s /etc content/zarechye/files/etc
rm data/zarechye/context.csv
ln -s ../../../context.csv data/zarechye/context.csv
ln -s nowhere.md content/zarechye/programme.md
