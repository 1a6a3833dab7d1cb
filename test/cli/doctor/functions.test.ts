import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { functionsArea } from '../../../cli/doctor/functions.ts'
import { type SimulatedFunction, startAwsAccount } from '../../simulators/aws-account.ts'
import type { VendorServer } from '../../simulators/server.ts'
import { lines, now, patientWith, region } from './patient.ts'

const keys = { accessKeyId: 'AKIDTEST', secretAccessKey: 'secret' }
const zip = 'what was packaged'
const CodeSha256 = createHash('sha256').update(zip).digest('base64')

let functions: Record<string, SimulatedFunction>
let metrics: Record<string, number[]>
let root: string
let concurrency: number
let aws: VendorServer
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'fenghuo-doctor-'))
  mkdirSync(join(root, '.serverless'))
  functions = {
    'fenghuo-prod-probe': { variables: { VANTAGE: 'aws/ap-southeast-1', PAY_URL: 'https://pay.example' } },
    'fenghuo-prod-evaluate': { mappings: { 'fenghuo-prod-events': 'Enabled', 'fenghuo-prod-overflow': 'Enabled' } },
    'fenghuo-prod-page': {
      variables: { WECOM_KEY: 'k', CONNECT_INSTANCE_ID: 'i' },
      mappings: { 'fenghuo-prod-escalation': 'Enabled', 'fenghuo-prod-subscribers': 'Disabled' },
    },
    'fenghuo-prod-acknowledge': {},
    'fenghuo-prod-heartbeat': {},
    'fenghuo-prod-ingest': { mappings: { 'fenghuo-prod-aws-events': 'Disabled' } },
    'fenghuo-prod-watch': {},
    'fenghuo-prod-console': {},
  }
  metrics = { 'Invocations fenghuo-prod-watch': [1, 1, 1] }
  concurrency = 1000
  const account = { region, ...keys, functions, quotas: [], metrics, now: () => now }
  aws = await startAwsAccount({
    ...account,
    get concurrency() {
      return concurrency
    },
  })
})
afterEach(() => {
  rmSync(root, { recursive: true })
  return aws.close()
})

const look = () =>
  lines(
    functionsArea,
    patientWith({ AWS_ENDPOINT_URL_LAMBDA: aws.url, AWS_ENDPOINT_URL_CLOUDWATCH: aws.url }, { root }),
  )
const notVersions = async () => (await look()).filter((line) => !line.includes(' versions: '))

describe('functions', () => {
  it('that are well', async () => {
    expect(await notVersions()).toEqual([
      'ok probe: active on nodejs24.x',
      'ok evaluate: active on nodejs24.x',
      'ok page: active on nodejs24.x',
      'ok acknowledge: active on nodejs24.x',
      'ok heartbeat: active on nodejs24.x',
      'ok ingest: active on nodejs24.x',
      'ok watch: active on nodejs24.x',
      'ok console: active on nodejs24.x',
      'ok queue of evaluate: it calls the function',
      'ok queue of page: it calls the function',
      'ok queue of ingest: nothing comes to it as configured',
      'ok timer of watch: 3 runs in the last 10 minutes',
      'ok concurrency: 1000 functions may run at once',
    ])
  })

  it.each<[reason: string, change: () => void, line: string]>([
    [
      'one is not deployed',
      () => delete functions['fenghuo-prod-heartbeat'],
      'fault heartbeat: fenghuo-prod has no function heartbeat',
    ],
    [
      'one could not be made',
      () => Object.assign(functions['fenghuo-prod-watch'] ?? {}, { State: 'Failed' }),
      'fault watch: its state is Failed',
    ],
    [
      'an update has failed',
      () => Object.assign(functions['fenghuo-prod-watch'] ?? {}, { LastUpdateStatus: 'Failed' }),
      'fault watch: its last update has failed',
    ],
    [
      'a variable is not set',
      () => Object.assign(functions['fenghuo-prod-page'] ?? {}, { variables: { CONNECT_INSTANCE_ID: 'i' } }),
      'fault page: without WECOM_KEY',
    ],
    [
      'what a probe looks at is not set',
      () => Object.assign(functions['fenghuo-prod-probe'] ?? {}, { variables: { VANTAGE: 'aws/ap-southeast-1' } }),
      'fault probe: without PAY_URL',
    ],
    [
      'a probe of another configuration',
      () => Object.assign(functions['fenghuo-prod-probe'] ?? {}, { variables: { VANTAGE: 'aws/eu-west-1' } }),
      'fault probe: it plays aws/eu-west-1, which is no vantage of this configuration',
    ],
    [
      'paging was stopped by hand and forgotten',
      () =>
        Object.assign(functions['fenghuo-prod-page'] ?? {}, { mappings: { 'fenghuo-prod-escalation': 'Disabled' } }),
      'fault queue of page: its trigger is Disabled: nothing on it is worked on',
    ],
    [
      'nobody works on the queue of mail, which packaging has watch look at',
      () => Object.assign(functions['fenghuo-prod-watch'] ?? {}, { variables: { AWS_EVENTS_QUEUE_URL: 'https://q' } }),
      'fault queue of ingest: its trigger is Disabled: nothing on it is worked on',
    ],
    [
      'a queue has no trigger',
      () => Object.assign(functions['fenghuo-prod-evaluate'] ?? {}, { mappings: { 'fenghuo-prod-events': 'Enabled' } }),
      'fault queue of evaluate: no queue calls it',
    ],
    [
      'watch does not run',
      () => Object.assign(metrics, { 'Invocations fenghuo-prod-watch': [] }),
      'fault timer of watch: no run in the last 10 minutes: nobody finds overdue pages',
    ],
    [
      'the account is new',
      () => {
        concurrency = 10
      },
      "warning concurrency: 10 functions may run at once in ap-southeast-1, of this account's all: in a storm pages wait",
    ],
  ])('%s', async (_reason, change, line) => {
    change()
    const bad = (await notVersions()).filter((found) => !found.startsWith('ok'))
    expect(bad).toEqual([line])
  })

  it.each<[operation: string, lines: RegExp[]]>([
    [
      'GetFunctionConfiguration',
      [/^fault \w+: Lambda does not tell of fenghuo-prod-\w+: HTTP 403 AccessDeniedException not allowed$/],
    ],
    ['ListEventSourceMappings', [/^warning queue of \w+: can't be seen: HTTP 403 AccessDeniedException not allowed$/]],
    ['GetAccountSettings', [/^skipped concurrency: can't be seen: HTTP 403 AccessDeniedException not allowed$/]],
    ['GetMetricStatistics', [/^skipped timer of watch: can't be seen: HTTP 403 AccessDeniedException not allowed$/]],
  ])('whoever asks may not use %s', async (operation, expected) => {
    aws.fail({ kind: 'error', code: 'AccessDeniedException', message: 'not allowed', operation })
    const bad = (await notVersions()).filter((found) => !found.startsWith('ok'))
    expect(bad).toHaveLength(1)
    for (const line of expected) expect(bad[0]).toMatch(line)
  })
})

describe('versions', () => {
  it.each([
    {
      reason: 'nothing is packaged',
      packaged: {},
      line: 'skipped versions: nothing packaged here to compare with',
    },
    {
      reason: 'what is packaged is deployed',
      packaged: { probe: zip, page: zip },
      line: 'ok versions: what was packaged here last is deployed: 2 functions',
    },
    {
      reason: 'something else is deployed',
      packaged: { probe: zip, page: 'newer', watch: 'newer' },
      line: 'warning versions: not what was packaged here last: page, watch',
    },
  ])('$reason', async ({ packaged, line }) => {
    for (const one of Object.values(functions)) Object.assign(one, { CodeSha256 })
    for (const [name, bytes] of Object.entries(packaged)) writeFileSync(join(root, '.serverless', `${name}.zip`), bytes)
    expect(await look()).toContain(line)
  })
})
