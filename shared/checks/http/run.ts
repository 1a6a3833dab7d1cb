import type { Instant } from '../../contracts/words.ts'
import type { CheckKind, RunResult } from '../kind.ts'
import { fact, isFault } from '../run/fault.ts'
import { overLimit } from '../run/limits.ts'
import { observe } from '../run/observe.ts'
import { PhaseClock } from '../run/phase-clock.ts'
import type { HttpResponse } from './body.ts'
import { headShortcoming, needsBody } from './conditions.ts'
import type { HttpFault } from './faults.ts'
import { follow } from './follow.ts'
import type { Hop } from './hop.ts'
import type { HttpRun } from './http-run.ts'
import type { Irregularity } from './irregularity.ts'
import { noteIn } from './note.ts'
import { request } from './request.ts'
import type { HttpConditions, HttpSpec, OAuth2 } from './spec.ts'

/**
 * Requests a URL over a new connection per request and judges the answer. `latencyMs` runs from the start to the end of
 * the last body, redirects included; phases are summed over them.
 */
export const http: CheckKind<HttpSpec> = {
  kind: 'http',
  run({ spec }, io, deadline) {
    return observe(io, deadline, async (clock, scope) => {
      // Before the request: what comes in meanwhile would count as the target's time.
      const bodies = needsBody(spec) ? await import('./body-conditions.ts') : undefined
      const isAboutCertificates = (spec.down.certificateMs ?? spec.degraded.certificateMs) !== undefined
      const certificates = isAboutCertificates
        ? new (await import('./certificate-condition.ts')).ShownCertificates()
        : undefined
      const noted = new Set<Irregularity>()
      const use = bodies === undefined ? 'measure' : { keep: bodies.decoded }
      const note = noteIn(noted, spec.strict)
      const run: HttpRun = { spec, io, clock, scope, note, use, ...(certificates && { certificates }) }
      const response = spec.oauth2 === undefined ? await follow(run) : await authorized(spec.oauth2, run, deadline)
      const lacks = (expected: HttpConditions) =>
        headShortcoming(expected, response) ??
        bodies?.bodyShortcoming(expected, response) ??
        certificates?.shortcoming(expected, io.now())
      return outcomeOf(spec, lacks, remarkOn(response, noted) ?? certificates?.remaining(io.now()), clock)
    })
  },
}

/** Follows with a token. What that takes is not the target's time, and what is irregular about it not the target's either. */
async function authorized(credentials: OAuth2, run: HttpRun, deadline: Instant): Promise<HttpResponse> {
  const { withToken } = await import('./oauth2.ts')
  const { certificates: _, ...rest } = run
  const askWith = async (ca: string | undefined, hop: Hop, scope: AbortSignal) => {
    // What is not verified of the target need not hold for whom the secret goes to.
    const spec: HttpSpec = { ...run.spec, ca, http2: 'offered', insecure: false }
    const asking = { ...rest, spec, scope, note: noteIn(new Set(), false), clock: new PhaseClock(run.io.monotonic) }
    return (await request(hop, undefined, () => ({ keep: ({ body }) => body }), asking)).response
  }
  const { ca } = run.spec
  // A target with an authority of its own often takes the tokens of a service that the public ones vouch for.
  const ask = (hop: Hop, scope: AbortSignal) =>
    askWith(ca, hop, scope).catch((error: unknown) => {
      if (ca === undefined || !isUntrusted(error)) throw error
      return askWith(undefined, hop, scope)
    })
  return withToken(credentials, run.io, deadline, ask, (token) => {
    run.clock.restart()
    return follow({ ...run, token })
  })
}

function isUntrusted(error: unknown): boolean {
  return isFault(error) && error.fault.code === 'certificate-untrusted'
}

/** What there is to say of an answer that is as it should be. */
function remarkOn({ isCut }: HttpResponse, noted: Set<Irregularity>): HttpFault | undefined {
  if (noted.size > 0) return fact('malformed-tolerated', { how: [...noted] })
  return isCut ? fact('body-not-read') : undefined
}

/** Status, headers and body are worth more words than a limit that is passed besides. */
function outcomeOf(
  spec: HttpSpec,
  lacks: (expected: HttpConditions) => HttpFault | undefined,
  remark: HttpFault | undefined,
  clock: PhaseClock,
): RunResult {
  const measured = clock.measured()
  for (const outcome of ['down', 'degraded'] as const) {
    const expected = spec[outcome]
    const fault = lacks(expected) ?? overLimit(expected.limits, measured)
    if (fault !== undefined) return { outcome, fault, ...measured }
  }
  return { outcome: 'up', ...(remark === undefined ? {} : { fault: remark }), ...measured }
}
