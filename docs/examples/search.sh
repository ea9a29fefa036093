#!/bin/sh
# Searches: names of the pictures, the best first. Needs curl and jq.
#   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... sh docs/examples/search.sh "red kite"
set -eu
curl --silent --show-error --fail-with-body --get "$GLOSS_URL/v1/search" \
  --header "authorization: Bearer $GLOSS_KEY" \
  --data-urlencode "q=$1" |
  jq --raw-output '.hits[].name'
