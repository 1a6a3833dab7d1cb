import { describe, expect, it } from 'vitest'
import { compileFor } from '../../../shared/config/compile-for.ts'
import { fenghuoSchema } from '../../../shared/config/json-schema.ts'
import { loadConfig } from '../../../shared/config/load.ts'
import { references } from '../../../shared/contracts/references.ts'

const file = (kafka: string, checks: string) => `
vantages: { gz: tencent/ap-guangzhou, sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
kafka:
${kafka}
projects:
  pay:
    title: 支付
    checks:
${checks}
`

const clusters = `
  ckafka-8xk2p9vd: { type: ckafka, region: ap-guangzhou }
  ali: { type: alikafka, region: cn-hangzhou, instance: alikafka_post-cn-x, accessKeyId: "\${ALI_ID}", accessKeySecret: "\${ALI_KEY}" }
  msk-prod: { type: kafka, brokers: ["b-1.msk.example.com:9098"], sasl: { mechanism: aws-iam, region: ap-southeast-1 } }
  own:
    type: kafka
    brokers: ["k1.example.com:9092", "\${K2}:9092"]
    tls: false
    sasl: { mechanism: scram-sha-512, username: probe, password: "\${KAFKA_PASSWORD}" }
`

const checks = `
      orders: { kafka-lag: ckafka-8xk2p9vd/order-consumer, from: [gz], lag: 2000, age: 5m }
      clicks: { kafka-lag: msk-prod/click-sink, from: [sg], age: 15m }
      all:    { kafka-lag: own/a/*, from: [sg], topics: [paid, audit-*], lag: { paid: 10, "*": 99 }, allowed: 5 }
      hz:     { kafka-lag: ali/g, from: [sg], topics: t }
`

function load(kafka = clusters, written = checks) {
  return loadConfig(file(kafka, written), 'fenghuo.yml')
}

const specs = () => Object.fromEntries((load().config?.checks ?? []).map(({ name, spec }) => [name, spec]))

describe('a check', () => {
  it('has its cluster, group, topics and limits', () => {
    expect(load().problems).toEqual([])
    expect(specs()).toEqual({
      orders: {
        cluster: { type: 'ckafka', region: 'ap-guangzhou', instance: 'ckafka-8xk2p9vd' },
        group: 'order-consumer',
        topics: [],
        limits: { lag: [['*', 2000]], allowed: [], ageMs: 300_000 },
      },
      clicks: {
        cluster: {
          type: 'kafka',
          brokers: ['b-1.msk.example.com:9098'],
          tls: true,
          sasl: { mechanism: 'aws-iam', region: 'ap-southeast-1' },
        },
        group: 'click-sink',
        topics: [],
        limits: { lag: [], allowed: [], ageMs: 900_000 },
      },
      all: {
        cluster: {
          type: 'kafka',
          brokers: ['k1.example.com:9092', '${K2}:9092'],
          tls: false,
          sasl: { mechanism: 'scram-sha-512', username: 'probe', password: '${KAFKA_PASSWORD}' },
        },
        group: 'a/*',
        topics: ['paid', 'audit-*'],
        limits: {
          lag: [
            ['paid', 10],
            ['*', 99],
          ],
          allowed: [['*', 5]],
        },
      },
      hz: {
        cluster: {
          type: 'alikafka',
          region: 'cn-hangzhou',
          instance: 'alikafka_post-cn-x',
          accessKeyId: '${ALI_ID}',
          accessKeySecret: '${ALI_KEY}',
        },
        group: 'g',
        topics: ['t'],
        limits: { lag: [], allowed: [] },
      },
    })
  })

  it('is what people read as its target', () => {
    expect(load().config?.checks.map(({ target }) => target)).toEqual([
      'ckafka-8xk2p9vd/order-consumer',
      'msk-prod/click-sink',
      'own/a/*',
      'ali/g',
    ])
  })

  it('takes the variables of its cluster into the probe that runs it alone', () => {
    const { config } = load()
    if (!config) throw new Error('the configuration has mistakes')
    expect(references(compileFor('probe', config, 'tencent/ap-guangzhou'))).toEqual([])
    expect(references(compileFor('probe', config, 'aws/ap-southeast-1'))).toEqual([
      'ALI_ID',
      'ALI_KEY',
      'K2',
      'KAFKA_PASSWORD',
    ])
    expect(references(compileFor('evaluate', config))).toEqual([])
  })
})

const checkMistakes: [reason: string, written: string, message: RegExp][] = [
  [
    'a cluster that is not there',
    '{ kafka-lag: msk-prd/g }',
    /no cluster of `kafka` is named `msk-prd`: did you mean .?msk-prod|no cluster of `kafka` is named `msk-prd`.*msk-prod/,
  ],
  ['no group', '{ kafka-lag: msk-prod }', /"msk-prod" is not cluster\/group, such as msk-prod\/click-sink/],
  ['an empty group', '{ kafka-lag: msk-prod/ }', /is not cluster\/group/],
  ['a topic with a space', '{ kafka-lag: own/g, topics: "a b" }', /"a b" is no topic/],
  ['no topic at all', '{ kafka-lag: own/g, topics: [] }', /at least 1 entry/],
  ['a negative limit', '{ kafka-lag: own/g, lag: -1 }', /at least 0/],
  ['half a message', '{ kafka-lag: own/g, lag: 1.5 }', /whole number|int/],
  ['an age without a unit', '{ kafka-lag: own/g, age: 5 }', /5 has no unit/],
  ['an age that is too short', '{ kafka-lag: own/g, age: 30s }', /out of range/],
  ['an unknown key', '{ kafka-lag: own/g, lags: 5 }', /unknown key.*lag/],
]
it.each(checkMistakes)('a check with %s is refused', (_reason, written, message) => {
  const { problems } = load(clusters, `      x: ${written}`)
  expect(problems.map((problem) => problem.message).join('\n')).toMatch(message)
})

const clusterMistakes: [reason: string, written: string, message: RegExp][] = [
  ['no type', '{ region: ap-guangzhou }', /must be one of ckafka, alikafka, kafka/],
  ['an unknown type', '{ type: redpanda }', /must be one of ckafka, alikafka, kafka/],
  ['no region', '{ type: ckafka }', /region|is missing/],
  ['a region that is none', '{ type: ckafka, region: Guangzhou! }', /"Guangzhou!" is not a region/],
  [
    'a key in the file',
    '{ type: ckafka, region: r, secretId: "${ID}", secretKey: AKIDx }',
    /is a secret: keep it in the environment/,
  ],
  ['half a key', '{ type: ckafka, region: r, secretId: "${ID}" }', /needs `secretKey` beside it/],
  ['the other half', '{ type: alikafka, region: r, accessKeySecret: "${KEY}" }', /needs `accessKeyId` beside it/],
  ['no brokers', '{ type: kafka, brokers: [] }', /at least 1 entry/],
  ['a broker without a port', '{ type: kafka, brokers: [k1.example.com] }', /"k1.example.com" is not host:port/],
  [
    'a password in the file',
    '{ type: kafka, brokers: ["k:9"], sasl: { mechanism: plain, username: a, password: b } }',
    /is a secret/,
  ],
  [
    'an unknown mechanism',
    '{ type: kafka, brokers: ["k:9"], sasl: { mechanism: gssapi } }',
    /must be one of plain, scram-sha-256, scram-sha-512, aws-iam/,
  ],
  [
    'IAM without TLS',
    '{ type: kafka, brokers: ["k:9"], tls: false, sasl: { mechanism: aws-iam, region: r } }',
    /IAM over TLS only/,
  ],
  [
    'an authority without TLS',
    '{ type: kafka, brokers: ["k:9"], tls: false, ca: "${CA}" }',
    /has no effect without `tls`/,
  ],
  ['an authority that is no PEM', '{ type: kafka, brokers: ["k:9"], ca: ca.pem }', /no certificate in PEM/],
]
it.each(
  clusterMistakes,
)('a cluster with %s is refused, and not told a second time at its checks', (_reason, written, message) => {
  const { problems } = load(`  c: ${written}`, '      x: { kafka-lag: c/g }')
  expect(problems).toHaveLength(1)
  expect(problems[0]?.message).toMatch(message)
  expect(problems[0]?.line).toBe(7)
})

it('without any cluster the section is named', () => {
  const { problems } = load('  {}', '      x: { kafka-lag: c/g }')
  expect(problems.map((problem) => problem.message)).toEqual([
    'no cluster of `kafka` is named `c`; there is none: give it an entry in `kafka`',
  ])
})

it('the published schema knows clusters', () => {
  const schema = JSON.stringify(fenghuoSchema().properties?.kafka)
  for (const word of ['ckafka', 'alikafka', 'brokers', 'scram-sha-512', 'aws-iam']) expect(schema).toContain(word)
})
