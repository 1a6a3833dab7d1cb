import { describe, expect, it } from 'vitest'
import { callLimits, unsupportedNumbers } from '../../cli/call-limits.ts'
import { loadConfig } from '../../shared/config/load.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const people: Directory = {
  contacts: {
    lin: { name: 'Lin', phone: '+8613800000001' },
    wang: { name: 'Wang', phone: '+8613800000002' },
    tan: { name: 'Tan', phone: '+6590000003' },
  },
  schedules: {
    sre: { rotation: ['lin', 'wang'], handoff: 'Mon 10:00', timezone: 'Asia/Shanghai', start: '2026-01-05' },
  },
  overrides: [],
}
const ivr =
  '{ to: "+86", type: aliyun-ivr, caller: "05710000000", templates: { zh: { page: TTS_1, several: TTS_2, taken: TTS_3, passed: TTS_4 } }'
const connect = '{ to: "+", type: connect, instance: i, caller: "+6531580000" }'

function configOf(policy: string, routes = `${ivr} }, ${connect}`) {
  const { config, problems } = loadConfig(
    `channels: { phone: [${routes}], wecom: { type: wecom-robot, key: a } }
policies: { default: { ${policy} } }
projects: { pay: { title: 支付, chat: [wecom], checks: {} } }`,
    'fenghuo.yml',
  )
  if (config === undefined) throw new Error(JSON.stringify(problems))
  return config
}

describe('what a route’s limits leave of a policy', () => {
  const said = (policy: string, routes?: string) =>
    callLimits(configOf(policy, routes), people).map(({ words }) => words.en)

  it.each([
    [
      'layers: [{ page: sre, calls: 2, ackTimeout: 5m }], rounds: 2',
      ['sre (layer 1): up to 4 calls in 6 min; aliyun-ivr allows 5 an hour, so a second incident in that hour gets 1'],
    ],
    [
      'layers: [{ page: lin, calls: 2, ackTimeout: 5m }], rounds: 3',
      ['lin (layer 1): up to 6 calls in 11 min; aliyun-ivr allows 5 an hour, so 1 of them is not placed'],
    ],
    [
      'layers: [{ page: sre, ackTimeout: 5m }, { page: [lin, tan], ackTimeout: 5m }, { page: wang, calls: 1 }], rounds: 2',
      [
        'sre (layer 1), lin (layer 2): up to 4 calls in 16 min; aliyun-ivr allows 5 an hour, so a second incident in that hour gets 1',
      ],
    ],
    ['layers: [{ page: lin, calls: 2, ackTimeout: 5m }], rounds: 1', []],
    ['layers: [{ page: lin, calls: 2, ackTimeout: 1h }], rounds: 2', []],
    ['layers: [{ page: tan, calls: 5, ackTimeout: 5m }], rounds: 3', []],
    ['layers: [{ page: lin, calls: 5, ackTimeout: 5m }], rounds: 3, channels: { critical: [chat] }', []],
  ])('%s', (policy, texts) => {
    expect(said(policy)).toEqual(texts)
  })

  it('of a vendor that takes one call a night is said of the night', () => {
    const vms = '{ to: "+86", type: tencent-vms, app: "1400006666", templates: { zh: "1" } }'
    expect(said('layers: [{ page: lin, calls: 2, ackTimeout: 5m }], rounds: 1', vms)).toEqual([
      'lin (layer 1): up to 2 calls in 1 min; tencent-vms allows 1 a night, so 1 of them is not placed',
    ])
    expect(said('layers: [{ page: lin, calls: 1, ackTimeout: 5m }], rounds: 1', vms)).toEqual([
      'lin (layer 1): up to 1 call in 1 min; tencent-vms allows 1 a night, so a second incident in that night gets 0',
    ])
  })

  it('is less where a policy lets a route call less often than its layers', () => {
    const layers = 'layers: [{ page: lin, calls: 2, ackTimeout: 5m }], rounds: 2'
    expect(said(`${layers}, callsBy: { aliyun-ivr: 1 }`)).toEqual([])
    expect(said(`${layers}, callsBy: { connect: 1 }`)).toHaveLength(1)
  })

  it('is more where a ticket has raised them', () => {
    const raised = `${ivr}, perCallee: { minute: 2, hour: 10, day: 50 } }, ${connect}`
    expect(said('layers: [{ page: sre, calls: 2, ackTimeout: 5m }], rounds: 2', raised)).toEqual([])
  })
})

it('numbers whose only route does not support them are told with the vendor’s rule', () => {
  const routes = (text: string) => configOf('layers: [{ page: lin }]', text).channels.phone?.settings as never
  const numbers = ['+8613800000001', '+6590000003']
  const alone = unsupportedNumbers((routes(connect) as { routes: [] }).routes, numbers)
  expect(alone).toEqual([
    {
      type: 'connect',
      rule: { en: expect.stringContaining('Outbound calling restrictions'), zh: expect.anything() },
      numbers: ['+8613800000001'],
      others: expect.arrayContaining(['aliyun-ivr']),
    },
  ])
  expect(unsupportedNumbers((routes(`${ivr} }, ${connect}`) as { routes: [] }).routes, numbers)).toEqual([])
})

it('a route that calls one country alone is not configured for another', () => {
  const { problems } = loadConfig(
    `channels: { phone: [${ivr.replace('+86', '+65')} }] }\npolicies: { default: { layers: [{ page: lin }] } }\nprojects: { pay: { title: 支付, checks: {} } }`,
    'fenghuo.yml',
  )
  expect(problems.map(({ message }) => message)).toEqual(['`aliyun-ivr` calls numbers of +86 alone'])
})

it('nor one that texts other countries for numbers of the mainland', () => {
  const { problems } = loadConfig(
    `channels: { sms: [{ to: "+86138", type: aliyun-sms-intl }, { to: "+", type: aliyun-sms-intl }] }\npolicies: { default: { layers: [{ page: lin }] } }\nprojects: { pay: { title: 支付, checks: {} } }`,
    'fenghuo.yml',
  )
  expect(problems.map(({ message }) => message)).toEqual(['`aliyun-sms-intl` texts no numbers of +86'])
})
