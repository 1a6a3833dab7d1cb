import { expectTypeOf, it } from 'vitest'
import type { LogEntry } from '../../shared/contracts/log-entry.ts'

const line = { level: 'warn', event: 'region not told', region: 'cn', told: [{ at: 1 }], why: undefined } as const

it('a line of the log has a level that whoever filters knows, and a code', () => {
  const { level, event, ...fields } = line
  expectTypeOf(line).toExtend<LogEntry>()
  expectTypeOf({ event, ...fields }).not.toExtend<LogEntry>()
  expectTypeOf({ level, ...fields }).not.toExtend<LogEntry>()
  expectTypeOf({ ...line, level: 'warning' as const }).not.toExtend<LogEntry>()
})

it('none has a field of what is nobody’s to read, or of what JSON does not hold', () => {
  expectTypeOf({ ...line, phone: '+8613800000000' }).not.toExtend<LogEntry>()
  expectTypeOf({ ...line, error: new Error('lost') }).not.toExtend<LogEntry>()
  expectTypeOf({ ...line, told: new Map<string, string>() }).not.toExtend<LogEntry>()
})
