#!/bin/sh
# Writes .env with a password of its own for every account. What is there already is kept: remove .env first to begin again, and the
# volumes with it (docker compose down --volumes), because the first administrator's password is taken only once.
set -eu
cd "$(dirname "$0")/../.."

if [ -e .env ]; then
  echo ".env is there already and stays as it is." >&2
  exit 1
fi

secret() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

umask 077
while IFS= read -r line; do
  case "$line" in
    *=change-me*|*=changeme*) printf '%s=%s\n' "${line%%=*}" "$(secret)" ;;
    *) printf '%s\n' "$line" ;;
  esac
done < .env.example > .env
echo "Wrote .env. The first account is admin, its password: $(sed -n 's/^ADMINISTRATOR_PASSWORD=//p' .env)"
