#!/usr/bin/env bash
# Signs a person in as a browser does (authorization code with PKCE, the issuer's own form) and prints an access token:
#   TOKEN=$(deploy/token.sh lin.yating PASSWORD [http://localhost:5080])
#   curl -H "Authorization: Bearer $TOKEN" http://localhost:5080/api/projects/v1/projects
# Needs curl and openssl. The token holds for 15 minutes.
set -euo pipefail

user=${1:?user name} password=${2:?password} address=${3:-http://localhost:5080}
callback=$address/callback
jar=$(mktemp)
trap 'rm -f "$jar"' EXIT

ask() { curl --silent --show-error --cookie "$jar" --cookie-jar "$jar" "$@"; }
url_safe() { tr '+/' '-_' | tr -d '=\n'; }

verifier=$(openssl rand -base64 48 | url_safe)
challenge=$(printf %s "$verifier" | openssl dgst -sha256 -binary | openssl base64 -A | url_safe)
state=$(openssl rand -hex 8)

# The issuer shows its form, the form leads back, and that leads to the callback with the code.
form=$(ask --location --get "$address/connect/authorize" --write-out '\n%{url_effective}' \
  --data-urlencode "redirect_uri=$callback" --data-urlencode "scope=openid profile api" --data response_type=code \
  --data client_id=console --data "state=$state" --data "code_challenge=$challenge" --data code_challenge_method=S256)
at=${form##*$'\n'}
hidden=$(sed -n 's/.*name="__RequestVerificationToken"[^>]*value="\([^"]*\)".*/\1/p' <<< "$form" | head -n 1)
if [ -z "$hidden" ]; then
  echo "$address shows no form for signing in: ${form:0:300}" >&2
  exit 1
fi

read -r status next <<< "$(ask "$at" --output /dev/null --write-out '%{http_code} %{redirect_url}' \
  --data-urlencode "username=$user" --data-urlencode "password=$password" \
  --data-urlencode "__RequestVerificationToken=$hidden")"
for _ in 1 2 3 4 5; do
  case "$next" in
    "$callback"*) break ;;
    "")
      [ "$status" != 429 ] || { echo "Too many attempts to sign in: wait a minute." >&2; exit 1; }
      echo "The issuer does not let $user in with this password." >&2
      exit 1
      ;;
    *) read -r status next <<< "$(ask "$next" --output /dev/null --write-out '%{http_code} %{redirect_url}')" ;;
  esac
done
code=$(sed -n 's/.*[?&]code=\([^&]*\).*/\1/p' <<< "$next")

answer=$(ask "$address/connect/token" --data grant_type=authorization_code --data client_id=console \
  --data "code=$code" --data-urlencode "redirect_uri=$callback" --data "code_verifier=$verifier")
token=$(sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' <<< "$answer")
[ -n "$token" ] || { echo "No token: $answer" >&2; exit 1; }
echo "$token"
