#!/usr/bin/env bash
# The committed page is what its sources make, its types are the service's, and it is small.
#
# Run by `make lint`; the interpreter that has the service's libraries is its argument.
set -euo pipefail
cd "$(dirname "$0")/.."
python=${1:?"usage: web/check_build.sh PYTHON"}
most_bytes=200000
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT

"$python" -m service.describe > "$fresh/openapi.json"
cmp "$fresh/openapi.json" web/openapi.json || {
  echo "web/openapi.json is not what the service answers: run 'make page'" >&2
  exit 1
}
cd web
npm run --silent check
npx --no-install openapi-typescript openapi.json --output "$fresh/openapi.d.ts" > "$fresh/log" 2>&1
npx --no-install vite build --outDir "$fresh/dist" --emptyOutDir --logLevel warn
cmp "$fresh/openapi.d.ts" src/service/openapi.d.ts && diff -r "$fresh/dist" dist || {
  echo "web/dist is not what web/src makes: run 'make page'" >&2
  exit 1
}
bytes=0
for file in dist/index.html dist/web/*.js dist/web/*.css; do
  bytes=$((bytes + $(gzip -9 --stdout "$file" | wc -c)))
done
echo "The page is $bytes bytes compressed; at most $most_bytes are allowed."
test "$bytes" -le "$most_bytes"
