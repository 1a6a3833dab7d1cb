import { expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'

const lex = (region: string) => `arn:aws:lex:${region}:123456789012:bot-alias/ABCDEFGHIJ/KLMNOPQRST`
const east = `{ lex: "${lex('us-east-1')}" }`
const west = `{ lex: "${lex('us-west-2')}" }`

const load = (failover: string) =>
  loadConfig(
    `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
failover: { orders: ${failover} }
projects: { pay: { title: 支付, chat: [wecom], checks: { web: { title: 收银台, http: https://pay.example.com/ } } } }
`,
    'fenghuo.yml',
  )

it('what fails over is compiled with its defaults, for the functions of that alone', () => {
  const queue = 'arn:aws:sqs:us-west-2:123456789012:orders'
  const { config, problems } = load(`{ regions: [${east}, { queues: ["${queue}"] }], hold: 2m }`)
  expect(problems).toEqual([])
  if (config === undefined) return expect.unreachable()
  const orders = {
    name: 'orders',
    title: 'orders',
    regions: [
      { region: 'us-east-1', bot: { botId: 'ABCDEFGHIJ', aliasId: 'KLMNOPQRST' } },
      { region: 'us-west-2', queues: [queue] },
    ],
    locale: 'en_US',
    sayEveryMs: 900_000,
    confirm: { m: 2, n: 3 },
    holdMs: 120_000,
  }
  for (const fn of ['region-health', 'region-lookup'] as const)
    expect(compileFor(fn, config)).toMatchObject({ failover: [orders], channels: {}, checks: [] })
  expect(compileFor('page', config).failover).toBeUndefined()
})

it.each<[why: string, failover: string, said: RegExp]>([
  ['one region alone', `{ regions: [${east}] }`, /at least 2/],
  ['one region twice', `{ regions: [${east}, ${east}] }`, /is of us-east-1 as an earlier one/],
  ['nothing in it', `{ regions: [${east}, {}] }`, /names nothing that is there/],
  [
    'two regions in one entry',
    `{ regions: [${east}, { lex: "${lex('us-west-2')}", queues: ["arn:aws:sqs:us-east-2:123456789012:q"] }] }`,
    /us-west-2 and us-east-2: one entry is one region/,
  ],
  [
    'a bot of V1',
    `{ regions: [${east}, { lex: "arn:aws:lex:us-west-2:123456789012:bot:Flowers" }] }`,
    /V1.*2025-09-15/,
  ],
  ['a URL of a queue', `{ regions: [${east}, { queues: ["https://sqs.us-west-2.amazonaws.com/1/q"] }] }`, /not an ARN/],
  [
    'calls of no instance',
    `{ regions: [${east}, { lex: "${lex('us-west-2')}", calls: 40 }] }`,
    /has no effect without `connect`/,
  ],
  ['half of the looks', `{ regions: [${east}, ${west}], confirm: 1/2 }`, /more than half/],
  [
    'a flow without a bot to hand over to',
    `{ regions: [${east}, { queues: ["arn:aws:sqs:us-west-2:123456789012:q"] }], flow: Hello }`,
    /no bot.*region 2/,
  ],
  ['a reply to nothing', `{ regions: [${east}, ${west}], reply: flowers }`, /without `say`/],
])('%s is refused', (_, failover, said) => {
  expect(load(failover).problems.map(({ message }) => message)).toEqual([expect.stringMatching(said)])
})
