import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createQueues, type Embedded, startQueueServer } from '../../local/queues.ts'
import { localCredentials as credentials } from '../../local/resources.ts'
import { alerts } from '../../shared/contracts/alert.ts'

const run = promisify(execFile)
const folder = resolve(import.meta.dirname, '../../docs/senders')
const region = 'ap-southeast-1'

const data = mkdtempSync(join(tmpdir(), 'fenghuo-senders-'))
let server: Embedded
let sqs: SQSClient
let url: string
beforeAll(async () => {
  server = await startQueueServer({ dataDir: data, port: 0, region })
  sqs = new SQSClient({ region, credentials, endpoint: server.endpoint, useQueueUrlAsEndpoint: false })
  const { Events } = await createQueues(sqs, {
    Events: { name: 'events', visibilitySeconds: 20, retentionSeconds: 60 },
  })
  url = Events?.url ?? ''
})
afterAll(async () => {
  sqs.destroy()
  await server.stop()
  rmSync(data, { recursive: true })
})

// `.ci/run` installs the AWS CLI and boto3.
const scripts = [
  { script: 'send.mjs', command: process.execPath },
  { script: 'send.sh', command: 'bash' },
  { script: 'send.py', command: 'python3' },
]

it.each(scripts)('$script puts on the queue what the path takes', async ({ script, command }) => {
  const env = {
    ...process.env,
    EVENTS_QUEUE_URL: url,
    AWS_ENDPOINT_URL_SQS: server.endpoint,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  }
  const sendFrom = async (locale: object, ...args: string[]) => {
    await run(command, [join(folder, script), ...args], { env: { ...env, ...locale } })
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 5 }))
    const [message] = Messages
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }))
    return alerts.parse(JSON.parse(message?.Body ?? '')).alerts
  }
  const send = (...args: string[]) => sendFrom({}, ...args)
  const summary = 'disk "full" on C:\\ of 数据库'
  expect(await send('trigger', 'pay', 'db/disk', summary, 'error')).toMatchObject([
    { action: 'trigger', project: 'pay', dedupKey: 'db/disk', summary, severity: 'error' },
  ])
  expect(await send('trigger', 'pay', 'db/log', '长'.repeat(5_000))).toMatchObject([
    { summary: '长'.repeat(1_024), severity: 'critical' },
  ])
  // As cron runs it: no character is cut through.
  const [inCron] = await sendFrom({ LC_ALL: 'C' }, 'trigger', 'pay', 'db/log', '长'.repeat(5_000))
  expect(inCron?.summary).toMatch(/^长{341,1024}$/)
  expect(await send('resolve', 'pay', 'db/disk')).toMatchObject([{ action: 'resolve', dedupKey: 'db/disk' }])
}, 60_000)
