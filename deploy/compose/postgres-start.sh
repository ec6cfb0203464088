#!/bin/bash
# Starts PostgreSQL. Before that, where there are data already, each account gets the password that .env has now: one that was changed
# holds from the next start on, as at the broker.
set -eu

alter() {
  # It stands in addresses, too, so it is letters, digits and hyphens, see .env.example; a quote could not be told from its end here.
  if [[ ! "$2" =~ ^[A-Za-z0-9-]+$ ]]; then
    echo "The password of $1 in .env holds something else than letters, digits and hyphens." >&2
    exit 1
  fi
  echo "ALTER ROLE \"$1\" PASSWORD '$2';"
}

if [ -s "$PGDATA/PG_VERSION" ]; then
  statements="$(
    alter "${POSTGRES_USER:-postgres}" "$POSTGRES_PASSWORD"
    alter identity "$IDENTITY_DB_PASSWORD"
    alter projects "$PROJECTS_DB_PASSWORD"
    alter repairs "$REPAIRS_DB_PASSWORD"
    alter complaints "$COMPLAINTS_DB_PASSWORD"
    alter surveys "$SURVEYS_DB_PASSWORD"
    alter reporting "$REPORTING_DB_PASSWORD"
  )"
  # The server alone, on its own data: nobody can connect yet, and the administrator's old password is not needed.
  gosu postgres postgres --single -D "$PGDATA" -c log_statement=none -c log_min_error_statement=panic postgres \
    <<< "$statements" > /dev/null
fi

exec docker-entrypoint.sh "$@"
