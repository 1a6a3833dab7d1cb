import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { httpTarget, shows, tcpTarget, tlsTarget } from '../targets.ts'
import { floods, floodsAfter, kafkaAnswer, unknownFrames } from './floods.ts'
import type { Watched } from './probe.ts'

/** A function of 256 MB has about so much left for what targets send, once Node and the probe have theirs. */
const MOST_MIB = 100

/** The probe is its own process with a small heap: running out of memory ends it, and not the tests. */
async function watched(checks: Record<string, object>): Promise<Watched> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=96', fileURLToPath(new URL('probe.ts', import.meta.url)), JSON.stringify(checks)],
    { timeout: 20_000 },
  )
  return JSON.parse(stdout)
}

const kafka = (broker: string) => ({
  'kafka-lag': 'shop/orders',
  spec: {
    cluster: { type: 'kafka', brokers: [broker], tls: false },
    group: 'orders',
    topics: [],
    limits: { lag: [], allowed: [] },
  },
})

const lengthOf = (bytes: number) => {
  const prefix = Buffer.alloc(4)
  prefix.writeInt32BE(bytes)
  return prefix
}

const MIB = 1_048_576
const chunk = Buffer.alloc(65_536, 'x')

const hostile: { reason: string; check: () => Promise<object>; outcome: string; code: string }[] = [
  {
    reason: 'a Kafka answer that claims a gigabyte, and comes',
    check: async () => kafka(await tcpTarget(floodsAfter(lengthOf(1_024 * MIB), chunk))),
    outcome: 'unknown',
    code: 'kafka-unreached',
  },
  {
    reason: 'a flood that is no Kafka',
    check: async () => kafka(await tcpTarget((socket) => floods(socket, chunk))),
    outcome: 'unknown',
    code: 'kafka-unreached',
  },
  {
    reason: 'a Kafka answer of negative length',
    check: async () => kafka(await tcpTarget(floodsAfter(lengthOf(-4), lengthOf(-4)))),
    outcome: 'unknown',
    code: 'kafka-malformed',
  },
  {
    reason: 'a small Kafka answer that claims thirty million entries',
    check: async () =>
      kafka(await tcpTarget((socket) => socket.once('data', () => socket.write(kafkaAnswer(30_000_000))))),
    outcome: 'unknown',
    code: 'kafka-malformed',
  },
  {
    reason: 'a body of one-byte chunks',
    check: async () => ({
      http: `http://${await tcpTarget(
        floodsAfter(
          Buffer.from('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n'),
          Buffer.from('1\r\na\r\n'.repeat(10_000)),
        ),
      )}`,
      contains: 'needle',
    }),
    outcome: 'down',
    code: 'body-lacks',
  },
  {
    reason: 'interim responses without end',
    check: async () => ({
      http: `http://${await tcpTarget(
        floodsAfter(Buffer.alloc(0), Buffer.from('HTTP/1.1 102 Processing\r\n\r\n'.repeat(2_000))),
      )}`,
    }),
    outcome: 'down',
    code: 'response-malformed',
  },
  {
    reason: 'HTTP/2 frames that nobody knows',
    check: async () => ({
      http: `https://${await tlsTarget({ ...shows('good'), ALPNProtocols: ['h2'] }, (socket) => unknownFrames(socket))}`,
    }),
    outcome: 'down',
    code: 'received-over-limit',
  },
  {
    reason: 'a raw flood in place of the expected text',
    check: async () => ({ tcp: await tcpTarget((socket) => floods(socket, chunk)), expect: 'needle' }),
    outcome: 'down',
    code: 'answer-lacks',
  },
]

describe('hostile targets cost a probe little memory, and the others not their look', () => {
  it('all at once', async () => {
    const good = await httpTarget((_request, response) => void response.end('ok'))
    const checks = await Promise.all(hostile.map(async ({ reason, check }) => [reason, await check()] as const))
    const { seen, grewMiB } = await watched({
      first: { http: good },
      ...Object.fromEntries(checks),
      last: { http: good },
    })
    const expected = hostile.map(({ reason, outcome, code }) => [reason, { outcome, fault: { code } }] as const)
    expect(seen).toMatchObject({ first: { outcome: 'up' }, ...Object.fromEntries(expected), last: { outcome: 'up' } })
    expect(grewMiB).toBeLessThan(MOST_MIB)
  }, 25_000)
})
