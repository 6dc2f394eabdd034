#!/bin/sh
# Builds portal/static/site.css from site.scss: sh assets/build.sh (needs npm; leaves nothing but the stylesheet behind).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
npm install --silent --no-audit --no-fund --prefix "$work" govuk-frontend@6.3.0 sass@1.108.2
"$work/node_modules/.bin/sass" --quiet-deps --no-source-map --style=compressed \
    --load-path="$work/node_modules/govuk-frontend/dist" "$here/site.scss" "$here/../portal/static/site.css"
ls -l "$here/../portal/static/site.css"
