import { setTimeout as wait } from 'node:timers/promises'
import { jsonIn } from '../../contracts/json-in.ts'
import type { Instant } from '../../contracts/words.ts'
import type { CheckIo, RunResult } from '../kind.ts'
import { type Answer, apiFault, ask, type Lines } from '../network/ask-api.ts'
import { Fault, fact } from '../run/fault.ts'
import { Timeout, withinLimit } from '../run/time-limit.ts'
import type { CheckFault } from '../words.ts'
import type { VantagePointsFault } from './faults.ts'
import { fields } from './fields.ts'
import { readResult } from './globalping-result.ts'
import type { GlobalpingNode, GlobalpingSpec } from './spec.ts'
import { combine } from './summarise.ts'
import { hostOf, type Target } from './target.ts'

const HOST = 'https://api.globalping.io'

/**
 * "Do not query the results of a single measurement more often than every 500 milliseconds" (API v1, getMeasurement).
 */
const POLL_MS = 500

/**
 * For a probe's test, in seconds, and for its result to be there: "at least 10 additional seconds" (API v1,
 * `timeout`).
 */
const PROBE_TIMEOUT_S = { least: 5, most: 30, delivery: 10 }

/** Refusals that concern every node of a run alike. */
const concernsAll = [401, 403, 429]

/**
 * Looks at a target through Globalping (API v1, globalping.io/docs/api.globalping.io). Returns the function that
 * looks from a node: what its probes saw together, or `unknown` with Globalping's own code. Each node is a
 * measurement of its own, so that a place without probes (422) takes no other with it; after a refusal that concerns
 * all nodes no more are asked for.
 */
export function globalping(spec: GlobalpingSpec, target: Target, io: CheckIo, deadline: Instant, lines: Lines) {
  const api = new URL('/v1/measurements', io.env.FENGHUO_GLOBALPING_URL || HOST)
  const headers = {
    accept: 'application/json',
    ...(spec.token === undefined ? {} : { authorization: `Bearer ${spec.token}` }),
  }
  const timeout = probeTimeoutS(deadline - io.now())
  let refused: Fault | undefined

  async function create(node: GlobalpingNode, scope: AbortSignal): Promise<string> {
    if (refused !== undefined) throw refused
    const answer = await ask(
      {
        url: api,
        method: 'POST',
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify({ ...measurement(target, node), timeout }),
      },
      lines,
      scope,
    )
    const { id } = fields(jsonIn(answer.text))
    if (answer.status === 202 && typeof id === 'string' && id !== '') return id
    const fault = refusal(answer)
    if (concernsAll.includes(answer.status)) refused = fault
    throw fault
  }

  /**
   * Reads until the measurement is over, each time half a second after the last answer. `note` is told what is in the
   * way.
   */
  async function results(id: string, scope: AbortSignal, note: (trouble?: CheckFault) => void): Promise<unknown[]> {
    const url = new URL(`${api.pathname}/${encodeURIComponent(id)}`, api)
    let etag: string | undefined
    for (;;) {
      const known = etag === undefined ? {} : { 'if-none-match': etag }
      const answer = await ask({ url, method: 'GET', headers: { ...headers, ...known } }, lines, scope).catch(troubled)
      if (answer?.status === 200) {
        const { status, results } = fields(jsonIn(answer.text))
        if (typeof status !== 'string' || !Array.isArray(results))
          throw new Fault(fact('api-answer-malformed'), 'unknown')
        if (status !== 'in-progress') return results
        etag = answer.headers.etag
        note()
      } else if (answer !== undefined && answer.status !== 304) {
        const fault = refusal(answer)
        if (answer.status < 500 && answer.status !== 429) throw fault
        note(fault.fault)
      }
      await wait(Math.max(POLL_MS, answer === undefined ? 0 : retryAfterMs(answer)), undefined, { signal: scope })
    }

    function troubled(error: unknown): undefined {
      if (scope.aborted || !(error instanceof Fault)) throw error
      note(error.fault)
    }
  }

  return async (node: GlobalpingNode): Promise<RunResult> => {
    let trouble: CheckFault | undefined
    try {
      return await withinLimit(io, deadline, async (scope) => {
        const id = await create(node, scope)
        const all = await results(id, scope, (fault) => {
          trouble = fault
        })
        if (all.length === 0) throw new Fault(fact('api-answer-malformed'), 'unknown')
        return combine(all.map((one) => readResult(fields(one).result)))
      })
    } catch (error) {
      return { outcome: 'unknown', fault: ofGlobalping(trouble, error) }
    }
  }
}

/** What kept a measurement from its end; when its time was over, what was in its way last. */
function ofGlobalping(trouble: CheckFault | undefined, error: unknown): VantagePointsFault {
  const unfinished = ({ limitMs }: Timeout): CheckFault => fact('api-not-finished', { limitMs })
  const fault = error instanceof Timeout ? (trouble ?? unfinished(error)) : apiFault(error)
  return fact('third-party', { who: 'globalping', fault })
}

function probeTimeoutS(leftMs: number): number {
  const { least, most, delivery } = PROBE_TIMEOUT_S
  return Math.min(most, Math.max(least, Math.floor(leftMs / 1000) - delivery))
}

/** A `MeasurementRequest`. */
function measurement(target: Target, { location, probes }: GlobalpingNode) {
  const common = {
    type: target.measure,
    target: hostOf(target),
    locations: [{ ...location, limit: probes }],
  }
  if (target.measure === 'ping') {
    const { port } = target
    return port === undefined ? common : { ...common, measurementOptions: { protocol: 'TCP', port } }
  }
  const { protocol, port, pathname: path, search } = target.url
  const secure = protocol === 'https:'
  const query = search === '' ? {} : { query: search.slice(1) }
  return {
    ...common,
    measurementOptions: {
      protocol: secure ? 'HTTPS' : 'HTTP',
      port: Number(port || (secure ? 443 : 80)),
      request: { method: 'GET', path, ...query },
    },
  }
}

/** Globalping's own words for a refusal: `{ error: { type, message, params? } }`. */
function refusal({ status, headers, text }: Answer): Fault {
  const { type } = fields(fields(jsonIn(text)).error)
  const againS = status === 429 ? Number(headers['x-ratelimit-reset'] ?? headers['retry-after']) : Number.NaN
  const error = typeof type === 'string' ? { error: type } : {}
  return new Fault(fact('api-status', { status, ...error, ...(againS > 0 ? { againS } : {}) }), 'unknown')
}

/** Retry-After in seconds, as the API has it. */
function retryAfterMs({ headers }: Answer): number {
  const seconds = Number(headers['retry-after'])
  return seconds > 0 ? seconds * 1000 : 0
}
