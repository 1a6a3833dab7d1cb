import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { nameServer } from '../network/name-server.ts'
import { fromEnvironment } from '../run/environment.ts'
import { fact } from '../run/fault.ts'
import { observe, outcomeByTime } from '../run/observe.ts'
import { ask, canonical, type DnsAnswer, faultOf } from './answer.ts'
import type { RecordType } from './codes.ts'
import type { DnsFault, Values } from './faults.ts'
import type { DnsSpec } from './spec.ts'

/** More values of an answer are only counted. */
const MOST_NAMED = 8

/** Asks a DNS server for records of a name, and judges its answer. */
export function runDns(spec: DnsSpec, io: CheckIo, deadline: Instant): Promise<RunResult> {
  return observe(io, deadline, async (clock, scope) => {
    const resolved = fromEnvironment(spec, io.env)
    clock.begin('dns')
    const server = await nameServer(resolved.server, resolved, scope)
    const answer = await ask(server, resolved.name, resolved.type)
    clock.end()
    const fault = shortcoming(resolved, answer)
    if (fault !== undefined) return { outcome: 'down', fault, ...clock.measured() }
    return outcomeByTime(spec, clock)
  })
}

/** What an answer lacks of what is expected; undefined if nothing. */
function shortcoming(
  { type, code, expect, among, contains: parts, oneOf }: DnsSpec,
  answer: DnsAnswer,
): DnsFault | undefined {
  if (answer.code !== code)
    return code === 'NOERROR' ? faultOf(answer.code) : fact('dns-code', { answered: answer.code, expected: code })
  const isEmptyExpected = expect?.length === 0 || code !== 'NOERROR'
  if (answer.values.length === 0 && !isEmptyExpected) return fact('dns-no-record', { type })
  const value = among && answer.values.find((one) => !contains(among, type, one))
  if (value !== undefined) return fact('dns-unexpected', { type, value })
  const found = listed(answer.values)
  const lacking = parts?.filter((part) => !has(answer.values, type, part)) ?? []
  if (lacking.length > 0) return fact('dns-lacks', { type, found, lacks: listed(lacking) })
  if (oneOf !== undefined && !oneOf.some((part) => has(answer.values, type, part)))
    return fact('dns-none-of', { type, found, of: listed(oneOf) })
  if (expect === undefined || isSame(type, expect, answer.values)) return undefined
  return fact('dns-differs', { type, found, expected: listed(expect) })
}

function isSame(type: RecordType, expected: string[], found: string[]): boolean {
  return (
    expected.every((value) => contains(found, type, value)) && found.every((value) => contains(expected, type, value))
  )
}

function contains(values: string[], type: RecordType, value: string): boolean {
  return values.some((one) => canonical(type, one) === canonical(type, value))
}

/** Whether one of the values is this one, or holds it where records hold texts that people know a part of. */
function has(values: string[], type: RecordType, part: string): boolean {
  if (type !== 'TXT' && type !== 'CAA') return contains(values, type, part)
  return values.some((value) => canonical(type, value).includes(canonical(type, part)))
}

function listed(values: string[]): Values {
  return { first: [...values].sort().slice(0, MOST_NAMED), more: Math.max(0, values.length - MOST_NAMED) }
}
