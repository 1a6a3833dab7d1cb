import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateQueueCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { wire } from '../../services/probe/aws.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { CompiledCheck } from '../../shared/config/compiled.ts'
import { report as contract } from '../../shared/contracts/report.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget, httpTarget } from '../checks/targets.ts'

function configFile(checks: CompiledCheck[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-probe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'probe.json')
  writeFileSync(path, JSON.stringify({ checks }))
  return path
}

const env: Env = {
  VANTAGE: 'aws/ap-southeast-1',
  EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/events',
  AWS_REGION: 'ap-southeast-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
}

const context = { awsRequestId: 'request-1', functionName: 'fenghuo-dev-probe', getRemainingTimeInMillis: () => 60_000 }

/** An SQS with one queue, until the test ends. */
async function queue() {
  const app = buildApp({ logger: false })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const sqs = new SQSClient({
    endpoint,
    region: 'ap-southeast-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    useQueueUrlAsEndpoint: false,
  })
  onTestFinished(async () => {
    sqs.destroy()
    await app.close()
  })
  await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'events' }))
  const receive = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    return Messages.map(({ Body = '' }) => contract.parse(JSON.parse(Body)))
  }
  return { env: { ...env, EVENTS_QUEUE_URL: QueueUrl, AWS_ENDPOINT_URL_SQS: endpoint }, receive }
}

describe('the probe on Lambda', () => {
  it('turns a schedule into one report of real checks on the events queue', async () => {
    const { env, receive } = await queue()
    const up = await httpTarget((request, response) => void response.end(request.headers.authorization))
    const headers = { authorization: `\${TOKEN}` }
    const checks = [
      httpCheck({ http: up, headers, contains: 's3cret' }, { name: 'up' }),
      httpCheck({ http: await closedTarget() }, { name: 'closed' }),
    ]
    const log = vi.spyOn(console, 'log').mockReturnValue()
    onTestFinished(() => log.mockRestore())
    const handler = wire({ ...env, FENGHUO_CONFIG: configFile(checks), TOKEN: 's3cret' })
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', time: '2026-11-21T02:13:00Z' }
    await handler(event, context)
    await handler(event, { ...context, awsRequestId: 'request-2' })

    const reports = await receive()
    const runners = reports.map(({ runner: { function: name, run, coldStart } }) => ({ name, run, coldStart }))
    expect(runners).toEqual([
      { name: 'fenghuo-dev-probe', run: 'request-1', coldStart: true },
      { name: 'fenghuo-dev-probe', run: 'request-2', coldStart: false },
    ])
    for (const { vantage, observations } of reports) {
      expect(vantage).toBe('aws/ap-southeast-1')
      expect(observations).toMatchObject([
        { check: 'pay/up', outcome: 'up' },
        { check: 'pay/closed', outcome: 'down', detail: 'connection refused' },
      ])
    }
    const lines = log.mock.calls.map(([line]) => String(line))
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { level: 'info', event: 'report sent', run: 'request-1', up: 1, down: 1 },
      { level: 'info', event: 'report sent', run: 'request-2', up: 1, down: 1 },
    ])
    expect(lines.join()).not.toContain('s3cret')
    expect(JSON.stringify(reports)).not.toContain('s3cret')
  })

  it('runs by hand what is asked for', async () => {
    const { env, receive } = await queue()
    vi.spyOn(console, 'log').mockReturnValue()
    onTestFinished(() => void vi.restoreAllMocks())
    const url = await closedTarget()
    const checks = ['a', 'b'].map((name) => httpCheck({ http: url }, { name, intervalMs: 86_400_000 }))
    const result = await wire({ ...env, FENGHUO_CONFIG: configFile(checks) })({ checks: ['pay/b'] }, context)
    expect(result).toMatchObject({ observations: [{ check: 'pay/b', outcome: 'down' }] })
    const reports = await receive()
    expect(reports.map(({ observations }) => observations.map(({ check }) => check))).toEqual([['pay/b']])
  })

  it.each([...Object.keys(env), 'FENGHUO_CONFIG'])('names %s when it is not set', (name) => {
    expect(() => wire({ ...env, FENGHUO_CONFIG: configFile([]), [name]: undefined })).toThrow(`${name} is not set`)
  })

  it('names a configuration that cannot be read', () => {
    expect(() => wire({ ...env, FENGHUO_CONFIG: '/nowhere/probe.json' })).toThrow(
      /^FENGHUO_CONFIG names \/nowhere\/probe\.json, which cannot be read: Error: ENOENT/,
    )
  })
})
