import type { CheckKind, Seen } from '../kind.ts'
import { nameServer } from '../network/name-server.ts'
import type { Reach } from '../network/reach.ts'
import { fromEnvironment } from '../run/environment.ts'
import type { Limits } from '../run/limits.ts'
import { judgeTime, observe } from '../run/observe.ts'
import { ask, canonical, type DnsAnswer, faultOf, type RecordType, type ResponseCode } from './answer.ts'

/** A `dns` check as a probe carries it. `name`, `server` and the values may hold `${NAME}`. */
export interface DnsSpec extends Pick<Reach, 'allowMetadata'> {
  name: string
  type: RecordType
  /** `address` or `address:port`. Absent: the system's servers. */
  server?: string
  code: ResponseCode
  /** The answer has these values and no other. */
  expect?: string[]
  /** Each value of the answer is one of these. */
  among?: string[]
  down: Limits
  degraded: Limits
}

/** Asks a DNS server for records of a name, and judges its answer. */
export const dns: CheckKind<DnsSpec> = {
  kind: 'dns',
  run({ spec }, io, deadline): Promise<Seen> {
    return observe(io, deadline, async (clock, scope) => {
      const resolved = fromEnvironment(spec, io.env)
      const server = nameServer(resolved.server, resolved, scope)
      clock.begin('dns')
      const answer = await ask(server, resolved.name, resolved.type)
      clock.end()
      const lack = shortcoming(resolved, answer)
      if (lack !== undefined) return { outcome: 'down', detail: lack, ...clock.measured() }
      return judgeTime(spec, clock)
    })
  },
}

/** What an answer lacks of what is expected; undefined if nothing. */
function shortcoming({ type, code, expect, among }: DnsSpec, answer: DnsAnswer): string | undefined {
  if (answer.code !== code)
    return code === 'NOERROR' ? faultOf(answer.code).message : `DNS: ${answer.code}, expected ${code}`
  const isEmptyExpected = expect?.length === 0 || code !== 'NOERROR'
  if (answer.values.length === 0 && !isEmptyExpected) return `DNS: no ${type} record`
  const strange = among && answer.values.find((value) => !contains(among, type, value))
  if (strange !== undefined) return `${type} is ${strange}, which is not expected`
  if (expect === undefined || isSame(type, expect, answer.values)) return undefined
  return `${type} is ${listed(answer.values)}, not ${listed(expect)}`
}

function isSame(type: RecordType, expected: string[], found: string[]): boolean {
  return (
    expected.every((value) => contains(found, type, value)) && found.every((value) => contains(expected, type, value))
  )
}

function contains(values: string[], type: RecordType, value: string): boolean {
  return values.some((one) => canonical(type, one) === canonical(type, value))
}

function listed(values: string[]): string {
  return values.length === 0 ? 'none' : [...values].sort().join(', ')
}
