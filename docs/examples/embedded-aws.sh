#!/bin/sh
# Prints the environment that makes the embedded stack's S3 the AWS of a shell, with all rights. Needs jq.
#   (eval "$(sh docs/examples/embedded-aws.sh .gloss)" && node docs/examples/put-in-bucket.ts demo beach.jpg)
set -eu
data=$1 # the data folder of the stack
jq --raw-output '@sh "export AWS_ENDPOINT_URL_S3=\(.endpoints.s3) GLOSS_BUCKET=\(.buckets[0])"' "$data/stack.json"
jq --raw-output '.LocalStack |
  @sh "export AWS_ACCESS_KEY_ID=\(.accessKeyId) AWS_SECRET_ACCESS_KEY=\(.secretAccessKey)"' "$data/credentials.json"
echo 'export AWS_REGION=us-east-1'
echo 'unset AWS_PROFILE AWS_SESSION_TOKEN' # they would come before the key pair
