import { describe, expect, it } from 'vitest'
import { answerReader } from '../../../shared/checks/kafka-lag/frames.ts'
import { readBrokers } from '../../../shared/checks/kafka-lag/protocol.ts'
import { roomOfRun } from '../../../shared/checks/kafka-lag/room.ts'
import type { BrokerSettings } from '../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { serveNames } from '../dns/server.ts'
import { someIo } from '../records.ts'

const MIB = 1_048_576

function answer(bytes: number, text = ''): Buffer {
  const frame = Buffer.alloc(4 + bytes)
  frame.writeInt32BE(bytes)
  frame.write(text, 4)
  return frame
}

function thrownBy(parts: Buffer[], waiting = { bytes: 0 }): unknown {
  const read = answerReader(waiting, () => {})
  try {
    for (const part of parts) read(part)
  } catch (error) {
    return error
  }
  return undefined
}

describe('answers of brokers', () => {
  it.each([
    ['in one part', (all: Buffer) => [all]],
    ['byte by byte', (all: Buffer) => [...all].map((byte) => Buffer.from([byte]))],
    ['cut within the second size', (all: Buffer) => [all.subarray(0, 16), all.subarray(16)]],
  ])('are handed on whole, having come %s', (_reason, cut) => {
    const taken: Buffer[] = []
    const waiting = { bytes: 0 }
    const all = [answer(10, 'first'), answer(20, 'second')]
    const read = answerReader(waiting, (whole) => taken.push(whole))
    for (const part of cut(Buffer.concat(all))) read(part)
    expect(taken).toEqual(all)
    expect(waiting.bytes).toBe(0)
  })

  const tooLarge = (bytes: number) =>
    fact('kafka-unreached', { source: 'kafka', fault: fact('received-over-limit', { bytes }) })
  const malformed = (part: string) => fact('kafka-malformed', { source: 'kafka', part })

  it.each([
    ['over 4 MiB, by its size alone', [answer(5 * MIB).subarray(0, 4)], tooLarge(4 * MIB)],
    ['of negative size', [Buffer.from([0xff, 0xff, 0xff, 0xff])], malformed('size')],
    ['that asks for hashing for an hour', [answer(60, 'r=abc,s=c2FsdA==,i=2147483647')], malformed('iterations')],
  ])('an answer %s is refused', (_reason, parts, fault) => {
    expect(thrownBy(parts)).toMatchObject({ outcome: 'unknown', fault })
  })

  it('on many connections may wait for no more than 16 MiB together', () => {
    const waiting = { bytes: 0 }
    const part = answer(4 * MIB).subarray(0, 4 * MIB - 10)
    for (let connection = 1; connection <= 4; connection++) expect(thrownBy([part], waiting)).toBeUndefined()
    expect(thrownBy([part], waiting)).toMatchObject({ fault: tooLarge(16 * MIB) })
  })

  it('may ask for as much hashing as Kafka does', () => {
    expect(thrownBy([answer(60, 'r=abc,s=c2FsdA==,i=16384')])).toBeUndefined()
  })
})

it.each([
  { at: 'an address', broker: '169.254.169.254:9092' },
  { at: 'a name of one', broker: 'sly.example:9092' },
])('a broker at $at of cloud metadata is not connected to', async ({ broker }) => {
  await serveNames({ 'sly.example': ['169.254.169.254'] })
  const settings: BrokerSettings = { type: 'kafka', brokers: [broker], tls: false }
  const read = readBrokers(settings, { group: 'orders', topics: [] }, someIo(), new AbortController().signal)
  const refused = fact('metadata-refused', { address: '169.254.169.254' })
  await expect(read).rejects.toMatchObject({ fault: fact('kafka-unreached', { source: 'kafka', fault: refused }) })
})

it('a look keeps 600,000 partitions and groups, and no more', () => {
  const room = roomOfRun()
  for (let topic = 1; topic <= 6; topic++) room.take(100_000)
  expect(() => room.take(1)).toThrow('kafka-too-much')
})
