import { beforeEach, expect, test } from 'vitest'
import { channelMemory } from '../../shared/delivery/channel-memory.ts'
import type { StoreIo } from '../../shared/store/io.ts'
import { MemoryTable } from '../store/memory-table.ts'

let table: MemoryTable
let now: number
let log: Record<string, unknown>[]
const memoryOf = (type: string, secret = 'secret') => {
  const io: StoreIo = { incidents: table, checks: table, now: () => now, log: (entry) => void log.push(entry) }
  return channelMemory(type, secret, io)
}

beforeEach(() => {
  table = new MemoryTable()
  now = 1_000_000
  log = []
})

test('what a channel keeps is there for another function, until its time', async () => {
  await memoryOf('wecom-app').write('token#1', 'a token', now + 60_000)
  expect(await memoryOf('wecom-app').read('token#1')).toBe('a token')
  expect(await memoryOf('wecom-app').read('token#2')).toBeUndefined()
  expect(await memoryOf('slack').read('token#1')).toBeUndefined()
  now += 60_000
  expect(await memoryOf('wecom-app').read('token#1')).toBeUndefined()
})

test('whoever reads the table without the secret has nothing', async () => {
  await memoryOf('wecom-app').write('token#1', 'a token', now + 60_000)
  expect(JSON.stringify([...table.rows.values()])).not.toContain('a token')
  expect(await memoryOf('wecom-app', 'another').read('token#1')).toBeUndefined()
  expect(log).toMatchObject([{ event: 'channel memory', channel: 'wecom-app' }])
})

test('a table that does not answer costs no message', async () => {
  const broken = () => Promise.reject(new Error('throttled'))
  table.get = broken
  table.put = broken
  await memoryOf('wecom-app').write('token#1', 'a token', now + 60_000)
  expect(await memoryOf('wecom-app').read('token#1')).toBeUndefined()
  expect(log).toHaveLength(2)
})
