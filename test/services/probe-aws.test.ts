import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { wire } from '../../services/probe/aws.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { httpCheck } from '../checks/records.ts'
import { closedTarget, httpTarget } from '../checks/targets.ts'
import { configFile } from './probe-config.ts'
import { startQueue } from './queue.ts'

const env: Env = {
  VANTAGE: 'aws/ap-southeast-1',
  EVENTS_QUEUE_URL: 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/events',
  AWS_REGION: 'ap-southeast-1',
  AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'example',
}

const context = { awsRequestId: 'request-1', functionName: 'fenghuo-dev-probe', getRemainingTimeInMillis: () => 60_000 }

async function queue() {
  const { url, endpoint, reports } = await startQueue()
  return { env: { ...env, EVENTS_QUEUE_URL: url, AWS_ENDPOINT_URL_SQS: endpoint }, receive: reports }
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
        { check: 'pay/closed', outcome: 'down', fault: { code: 'connection-refused', args: {} } },
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

  const needed = ['VANTAGE', 'EVENTS_QUEUE_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'FENGHUO_CONFIG']
  it.each(needed)('names %s when it is not set', (name) => {
    expect(() => wire({ ...env, FENGHUO_CONFIG: configFile([]), [name]: undefined })).toThrow(`${name} is not set`)
  })

  it("needs AWS_REGION only if the queue's address does not tell it", () => {
    const elsewhere = { ...env, FENGHUO_CONFIG: configFile([]), AWS_REGION: undefined }
    expect(wire(elsewhere)).toBeTypeOf('function')
    const hidden = { ...elsewhere, EVENTS_QUEUE_URL: 'https://queue.internal/123456789012/events' }
    expect(() => wire(hidden)).toThrow(
      "AWS_REGION is not set, and the queue's address does not tell it: https://queue.internal/123456789012/events",
    )
  })

  it('names a configuration that cannot be read', () => {
    expect(() => wire({ ...env, FENGHUO_CONFIG: '/nowhere/probe.json' })).toThrow(
      /^FENGHUO_CONFIG names \/nowhere\/probe\.json, which cannot be read: Error: ENOENT/,
    )
  })
})
