import { expect, test } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import { toldOutOfReach } from '../../shared/config/out-of-reach.ts'

/** What is told of one check, looked at from a vantage without a network and from one with. */
function told(check: string): string[] {
  const { config, problems } = loadConfig(
    `
vantages:
  us: aws/us-east-1
  sg: { at: aws/ap-southeast-1, vpc: { subnets: [subnet-1], securityGroups: [sg-1] } }
channels: { wecom: { type: wecom-robot, key: a-key } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
defaults: { chat: [wecom] }
kafka:
  msk: { type: kafka, brokers: ['b-1.orders.abc123.c2.kafka.ap-southeast-1.amazonaws.com:9098'] }
  public: { type: kafka, brokers: ['b-1-public.orders.abc123.c2.kafka.ap-southeast-1.amazonaws.com:9198'] }
projects: { pay: { title: 支付, checks: { it: { title: 检查, ${check} } } } }
`,
    'fenghuo.yml',
  )
  if (config === undefined) throw new Error(problems.map(({ message }) => message).join('\n'))
  return toldOutOfReach(config).map(({ check, mistake }) => `${check} ${mistake.words.en}`)
}

const INSIDE = 'can be reached from within its network only, and the vantage has no `vpc`'
const MSK = 'b-1.orders.abc123.c2.kafka.ap-southeast-1.amazonaws.com'

test.each([
  ['a public name', 'http: https://pay.example.com/healthz', []],
  ['a public address', 'tcp: "8.8.8.8:53"', []],
  ['a private address', 'tcp: "10.0.3.7:5432"', [`us: 10.0.3.7 ${INSIDE}`]],
  ['a private IPv6 address', 'http: "http://[fd12::7]/"', [`us: fd12::7 ${INSIDE}`]],
  [
    'an address that takes the place of the name',
    'tls: pay.example.com, address: 192.168.1.9',
    [`us: 192.168.1.9 ${INSIDE}`],
  ],
  ['a name of the inside', 'http: http://pay.internal/', [`us: pay.internal ${INSIDE}`]],
  ['a name without a dot', 'tcp: "redis:6379"', [`us: redis ${INSIDE}`]],
  ['a DNS server of the inside', 'dns: pay.example.com, server: 10.0.0.2', [`us: 10.0.0.2 ${INSIDE}`]],
  ['a broker of MSK', 'kafka-lag: msk/sink', [`us: ${MSK} ${INSIDE}`]],
  ['a public broker of MSK', 'kafka-lag: public/sink', []],
  [
    'loopback, wherever the function is',
    'http: "http://127.0.0.1:8080/"',
    ['us, sg: 127.0.0.1 is the function itself, where nothing listens'],
  ],
  ['localhost', 'tcp: "localhost:80", from: [sg]', ['sg: localhost is the function itself, where nothing listens']],
  ['what the environment decides', 'http: "${PAY_URL}/healthz"', []],
  ['only the vantage with a network', 'tcp: "10.0.3.7:5432", from: [sg]', []],
])('%s', (_reason, check, lines) => {
  expect(told(check)).toEqual(lines.map((line) => `pay/it can't be looked at from ${line}`))
})
