#!/bin/sh
# Uploads one JPEG and prints the id of the image. Needs curl and jq.
#   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... sh docs/examples/upload.sh beach.jpg
set -eu
file=$1
bytes=$(wc -c <"$file" | tr -d ' ')
request=$(jq --null-input --arg name "$(basename "$file")" --argjson bytes "$bytes" \
  '{files: [{name: $name, bytes: $bytes, contentType: "image/jpeg"}]}')

# 1. Ask for a place to upload to: an address and the fields of a form.
upload=$(curl --silent --show-error --fail-with-body "$GLOSS_URL/v1/uploads" \
  --header "authorization: Bearer $GLOSS_KEY" \
  --header 'content-type: application/json' \
  --data "$request" | jq '.uploads[0]')

# 2. Post the form: the fields as they were given, and the file last.
set --
for name in $(printf '%s' "$upload" | jq --raw-output '.fields | keys_unsorted[]'); do
  set -- "$@" --form-string "$name=$(printf '%s' "$upload" | jq --raw-output --arg name "$name" '.fields[$name]')"
done
curl --silent --show-error --fail-with-body "$(printf '%s' "$upload" | jq --raw-output .url)" \
  "$@" --form "file=@$file"

printf '%s' "$upload" | jq --raw-output .id
