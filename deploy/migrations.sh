#!/usr/bin/env bash
# Writes migrations, or checks that none is missing. Needs no database.
#
#   deploy/migrations.sh add NAME [SERVICE…]     one migration for each service (all when none is named)
#   deploy/migrations.sh initial [SERVICE…]      replaces all migrations by one; only until the first release
#   deploy/migrations.sh check [SERVICE…]        fails where a model has changes that no migration has
#
# After the first release a migration only adds; tests/Architecture.Tests/Migrations.cs says what that means.
set -euo pipefail
cd "$(dirname "$0")/.."

usage() { sed -n '2,9s/^# \{0,1\}//p' "$0"; exit 2; }

project_of() {
  case $1 in
    Identity) echo gateway/Identity ;;
    Projects | Repairs | Complaints | Surveys | Reporting) echo "services/$1" ;;
    *) echo "There is no service '$1'." >&2; exit 2 ;;
  esac
}

ef() { dotnet ef migrations "$@" --project "$project" --startup-project "$project"; }

[ $# -ge 1 ] || usage
action=$1
shift
name=Initial
if [ "$action" = add ]; then
  [ $# -ge 1 ] || usage
  name=$1
  shift
fi
[ $# -ge 1 ] || set -- Projects Repairs Complaints Surveys Reporting Identity

dotnet tool restore > /dev/null
for service in "$@"; do
  project=$(project_of "$service")
  case $action in
    add) ef add "$name" --output-dir Data/Migrations ;;
    initial)
      rm -rf "$project/Data/Migrations"
      ef add "$name" --output-dir Data/Migrations
      ;;
    check) ef has-pending-model-changes ;;
    *) usage ;;
  esac
done
