#!/bin/sh
# Imports words that exist already, one document a line, and waits until they are searchable.
#   GLOSS_URL=http://localhost:8080 GLOSS_KEY=gls_... sh docs/examples/import.sh docs/examples/documents.jsonl
set -eu
node lib/cli/gloss.ts import "$1" --endpoint "$GLOSS_URL" --key "$GLOSS_KEY" --wait
