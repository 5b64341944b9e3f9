#!/bin/sh
# Gives a database server a role that may read its statistics and not one row of a table, with a password that its
# exporter alone can read. Run by the server's superuser at each start; what is there stays.
set -eu
password=/credentials/monitor/password

if [ ! -s "$password" ]; then
  umask 0337
  rm -f "$password.new"
  od -An -N24 -tx1 /dev/urandom | tr -d ' \n' >"$password.new"
  chgrp "$EXPORTER_GID" "$password.new"
  mv "$password.new" "$password"
fi

PGPASSWORD=$(cat /credentials/superuser/password)
export PGPASSWORD
exec psql --quiet --no-psqlrc --set=ON_ERROR_STOP=1 --file="${0%/*}/monitor-role.sql"
