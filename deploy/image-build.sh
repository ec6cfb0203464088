#!/bin/bash
# Publishes the programs inside the build of the images (deploy/Dockerfile): image-build.sh [OPTION OF deploy/Images.proj…].
# /src is kept from build to build, with what was compiled in it, so that a change of one line compiles what depends on it only. What
# differs from the last time by its content gets the time of now, whatever time it has where it comes from; what is gone is removed.
set -euo pipefail

# renew FROM LIST FIND-EXPRESSION…: makes /src what FROM has of it.
renew() {
  local from=$1 list=/src/.$2 now
  shift 2
  now=$(mktemp)
  (cd "$from" && find . -type f "$@" -exec sha256sum {} + | LC_ALL=C sort) > "$now"
  touch "$list"
  LC_ALL=C comm -13 "$now" "$list" | cut -c67- | (cd /src && xargs -r -d '\n' rm -f)
  LC_ALL=C comm -23 "$now" "$list" | cut -c67- | tar -C "$from" -cf - --verbatim-files-from -T - | tar -C /src -xmf -
  mv "$now" "$list"
}

# Where packages were restored, and the sources themselves.
renew /restored restored -path '*/obj/*'
renew /context context

cd /src
dotnet msbuild deploy/Images.proj -m -v:minimal -nologo -p:Programs=/programs "$@"
for folder in /programs/*; do
  name=$(basename "$folder")
  [ ! -e "$folder/CustomerService.$name" ] || mv "$folder/CustomerService.$name" "$folder/program"
done
