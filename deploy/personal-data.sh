#!/usr/bin/env bash
# Exports what the system keeps of a person, by name, phone, mail address or account: asks each service and prints one JSON document.
#
#   TOKEN=$(deploy/token.sh ADMINISTRATOR PASSWORD) deploy/personal-data.sh '13800138000' > person.json
#
# A service that does not answer is named under "unavailable", and the exit code is 1. ADDRESS is the gateway's (http://localhost:5080).
# Needs curl and jq.
set -euo pipefail

[ $# -eq 1 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0"; exit 2; }
[ -n "${TOKEN:-}" ] || { echo "TOKEN is not set: TOKEN=\$(deploy/token.sh USER PASSWORD)." >&2; exit 2; }
address=${ADDRESS:-http://localhost:5080}
answers='[]' unavailable='[]'
for service in identity projects repairs complaints surveys reporting; do
  if answer=$(curl --silent --show-error --fail --get --header "Authorization: Bearer $TOKEN" --data-urlencode "text=$1" \
    "$address/api/$service/v1/personal-data"); then
    answers=$(jq --argjson answer "$answer" '. + [$answer]' <<< "$answers")
  else
    unavailable=$(jq --arg service "$service" '. + [$service]' <<< "$unavailable")
  fi
done
jq --null-input --arg text "$1" --argjson services "$answers" --argjson unavailable "$unavailable" \
  '{$text, $services, $unavailable}'
[ "$unavailable" = '[]' ]
