#!/bin/sh
# Breaks the rules one change at a time and prints, a line a project, how much of it the tests in memory notice:
#   tests/mutate.sh [Rules] [Projects] [Repairs] [Complaints] [Surveys] [--mutate '**/Time/*.cs']
# Survivors are listed in artifacts/mutation/<project>/survivors.md; tests/mutation-survivors.md explains those that
# change nothing that anybody could see.
set -e
cd "$(dirname "$0")/.."
dotnet tool restore > /dev/null
exec nice dotnet run --project tests/Mutation -- "$@"
