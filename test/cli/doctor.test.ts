import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { areaNames } from '../../cli/doctor/finding.ts'
import type { ToldFinding } from '../../cli/doctor/tell.ts'
import { contactsOf } from '../../cli/engine.ts'
import { contactFlow } from '../../shared/channels/connect/contact-flow.ts'
import { dynamoDb } from '../../shared/clouds/aws/dynamodb.ts'
import { dynamoTable } from '../../shared/clouds/aws/table.ts'
import { vantageMachine, vantageShape } from '../../shared/evaluation/vantage.ts'
import { keepCanary } from '../../shared/store/canary.ts'
import { vantageKey } from '../../shared/store/keys.ts'
import { startAwsAccount } from '../simulators/aws-account.ts'
import { type ConnectSimulator, startConnectSimulator } from '../simulators/connect/connect.ts'
import type { VendorServer } from '../simulators/server.ts'
import { startWecomSimulator, type WecomSimulator } from '../simulators/wecom-robot.ts'
import { deployed, region } from './doctor/patient.ts'
import { startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml, oncallYml } from './terminal.ts'

const INSTANCE = '11111111-2222-3333-4444-555555555555'
const INSTANCE_ARN = `arn:aws:connect:${region}:123456789012:instance/${INSTANCE}`
const FLOW = 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee'
const KEY = 'wecom-robot-key'

const parsed = (out: string) =>
  JSON.parse(out) as { ok: boolean; target: string; counts: Record<string, number>; findings: ToldFinding[] }

describe('a deployment', () => {
  let stack: TestStack
  let connect: ConnectSimulator
  let account: VendorServer
  let wecom: WecomSimulator
  const page = {
    WECOM_KEY: KEY,
    CONNECT_INSTANCE_ID: INSTANCE,
    CONTACT_FLOW_ID: `${INSTANCE_ARN}/contact-flow/${FLOW}`,
  }

  beforeAll(async () => {
    stack = await startTestStack('prod', { now: Date.now })
    stack.terminal.write('fenghuo.yml', fenghuoYml)
    stack.terminal.write('oncall.yml', oncallYml.replace('email: chen@example.com', 'phone: "+8613800000005"'))
    await keepCanary(Date.now(), stack.handed)
    const { env } = stack.terminal.io
    const keys = { accessKeyId: env.AWS_ACCESS_KEY_ID ?? '', secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '' }
    account = await startAwsAccount({
      region,
      ...keys,
      now: Date.now,
      functions: {
        'fenghuo-prod-probe': { variables: { VANTAGE: `aws/${region}`, PAY_URL: 'https://pay.example' } },
        'fenghuo-prod-evaluate': { mappings: { 'fenghuo-prod-events': 'Enabled', 'fenghuo-prod-overflow': 'Enabled' } },
        'fenghuo-prod-page': {
          variables: page,
          mappings: { 'fenghuo-prod-escalation': 'Enabled', 'fenghuo-prod-subscribers': 'Disabled' },
        },
        'fenghuo-prod-acknowledge': {},
        'fenghuo-prod-console': {},
        'fenghuo-prod-heartbeat': {},
        'fenghuo-prod-ingest': { mappings: { 'fenghuo-prod-aws-events': 'Disabled' } },
        'fenghuo-prod-watch': {},
      },
      quotas: [[{ QuotaName: 'Concurrent active calls per instance', Value: 10 }]],
      metrics: { 'Invocations fenghuo-prod-watch': [1] },
    })
    connect = await startConnectSimulator({
      instanceId: INSTANCE,
      instanceArn: INSTANCE_ARN,
      flows: { [FLOW]: contactFlow(deployed({}).FunctionArn) },
      sourceNumbers: ['+6531580000'],
      ...keys,
      invokeLambda: async () => ({}),
      emit: async () => {},
      now: Date.now,
    })
    wecom = await startWecomSimulator({ keys: [KEY], now: Date.now })
    for (const service of ['STS', 'LAMBDA', 'SERVICE_QUOTAS', 'CLOUDWATCH'])
      env[`AWS_ENDPOINT_URL_${service}`] = account.url
    Object.assign(env, { AWS_ENDPOINT_URL_CONNECT: connect.url, FENGHUO_WECOM_URL: wecom.url })
  })
  afterAll(() => Promise.all([stack.stop(), connect.close(), account.close(), wecom.close()]))
  afterEach(() => {
    expect({ calls: connect.calls, posts: wecom.received }).toEqual({ calls: [], posts: [] })
  })

  const doctor = (...args: string[]) => stack.terminal.run('doctor', '--stage', 'prod', ...args)

  it('is not well before anybody is applied and a probe has reported', async () => {
    const { code, out, err } = await doctor('--json')
    expect({ code, err }).toEqual({ code: 1, err: 'looking at fenghuo-prod in ap-southeast-1' })
    const { ok, counts, findings } = parsed(out)
    expect({ ok, faults: counts.fault }).toEqual({ ok: false, faults: 2 })
    const faults = findings.filter(({ status }) => status === 'fault')
    expect(faults.map(({ area, subject }) => `${area} ${subject}`)).toEqual([
      'probes sg (aws/ap-southeast-1)',
      'people pay, shop, fenghuo',
    ])
    for (const { remedy } of faults) expect(remedy).toBeTruthy()
  })

  it('is well, with a warning for the mainland', async () => {
    await stack.terminal.run('apply', '--yes', '--stage', 'prod')
    await report(stack)
    const { code, out } = await doctor()
    expect(code).toBe(0)
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^STATUS +AREA +WHAT +FOUND$/)
    expect(out).toMatch(/^ok +credentials +AWS +account 123456789012/m)
    expect(out).toMatch(/^ok +phone +\+ contact flow +active, published, and this version's$/m)
    expect(out).toMatch(/^ok +robots +wecom +the key is good/m)
    expect(out).toMatch(/^warning +phone +\+ countries +3 numbers beginning with \+86/m)
    expect(out).toMatch(/^ {9}→ have AWS Support allow \+86/m)
    expect(lines.at(-1)).toMatch(/^fenghuo-prod in ap-southeast-1: \d+ ok, \d+ skipped, 2 warnings, no fault$/)
    for (const secret of [KEY, INSTANCE, '+6531580000', '13800000001']) expect(out).not.toContain(secret)
  })

  it('of which nobody may see anything without credentials: that is one fault', async () => {
    const { env } = stack.terminal.io
    const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = env
    Object.assign(env, { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined })
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
    const { code, out } = await doctor('--json')
    vi.unstubAllEnvs()
    Object.assign(env, { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY })
    expect(code).toBe(1)
    const faults = parsed(out).findings.filter(({ status }) => status === 'fault')
    expect(faults).toEqual([
      expect.objectContaining({
        area: 'credentials',
        detail: expect.stringMatching(/no AWS credentials.*\d+ other lines/),
      }),
    ])
  })

  it('is looked at in part', async () => {
    const { code, out } = await doctor('--only', 'queues,robots', '--json')
    expect(code).toBe(0)
    expect([...new Set(parsed(out).findings.map(({ area }) => area))]).toEqual(['queues', 'robots'])
  })

  it('of which a vendor hangs, throws or refuses is looked at all the same', async () => {
    wecom.fail({ kind: 'reset' })
    connect.fail({ kind: 'garbage', operation: 'DescribeInstance' })
    account.fail({ kind: 'error', code: 'AccessDeniedException', operation: 'ListServiceQuotas' })
    const { code, out } = await doctor('--only', 'phone,robots', '--json')
    expect(code).toBe(1)
    const { findings } = parsed(out)
    expect(findings.map(({ status, subject }) => `${status} ${subject}`)).toEqual([
      'fault + instance',
      'ok + contact flow',
      'ok + caller',
      'skipped + quota',
      'warning + countries',
      'fault wecom',
    ])
  })

  it('shows how far it is on a terminal', async () => {
    const shown: string[] = []
    stack.terminal.io.progress = (line) => void shown.push(line)
    await doctor('--only', 'robots')
    delete stack.terminal.io.progress
    expect(shown).toEqual(['looking at fenghuo-prod in ap-southeast-1: 1 of 1', ''])
  })

  it.each([
    { args: ['--only', 'phones'], err: /argument 'phones' is invalid\. should be some of credentials, clocks/ },
    { args: ['--config', 'none.yml'], err: /none\.yml: there is no such file/ },
  ])('bad usage: $args', async ({ args, err }) => {
    const result = await doctor(...args)
    expect({ code: result.code, out: result.out }).toEqual({ code: 2, out: '' })
    expect(result.err).toMatch(err)
  })

  it('that is not there has a line for each thing that is missing, and one for what all lack', async () => {
    const { code, out } = await stack.terminal.run('doctor', '--stage', 'staging', '--json')
    expect(code).toBe(1)
    const { findings } = parsed(out)
    const faults = findings.filter(({ status }) => status === 'fault')
    const bad = faults.flatMap(({ area, detail }) => [
      area,
      ...(/\(([a-z, -]+)\)$/.exec(detail)?.[1]?.split(', ') ?? []),
    ])
    const areas = areaNames.filter((name) => !['credentials', 'sms', 'mail', 'copies'].includes(name))
    expect(areaNames.filter((name) => bad.includes(name))).toEqual(areas)
  })
})

/** What the probe of the vantage tells, now. */
async function report({ target }: TestStack): Promise<void> {
  const sentAt = Date.now()
  const vantage = `aws/${region}`
  const runner = {
    function: 'fenghuo-prod-probe',
    run: 'r',
    version: '$LATEST',
    startedAt: sentAt,
    finishedAt: sentAt,
    coldStart: false,
  }
  const observations = ['pay/web', 'pay/api', 'shop/home'].map((check) => ({
    check,
    project: 'pay',
    at: sentAt,
    outcome: 'up' as const,
  }))
  const event = {
    type: 'report' as const,
    report: { v: 1 as const, kind: 'report' as const, vantage, runner, observations },
  }
  const { state } = vantageMachine.transition(undefined, { ...event, sentAt, staleAfterMs: () => 60_000 }, sentAt)
  const checks = dynamoTable(dynamoDb(target.env), target.tables.checks)
  await checks.put([
    { ...vantageKey(vantage, runner.function), version: 1, v: vantageShape.current, state: JSON.stringify(state) },
  ])
}

describe('the local stack', () => {
  let stack: TestStack
  beforeEach(async () => {
    stack = await startTestStack('local', { now: Date.now })
    stack.terminal.write('fenghuo.yml', fenghuoYml)
    const file = join(stack.terminal.folder, '.fenghuo/stack.json')
    const sandboxes = { probes: { probe: `aws/${region}` }, connect: 'http://127.0.0.1:1', wecom: 'http://127.0.0.1:2' }
    stack.terminal.write(
      '.fenghuo/stack.json',
      JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), ...sandboxes }),
    )
  })
  afterEach(() => stack.stop())

  it('is looked at without what is in a sandbox', async () => {
    const directory = { contacts: { lin: { name: '林悦', phone: '+8613800000001' } }, schedules: {}, overrides: [] }
    for (const project of ['pay', 'shop', 'fenghuo'])
      await contactsOf(stack.target).write(project, {
        ...directory,
        contacts: { ...directory.contacts, chen: { name: '陈涛', phone: '+6591234567' } },
      })
    await report(stack)
    await keepCanary(Date.now(), stack.handed)
    const { code, out } = await stack.terminal.run('doctor', '--json')
    const { findings } = parsed(out)
    expect(findings.filter(({ status }) => status === 'fault')).toEqual([])
    expect(code).toBe(0)
    expect(findings.map(({ area, subject, status }) => `${status} ${area} ${subject}`)).toEqual([
      'ok clocks probes',
      'ok queues events',
      'ok queues events dead letters',
      'ok queues overflow',
      'ok queues escalation',
      'ok queues escalation dead letters',
      'ok queues subscribers',
      'ok queues subscribers dead letters',
      'ok queues aws-events',
      'ok queues aws-events dead letters',
      'ok regions canary',
      'ok probes sg (aws/ap-southeast-1)',
      'skipped probes versions',
      'warning people pay, shop, fenghuo',
      'ok people phone routes',
      'skipped phone route +',
      'ok calls to one number',
      'warning calls unsupported',
      'skipped robots wecom',
    ])
  })
})
