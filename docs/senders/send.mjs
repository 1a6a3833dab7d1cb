#!/usr/bin/env node
// Sends one alert to Fenghuo's events queue with the AWS SDK.
// usage: EVENTS_QUEUE_URL=… node send.mjs trigger|resolve PROJECT KEY [SUMMARY] [SEVERITY]
import { hostname } from 'node:os'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'

const [action, project, dedupKey, summary = '', severity = 'critical'] = process.argv.slice(2)
const alert = { action, project, dedupKey, summary: summary.slice(0, 1024), severity, source: hostname() }

const { MessageId } = await new SQSClient().send(
  new SendMessageCommand({
    QueueUrl: process.env.EVENTS_QUEUE_URL,
    MessageBody: JSON.stringify({ v: 1, kind: 'alerts', alerts: [alert] }),
  }),
)
console.log(MessageId)
