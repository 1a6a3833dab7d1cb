import { ownProperty } from '../../contracts/own-property.ts'
import { references } from '../../contracts/references.ts'
import { DEFAULT_SEVERITY, type Instant } from '../../contracts/words.ts'
import { partsIn } from '../../ingest/decode.ts'
import type { Format, InboundRequest, Reply } from '../../ingest/format.ts'
import { type KnownKey, keyAmong, keyInHeaders } from '../../ingest/keys.ts'
import { routeOf } from '../../ingest/routes.ts'
import { lineOf, textOf } from '../../ingest/text.ts'
import type { IngestIo, IngestProject } from './ingest-io.ts'
import { type NextPart, takeParts, undecoded } from './take-parts.ts'

/** Sentry takes a hook away that is not answered within 1 s; this is what the queue gets of it, and a note of the request comes after. */
const SEND_MS = 700

/** Who sends thousands of alerts at once waits longer, 10 s at least (Alertmanager, Prometheus): so many bytes may take so long. */
const LARGE_BYTES = 1_000_000
const LARGE_MS = 5_000

/** Of that, what is known of earlier requests may take so much, ms. */
export const REMEMBER_MS = 250

/** What has first waited for the certificate of SNS, or for a processor, has so long for the queue all the same. */
const LEAST_SEND_MS = 450

/** Until when the queue is tried for the alerts of a request of so many bytes that came at `cameAt`; UTC ms. */
export function sendUntil(cameAt: Instant, bytes: number, now: Instant): Instant {
  return Math.max(cameAt + (bytes > LARGE_BYTES ? LARGE_MS : SEND_MS), now + LEAST_SEND_MS)
}

/** Where older rulers of Loki post (Alertmanager 0.27, changelog: "API v1 has been removed"). */
const OLD_ALERTS = '/api/v1/alerts'

/** Of what a sender calls itself so much is told. */
const FROM_CHARACTERS = 100

/** After trouble of ours a sender is asked to wait so long. */
const BUSY_S = 10

/**
 * Takes a request of any sender: finds its format by the path and its project by the key, makes alerts of it and puts them on the
 * events queue. What is answered as taken is on the queue. Never rejects: trouble of ours is answered with what this sender tries
 * again after.
 */
export async function takeRequest(request: InboundRequest, io: IngestIo): Promise<Reply> {
  const route = routeOf(request.path)
  if (route === undefined) {
    const hint = request.path.endsWith(OLD_ALERTS)
      ? 'Alertmanager has no API v1 any more: have alerts sent by v2 (enable_alertmanager_v2: true in Loki)'
      : 'nothing comes in here'
    return { status: 404, body: { status: 'not found', errors: [hint] } }
  }
  const { format, key } = route
  const parts = partsIn(request, format)
  let echo: object = {}
  const next = () => {
    const part = parts()
    if (part !== undefined && 'body' in part) echo = format.echo?.(part.body) ?? echo
    return part
  }
  try {
    return withEcho(await takeFor(format, key, request, next, io), echo)
  } catch (error) {
    io.log({ level: 'error', event: 'request not taken', format: format.format, error: String(error) })
    return withEcho(format.answers.busy(BUSY_S), echo)
  }
}

/** What a body said of itself stands in the answer, unless that says it otherwise. */
function withEcho(reply: Reply, echo: object): Reply {
  return typeof reply.body === 'string' ? reply : { ...reply, body: { ...echo, ...reply.body } }
}

/** Not `async`: what it has read of a body is let go while the queue is waited for. */
function takeFor(
  format: Format,
  keyInPath: string | undefined,
  request: InboundRequest,
  next: NextPart,
  io: IngestIo,
): Reply | Promise<Reply> {
  const { methods = ['POST'], answers, keyOf } = format
  if (!methods.includes(request.method))
    return {
      status: 405,
      body: { status: 'method not allowed', errors: [`send it by ${methods.join(' or ')}`] },
      headers: { allow: methods.join(', ') },
    }
  const keyed = keyOf && next()
  if (keyed && 'status' in keyed) return undecoded(format, keyed)
  const given = (keyInPath ?? textOf(keyed && keyOf?.(keyed.body))) || keyInHeaders(request)
  const key = keyAmong(io.keys, given)
  if (key === undefined) {
    // Most senders take the answer for the end of it: here is told why nothing comes of them, without what they have shown.
    const from = lineOf(request.headers['user-agent'], FROM_CHARACTERS)
    io.log({ level: 'warn', event: 'key unknown', format: format.format, from })
    return answers.unknownKey(given)
  }
  const waitS = io.waitOf(key.hash, key.perMinute, io.now())
  if (waitS > 0) {
    io.log({ level: 'warn', event: 'key over its rate', format: format.format, project: key.project })
    return answers.busy(waitS)
  }
  const project = projectOf(key, io)
  const options = ownProperty(project.options, format.format)
  const refusal = refusalOf(format, request, project, options, io)
  if (refusal !== undefined) return refusal
  const read = keyed ? [keyed] : []
  const bytes = Buffer.byteLength(request.body)
  const { limitBytes: limit = bytes } = format
  const over = bytes > limit ? { bytes, limit } : undefined
  return takeParts(format, () => read.shift() ?? next(), { project, options, over }, io)
}

/** The answer to who has not signed a request as the project's configuration wants it. */
function refusalOf(
  format: Format,
  request: InboundRequest,
  project: IngestProject,
  options: unknown,
  io: IngestIo,
): Reply | undefined {
  if (options === undefined || format.isGenuine === undefined) return undefined
  const about = { format: format.format, project: project.name }
  // A reference that nothing has replaced is no secret: whoever has read the configuration could sign with it.
  const [missing] = references(options)
  if (missing !== undefined) {
    io.log({ level: 'error', event: 'secret has no value', ...about, missing })
    return format.answers.busy(BUSY_S)
  }
  if (format.isGenuine(request, options, io.now())) return undefined
  io.log({ level: 'warn', event: 'signature refused', ...about })
  return format.answers.unknownKey('')
}

/** The project of a key, as the configuration has it; one that is not configured has its name alone. */
export function projectOf(key: KnownKey, io: Pick<IngestIo, 'projects'>): IngestProject {
  const { project: name } = key
  return (
    ownProperty(io.projects, name) ?? {
      name,
      title: name,
      severity: DEFAULT_SEVERITY,
      options: {},
    }
  )
}
