#!/usr/bin/env bash
# Sends one alert to Fenghuo's events queue with the AWS CLI.
# usage: EVENTS_QUEUE_URL=… send.sh trigger|resolve PROJECT KEY [SUMMARY] [SEVERITY]
set -euo pipefail
action=$1 project=$2 key=$3 summary=${4:-} severity=${5:-critical}
# Without a locale, as in cron, bash counts bytes: of a character that it cuts through nothing is left.
whole() (
  LC_ALL=C more=[$'\x80'-$'\xbf']
  text=${1%[$'\xc0'-$'\xff']}
  text=${text%[$'\xe0'-$'\xff']$more}
  printf '%s' "${text%[$'\xf0'-$'\xff']$more$more}"
)
summary=$(whole "${summary:0:1024}")

# As a JSON string: quotes and backslashes escaped, control characters taken out.
json() { printf '"%s"' "$(printf '%s' "$1" | tr '\000-\037' ' ' | sed 's/[\\"]/\\&/g')"; }

body=$(printf '{"v":1,"kind":"alerts","alerts":[{"action":%s,"project":%s,"dedupKey":%s,"summary":%s,"severity":%s,"source":%s}]}' \
  "$(json "$action")" "$(json "$project")" "$(json "$key")" "$(json "$summary")" "$(json "$severity")" "$(json "$(hostname)")")
# Version 1 of the CLI does not know the variable for another address, such as a private endpoint.
aws ${AWS_ENDPOINT_URL_SQS:+--endpoint-url "$AWS_ENDPOINT_URL_SQS"} sqs send-message --queue-url "$EVENTS_QUEUE_URL" --message-body "$body" --output text --query MessageId
