#!/usr/bin/env python3
"""Sends one alert to Fenghuo's events queue with boto3.

usage: EVENTS_QUEUE_URL=... send.py trigger|resolve PROJECT KEY [SUMMARY] [SEVERITY]
"""
import json
import os
import socket
import sys

import boto3

action, project, key, *rest = sys.argv[1:]
alert = {
    "action": action,
    "project": project,
    "dedupKey": key,
    "summary": (rest[0] if rest else "")[:1024],
    "severity": rest[1] if len(rest) > 1 else "critical",
    "source": socket.gethostname(),
}
answer = boto3.client("sqs").send_message(
    QueueUrl=os.environ["EVENTS_QUEUE_URL"],
    MessageBody=json.dumps({"v": 1, "kind": "alerts", "alerts": [alert]}),
)
print(answer["MessageId"])
