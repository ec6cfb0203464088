#!/bin/sh
# Runs once, when the database server's volume is empty: one database for each service, and for each an account that reaches its own
# database only.
set -eu

run() {
  psql --set ON_ERROR_STOP=1 --quiet --no-psqlrc --username "$POSTGRES_USER" --dbname postgres "$@"
}

run --command 'REVOKE CONNECT, TEMPORARY ON DATABASE postgres, template1 FROM PUBLIC'

create() {
  # psql quotes the names and the password, so they may hold anything; its variables are not expanded in --command, only in its input.
  run --set service="$1" --set password="$2" <<'SQL'
CREATE ROLE :"service" LOGIN PASSWORD :'password';
CREATE DATABASE :"service" OWNER :"service";
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
SQL
}

create identity "$IDENTITY_DB_PASSWORD"
create projects "$PROJECTS_DB_PASSWORD"
create repairs "$REPAIRS_DB_PASSWORD"
create complaints "$COMPLAINTS_DB_PASSWORD"
create surveys "$SURVEYS_DB_PASSWORD"
create reporting "$REPORTING_DB_PASSWORD"
