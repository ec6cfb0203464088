#!/usr/bin/env bash
# Makes the account of a BI tool on Reporting's database: it reads the views of schema bi (docs/bi.md) and nothing else, changes nothing,
# and no query of it runs longer than a minute.
#
#   deploy/bi-account.sh add NAME [WHICH]     prints the password, which is told once
#   deploy/bi-account.sh limit NAME [WHICH]   other rows than before
#   deploy/bi-account.sh password NAME        a new one
#   deploy/bi-account.sh remove NAME
#   deploy/bi-account.sh list
#
# WHICH: --departments qc,production   their rows only, all where it is left out
#        --regions 華南,華東            the same by sales region of the customer
#        --personal                    personal columns are shown, not ***
#
# It asks psql as an account that may create roles: PGHOST, PGPORT, PGUSER, PGPASSWORD say where, or
# PSQL="docker compose exec -T postgres psql -U postgres". DATABASE is Reporting's, reporting by default.
set -euo pipefail

database=${DATABASE:-reporting}
read -r -a psql <<< "${PSQL:-psql}"

usage() { sed -n '2,/^set/s/^# \{0,1\}//p' "$0"; exit 2; }

[ $# -ge 1 ] || usage
action=$1
shift
name=
case $action in
  add|limit|password|remove)
    [ $# -ge 1 ] || usage
    name=$1
    shift
    [[ $name =~ ^[a-z][a-z0-9_]{0,30}$ ]] || { echo "A name has lower-case letters, digits and underscores: '$name'." >&2; exit 2; }
    ;;
esac
account=bi_$name

departments='' regions='' personal=false
if [[ $action =~ ^(add|limit)$ ]]; then
  while [ $# -gt 0 ]; do
    case $1 in
      --departments|--regions)
        # An empty list must not be read as all.
        [[ ${2:-} =~ ^[^,[:space:]]([^,]*[^,[:space:]])?(,[^,[:space:]]([^,]*[^,[:space:]])?)*$ ]] || { echo "$1 takes words between commas, without spaces around them." >&2; exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
      --personal) personal=true ;;
      *) usage ;;
    esac
    shift
  done
fi
[ $# -eq 0 ] || usage

run() {
  "${psql[@]}" --set ON_ERROR_STOP=1 --quiet --no-psqlrc --dbname "$database" --set account="$account" --set database="$database" \
    --set departments="$departments" --set regions="$regions" --set personal="$personal" "$@"
}
new_password() { head -c 24 /dev/urandom | base64 | tr -d '+/=\n'; }
limits="
INSERT INTO bi_access.accounts (account, departments, regions, personal)
VALUES (:'account', string_to_array(nullif(:'departments', ''), ','), string_to_array(nullif(:'regions', ''), ','), :'personal')
ON CONFLICT (account) DO UPDATE SET departments = excluded.departments, regions = excluded.regions, personal = excluded.personal;"

case $action in
  add)
    password=$(new_password)
    { cat << 'SQL'; echo "$limits COMMIT;"; } | run --set password="$password"
BEGIN;
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
  limit)
    # An account that is not there would be one that is made later, with these rows.
    [ "$(run --tuples-only --no-align <<< "SELECT count(*) FROM pg_roles WHERE rolname = :'account';")" = 1 ] \
      || { echo "There is no account $account." >&2; exit 1; }
    run <<< "$limits"
    ;;
  password)
    password=$(new_password)
    run --set password="$password" <<< 'ALTER ROLE :"account" PASSWORD :'"'password'"';'
    echo "Password: $password"
    ;;
  remove) run <<< 'BEGIN; DROP ROLE :"account"; DELETE FROM bi_access.accounts WHERE account = :'"'account'"'; COMMIT;' ;;
  list)
    run << 'SQL'
SELECT r.rolname AS account,
       CASE WHEN a.account IS NULL THEN 'none' ELSE coalesce(array_to_string(a.departments, ','), 'all') END AS departments,
       CASE WHEN a.account IS NULL THEN 'none' ELSE coalesce(array_to_string(a.regions, ','), 'all') END AS regions,
       coalesce(a.personal, false) AS personal
FROM pg_auth_members m JOIN pg_roles g ON g.oid = m.roleid AND g.rolname = 'customer_service_bi' JOIN pg_roles r ON r.oid = m.member
LEFT JOIN bi_access.accounts a ON a.account = r.rolname ORDER BY 1;
SQL
    ;;
  *) usage ;;
esac
