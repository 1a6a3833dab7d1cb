import { ownProperty } from '../contracts/own-property.ts'
import { references } from '../contracts/references.ts'
import { DEFAULT_SEVERITY, type Instant, type Language } from '../contracts/words.ts'
import { decode } from '../ingest/decode.ts'
import type {
  AdmitIo,
  Context,
  Format,
  InboundProject,
  InboundRequest,
  Problem,
  Reply,
  Taken,
  UnpackIo,
} from '../ingest/format.ts'
import { type KnownKey, keyAmong, keyInHeaders } from '../ingest/keys.ts'
import { mended } from '../ingest/mend.ts'
import { packed } from '../ingest/pack.ts'
import { routeOf } from '../ingest/routes.ts'
import { textOf } from '../ingest/text.ts'
import { rememberInbound, type seenRecorder } from '../store/inbound.ts'
import type { Table } from '../store/table.ts'

/** A project as the way in knows it: what its formats are told, by their names. */
export type IngestProject = InboundProject & { options: Record<string, unknown> }

export interface IngestIo extends AdmitIo, UnpackIo {
  keys: readonly KnownKey[]
  projects: Record<string, IngestProject>
  /** Of a project that is not configured. */
  language: Language
  /** A name that nobody has had before. */
  token(): string
  /** Whole seconds until this key may send again; 0: now. */
  waitOf(key: string, perMinute: number, now: Instant): number
  /** Where it is kept what requests are about and when formats were heard of. */
  checks: Pick<Table, 'name' | 'put' | 'query'>
  /** Writes down that a format was heard of. */
  seen: ReturnType<typeof seenRecorder>
  /** Puts messages on the events queue. Rejects unless it has all of them. */
  send(messages: string[]): Promise<void>
}

type MemoryIo = Pick<IngestIo, 'checks' | 'seen' | 'now' | 'log'>
export type SendingIo = Pick<IngestIo, 'token' | 'send' | 'fetchObject'> & MemoryIo

/** Sentry takes a hook away that is not answered within 1 s; this is what the queue gets of it. */
const SEND_MS = 800

/** Who sends thousands of alerts at once waits longer, 10 s at least (Alertmanager, Prometheus): so many bytes may take so long. */
const LARGE_BYTES = 1_000_000
const LARGE_MS = 5_000

/** Of that, what is known of earlier requests may take so much, ms. */
export const REMEMBER_MS = 250

/** What has first waited for the certificate of SNS, or for a processor, has so long for the queue all the same. */
const LEAST_SEND_MS = 500

/** Until when the queue is tried for the alerts of a request of so many bytes that came at `cameAt`; UTC ms. */
export function sendUntil(cameAt: Instant, bytes: number, now: Instant): Instant {
  return Math.max(cameAt + (bytes > LARGE_BYTES ? LARGE_MS : SEND_MS), now + LEAST_SEND_MS)
}

/** Where older rulers of Loki post (Alertmanager 0.27, changelog: "API v1 has been removed"). */
const OLD_ALERTS = '/api/v1/alerts'

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
  const { format } = route
  try {
    return await takeFor(format, route.key, request, io)
  } catch (error) {
    io.log({ level: 'error', event: 'request not taken', format: format.format, error: String(error) })
    return format.answers.busy(BUSY_S)
  }
}

async function takeFor(
  format: Format,
  keyInPath: string | undefined,
  request: InboundRequest,
  io: IngestIo,
): Promise<Reply> {
  const { methods = ['POST'], answers } = format
  if (!methods.includes(request.method))
    return {
      status: 405,
      body: { status: 'method not allowed', errors: [`send it by ${methods.join(' or ')}`] },
      headers: { allow: methods.join(', ') },
    }
  const decoded = decode(request, format.encodings)
  const given = keyInPath ?? ('body' in decoded ? textOf(format.keyOf?.(decoded.body)) : '')
  const key = keyAmong(io.keys, given || keyInHeaders(request))
  if ('status' in decoded) {
    if (key === undefined && format.keyOf === undefined) return answers.unknownKey()
    const reply = answers.refused([{ path: '', message: decoded.message }])
    return { ...reply, status: decoded.status }
  }
  if (key === undefined) return answers.unknownKey()
  const waitS = io.waitOf(key.hash, key.perMinute, io.now())
  if (waitS > 0) {
    io.log({ level: 'warn', event: 'key over its rate', format: format.format, project: key.project })
    return answers.busy(waitS)
  }
  const project = projectOf(key, io)
  const options = ownProperty(project.options, format.format)
  if (options !== undefined && format.isGenuine !== undefined) {
    const about = { format: format.format, project: project.name }
    // A reference that nothing has replaced is no secret: whoever has read the configuration could sign with it.
    const [missing] = references(options)
    if (missing !== undefined) {
      io.log({ level: 'error', event: 'secret has no value', ...about, missing })
      return answers.busy(BUSY_S)
    }
    if (!format.isGenuine(request, options, io.now())) {
      io.log({ level: 'warn', event: 'signature refused', ...about })
      return answers.unknownKey()
    }
  }
  return takeBody(format, decoded.body, request.body.length, project, options, io)
}

async function takeBody(
  format: Format,
  body: unknown,
  bytes: number,
  project: IngestProject,
  options: unknown,
  io: IngestIo,
): Promise<Reply> {
  const read = format.schema.safeParse(body)
  if (!read.success) {
    const problems = read.error.issues.map((issue): Problem => ({ path: issue.path.join('.'), message: issue.message }))
    io.log({ level: 'warn', event: 'request refused', format: format.format, project: project.name, problems })
    return format.answers.refused(problems)
  }
  const reply = await format.admit?.(read.data, options, io)
  if (reply !== undefined) {
    const { status } = reply
    io.log({ level: 'warn', event: 'request answered', format: format.format, project: project.name, status })
    return reply
  }
  const { limitBytes = Number.POSITIVE_INFINITY } = format
  const over = bytes > limitBytes ? { bytes, limit: limitBytes } : undefined
  const taken = await sendAlerts(format, read.data, { project, options, heardAs: format.format, over }, io)
  io.log({
    level: 'info',
    event: 'request taken',
    format: format.format,
    project: project.name,
    alerts: taken.alerts.length,
    ...(taken.notes.length > 0 && { notes: taken.notes.slice(0, 20) }),
  })
  return over ? format.answers.tooLarge(taken, limitBytes) : format.answers.taken(taken, read.data)
}

/**
 * Makes alerts of a body, with what earlier ones said of the same thing, and puts them on the events queue. Rejects unless the queue
 * has all of them. `heardAs`: the format that was heard of by it; `over`: the body was too large for its details.
 */
export async function sendAlerts(
  format: Format,
  body: unknown,
  {
    project,
    options,
    heardAs,
    over,
  }: { project: IngestProject; options: unknown; heardAs: string; over?: { bytes: number; limit: number } | undefined },
  io: SendingIo,
): Promise<Taken> {
  const [earlier, read] = await Promise.all([
    earlierFor(format, body, project.name, io),
    format.unpack?.(body, io) ?? body,
  ])
  const taken = alertsOf(format, read, { project, receivedAt: io.now(), token: io.token, options, earlier }, over)
  await Promise.all([
    taken.alerts.length > 0 ? io.send(packed(taken.alerts)) : undefined,
    noteSeen(heardAs, project.name, taken.alerts.length, io),
  ])
  return taken
}

/** What is known of earlier requests about the same thing. It only decorates: no page waits long for it, or is lost for it. */
async function earlierFor(
  { format, memoryOf }: Pick<Format, 'format' | 'memoryOf'>,
  body: unknown,
  project: string,
  io: MemoryIo,
): Promise<Record<string, string>> {
  const memory = memoryOf?.(body)
  if (memory === undefined) return {}
  return rememberInbound({ format, project, of: memory.of }, memory, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'not remembered', format, project, error: String(error) })
    return {}
  })
}

/** Writes down that a format was heard of, if that can be done. */
async function noteSeen(format: string, project: string, alerts: number, io: MemoryIo): Promise<void> {
  await io.seen({ format, project, alerts }, io).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'not written down', format, project, error: String(error) })
  })
}

/** What a format makes of a body, each alert as the contract takes it; `over`: the body was too large for its details. */
export function alertsOf(
  format: Format,
  body: unknown,
  context: Context,
  over?: { bytes: number; limit: number },
): Taken {
  const all = format.toAlerts(body, context).map((draft) => {
    if (over === undefined) return mended(draft, context)
    const notes = [...(draft.notes ?? []), { code: 'details-dropped' as const, args: over }]
    return mended({ ...draft, details: undefined, notes }, context)
  })
  return { alerts: all.map(({ alert }) => alert), notes: all.flatMap(({ notes }) => notes) }
}

/** The project of a key, as the configuration has it; one that is not configured has its name alone. */
export function projectOf(key: KnownKey, io: Pick<IngestIo, 'projects' | 'language'>): IngestProject {
  const { project: name } = key
  return (
    ownProperty(io.projects, name) ?? {
      name,
      title: name,
      severity: DEFAULT_SEVERITY,
      language: io.language,
      options: {},
    }
  )
}
