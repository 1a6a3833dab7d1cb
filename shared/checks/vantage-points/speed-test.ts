import type { Phases } from '../../contracts/report.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { apiFault, ask, type Lines } from '../network/ask-api.ts'
import { Fault, fact } from '../run/fault.ts'
import { Timeout, withinLimit } from '../run/time-limit.ts'
import type { CheckFault } from '../words.ts'
import type { VantagePointsFault } from './faults.ts'
import { fields } from './fields.ts'
import type { SpeedTestFields, SpeedTestNode, SpeedTestService, SpeedTestSpec } from './spec.ts'
import { combine } from './summarise.ts'
import { readLiteral } from './tokenizer.ts'

/**
 * Asks a speed test by a form to look at a URL from a node. Returns the function that looks from one: a node that
 * does not answer in its time has timed out, one whose answer lacks a time is abnormal, and both are down; when the
 * service itself fails (not reached, another status than 200, an answer that is none), that node is unknown.
 */
export function speedTest({ service }: SpeedTestSpec, target: URL, io: CheckIo, deadline: Instant, lines: Lines) {
  async function askNode(id: string): Promise<RunResult> {
    const limit = Math.min(io.now() + service.timeoutMs, deadline)
    let isSent = false
    const onSent = () => {
      isSent = true
    }
    try {
      return await withinLimit(io, limit, async (scope) => {
        const question = { ...form(service, target, id), method: 'POST' as const, onSent }
        const { status, text } = await ask(question, lines, scope)
        if (status !== 200) throw new Fault(fact('api-status', { status }), 'unknown')
        return readAnswer(text, service.fields)
      })
    } catch (error) {
      if (!(error instanceof Timeout)) return unknown(apiFault(error))
      return isSent ? down(fact('node-timed-out', { limitMs: error.limitMs })) : unknown(notReached)
    }
  }

  return async (node: SpeedTestNode): Promise<RunResult> => combine(await Promise.all(node.ids.map(askNode)))
}

function form({ url, form, headers }: SpeedTestService, target: URL, id: string) {
  const at = new URL(url)
  const meaning: Record<string, string> = { '{id}': id, '{url}': target.href, '{host}': target.host }
  const body = new URLSearchParams(
    Object.entries(form).map(([name, text]): [string, string] => [
      name,
      text.replace(/\{\w+\}/g, (word) => meaning[word] ?? word),
    ]),
  )
  return {
    url: at,
    headers: {
      'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
      origin: at.origin,
      referer: `${at.origin}/`,
      'x-requested-with': 'XMLHttpRequest',
      ...headers,
    },
    body: body.toString(),
  }
}

/** An answer such as `({state:1,msg:'',result:{httpstate:200,alltime:'212',conntime:'116',downtime:'78'}})`. */
function readAnswer(text: string, names: SpeedTestFields): RunResult {
  const answer = fields(literal(text))
  const result = fields(answer.result ?? answer)
  const isItsOwn = 'state' in answer || Object.values(names).some((name) => name in result)
  if (!isItsOwn) throw new Fault(fact('api-answer-malformed'), 'unknown')
  if (Number(answer.state) === 0)
    return down(fact('answer-abnormal', { state: '0', ...(answer.msg ? { said: String(answer.msg) } : {}) }))
  const missing = [names.total, names.connect, names.download].find((name) => result[name] === undefined)
  if (missing !== undefined) return down(fact('answer-lacks-time', { field: missing }))
  const latencyMs = numberOf(result[names.total])
  if (latencyMs === undefined)
    return down(fact('answer-no-time', { field: names.total, value: String(result[names.total]) }))
  const seen = { latencyMs, ...phasesOf(result, names) }
  const status = numberOf(result[names.status])
  if (status === undefined || (status >= 200 && status < 400)) return { outcome: 'up', ...seen }
  return { ...down(fact('node-status', { status })), ...seen }
}

const notReached: VantagePointsFault = fact('api-not-reached')

function down(fault: VantagePointsFault): RunResult {
  return { outcome: 'down', fault }
}

function unknown(fault: CheckFault): RunResult {
  const ofParty: VantagePointsFault = fact('third-party', { who: 'speed-test', fault })
  return { outcome: 'unknown', fault: ofParty }
}

function literal(text: string): unknown {
  try {
    return readLiteral(text)
  } catch {
    throw new Fault(fact('api-answer-malformed'), 'unknown')
  }
}

function phasesOf(result: Record<string, unknown>, names: SpeedTestFields): { phases?: Phases } {
  const { dns, connect, download } = names
  const times = Object.entries({ dns, connect, download }).map(
    ([phase, name]) => [phase, numberOf(result[name])] as const,
  )
  const known = times.filter(([, ms]) => ms !== undefined)
  return known.length === 0 ? {} : { phases: Object.fromEntries(known) }
}

/** Numbers come as such or in quotes; `-` stands for one that is not known. */
function numberOf(value: unknown): number | undefined {
  return /^\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : undefined
}
