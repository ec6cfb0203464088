#!/usr/bin/env bash
# Makes the account of a BI tool on Reporting's database: it reads the views of schema bi (docs/bi.md) and nothing else, changes nothing,
# and no query of it runs longer than a minute.
#
#   deploy/bi-account.sh add NAME        prints the password, which is told once
#   deploy/bi-account.sh password NAME   a new one
#   deploy/bi-account.sh remove NAME
#
# It asks psql as an account that may create roles: PGHOST, PGPORT, PGUSER, PGPASSWORD say where, or
# PSQL="docker compose exec -T postgres psql -U postgres". DATABASE is Reporting's, reporting by default.
set -euo pipefail

database=${DATABASE:-reporting}
read -r -a psql <<< "${PSQL:-psql}"

usage() { sed -n '2,11s/^# \{0,1\}//p' "$0"; exit 2; }

[ $# -eq 2 ] || usage
action=$1
name=$2
[[ $name =~ ^[a-z][a-z0-9_]{0,30}$ ]] || { echo "A name has lower-case letters, digits and underscores: '$name'." >&2; exit 2; }
account=bi_$name

run() { "${psql[@]}" --set ON_ERROR_STOP=1 --quiet --no-psqlrc --dbname "$database" --set account="$account" --set database="$database" "$@"; }
new_password() { head -c 24 /dev/urandom | base64 | tr -d '+/=\n'; }

case $action in
  add)
    password=$(new_password)
    run --set password="$password" << 'SQL'
SELECT 'CREATE ROLE customer_service_bi NOLOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'customer_service_bi') \gexec
GRANT CONNECT ON DATABASE :"database" TO customer_service_bi;
GRANT USAGE ON SCHEMA bi TO customer_service_bi;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO customer_service_bi;
CREATE ROLE :"account" LOGIN PASSWORD :'password' IN ROLE customer_service_bi CONNECTION LIMIT 5;
ALTER ROLE :"account" SET default_transaction_read_only = on;
ALTER ROLE :"account" SET statement_timeout = '60s';
ALTER ROLE :"account" SET search_path = bi;
SQL
    echo "Account: $account"
    echo "Password: $password"
    ;;
  password)
    password=$(new_password)
    run --set password="$password" <<< 'ALTER ROLE :"account" PASSWORD :'"'password'"';'
    echo "Password: $password"
    ;;
  remove) run <<< 'DROP ROLE :"account";' ;;
  *) usage ;;
esac
