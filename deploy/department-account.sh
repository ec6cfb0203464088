#!/usr/bin/env bash
# Makes the account of a department's own system at the broker: it reads its own queue and can do nothing else.
#
#   deploy/department-account.sh add NAME PATTERN…   prints user, queue and the password, which is told once
#   deploy/department-account.sh revise NAME PATTERN…
#   deploy/department-account.sh password NAME       a new one
#   deploy/department-account.sh remove NAME
#   deploy/department-account.sh restore NAME        as it was before it was removed, with a new password and an empty queue
#   deploy/department-account.sh list
#
# A pattern is words joined by dots: complaints.#, *.complaint.registered.v1. STREAM=true before add or revise lets it read the stream of 30
# days, too. It asks the gateway at ADDRESS (http://localhost:5080) with TOKEN, an operator's: TOKEN=$(deploy/token.sh USER PASSWORD).
# Needs curl and jq.
set -euo pipefail
shopt -s inherit_errexit

address=${ADDRESS:-http://localhost:5080}/api/reporting/v1/department-accounts
stream=${STREAM:-false}

usage() { sed -n '2,14s/^# \{0,1\}//p' "$0"; exit 2; }

[ $# -ge 1 ] || usage
[ -n "${TOKEN:-}" ] || { echo "TOKEN is not set: TOKEN=\$(deploy/token.sh USER PASSWORD)." >&2; exit 2; }
action=$1
shift

ask() {
  curl --silent --show-error --header "Authorization: Bearer $TOKEN" --header 'Accept-Language: en' "$@"
}

# get PATH and post PATH BODY [ETAG]: the answer, or its problem and exit code 1.
get() {
  local answer
  answer=$(ask "$address$1")
  told "$answer"
}

post() {
  local answer
  answer=$(ask --request POST "$address$1" --header 'Content-Type: application/json' --data "$2" \
    --header "Idempotency-Key: $(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')" ${3:+--header "If-Match: $3"})
  told "$answer"
}

told() {
  local answer=$1
  if jq --exit-status '.code? // empty' <<< "$answer" > /dev/null; then
    jq --raw-output '"\(.code): \(.title)"' <<< "$answer" >&2
    exit 1
  fi
  printf %s "$answer"
}

show() { jq --raw-output '"User: \(.user)", "Queue: \(.queue)", "Virtual host: \(.virtualHost)", "Patterns: \(.patterns | join(" "))", (.password // empty | "Password: \(.)")'; }
content() { jq --null-input --argjson stream "$stream" '{patterns: $ARGS.positional, readsStream: $stream}' --args "$@"; }

# find NAME [STATE]: identity and ETag, of the newest where there are several.
find_account() {
  local answer id
  answer=$(get "?state=${2:-active}&limit=200")
  id=$(jq --raw-output --arg name "$1" 'first(.items[] | select(.name == $name) | .id)' <<< "$answer")
  [ -n "$id" ] || { echo "There is no account '$1' that is ${2:-active}." >&2; exit 1; }
  echo "$id $(ask "$address/$id" --output /dev/null --write-out '%header{etag}')"
}

case $action in
  add)
    [ $# -ge 2 ] || usage
    name=$1
    shift
    post '' "$(content "$@" | jq --arg name "$name" '. + {name: $name}')" | show
    ;;
  revise)
    [ $# -ge 2 ] || usage
    account=$(find_account "$1")
    read -r id etag <<< "$account"
    shift
    post "/$id/revise" "$(content "$@")" "$etag" | show
    ;;
  password)
    [ $# -eq 1 ] || usage
    account=$(find_account "$1")
    read -r id etag <<< "$account"
    post "/$id/renew-password" '{}' "$etag" | show
    ;;
  remove)
    [ $# -eq 1 ] || usage
    account=$(find_account "$1")
    read -r id etag <<< "$account"
    post "/$id/remove" '{}' "$etag" | jq --raw-output '"Removed: \(.name)"'
    ;;
  restore)
    [ $# -eq 1 ] || usage
    account=$(find_account "$1" removed)
    read -r id etag <<< "$account"
    post "/$id/restore" '{}' "$etag" | show
    ;;
  list)
    answer=$(get '?limit=200')
    jq --raw-output '.items[] | "\(.name)\t\(.state)\t\(.queue)\t\(.patterns | join(" "))"' <<< "$answer"
    ;;
  *) usage ;;
esac
