import type { IncomingMessage, ServerResponse } from 'node:http'
import { firstSegments } from '../shared/ingest/routes.ts'
import type { EventBus } from './events.ts'
import { serveFunctionUrl } from './function-url.ts'
import { json, Refused, readJson, refuseForeign, type Served, serveLocally } from './http.ts'
import type { LocalFunction } from './invoke.ts'
import type { Stage } from './pages/routes.tsx'
import { type PhoneAction, type PhoneRefusal, phoneAction, playPhone } from './phones.ts'

/** What the console shows and does, once everything is there. */
export interface ConsoleParts {
  functions: Record<string, LocalFunction>
  /** The pages that are deployed, too. */
  pages: Pick<LocalFunction, 'invoke'>
  bus: EventBus
  stage: Stage
}

export interface Console extends Served {
  open(parts: ConsoleParts): void
  /** Puts off whoever asks for a page: the tables it shows are about to stop. */
  shut(): void
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    throw new Refused(400, 'the path is not properly encoded')
  }
}

/** Serves pages and API on the loopback address. Until `open` says with what, every request is put off. */
export async function startConsole(port: number, now: () => number): Promise<Console> {
  let parts: ConsoleParts | undefined
  let isShut = false
  const served = await serveLocally(port, async (request, response) => {
    if (!parts) throw new Refused(503, 'the local stack is starting')
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const path = decoded(pathname)
    const urlFunction = urlFunctions[path.split('/', 2)[1] ?? '']
    if (urlFunction !== undefined && !path.startsWith(API))
      return functionUrl(parts, urlFunction, request, response, now())
    if (isShut) throw new Refused(503, 'the local stack is stopping')
    if (!path.startsWith('/_local/')) return serveFunctionUrl(parts.pages, request, response, now())
    if (request.method !== 'POST') throw new Refused(405, 'POST')
    refuseForeign(request)
    json(response, 200, await act(parts, path.slice('/_local/'.length).split('/'), searchParams, request))
  })
  return {
    ...served,
    open(given) {
      parts = given
    },
    shut() {
      isShut = true
    },
  }
}

/** The console's own; below `/api` there are also paths by which other systems send alerts. */
const API = '/api/v1/'

/** The functions with a URL, by what their paths begin with: here they share one host. */
const urlFunctions: Record<string, string> = {
  ...Object.fromEntries(firstSegments().map((segment) => [segment, 'ingest'])),
  ack: 'acknowledge',
  calendar: 'acknowledge',
  receipts: 'acknowledge',
  reports: 'ingest',
  heartbeat: 'heartbeat',
  ping: 'heartbeat',
}

async function functionUrl(
  parts: ConsoleParts,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
  now: number,
) {
  const target = parts.functions[name]
  if (!target) throw new Refused(404, `there is no ${name} function`)
  await serveFunctionUrl(target, request, response, now)
}

/** What a POST below `/_local/` asks for. Answers with what the tool wants to know. */
async function act(
  parts: ConsoleParts,
  [what, name = '', action = '']: string[],
  query: URLSearchParams,
  request: IncomingMessage,
): Promise<unknown> {
  switch (what) {
    case 'eventbridge':
      return { functions: await parts.bus.put(await readJson(request)) }
    case 'contact-flow':
      return invoke(parts.functions.acknowledge, await readJson(request))
    case 'invoke':
      return invoke(parts.functions[name], await readJson(request))
    case 'demo':
      return demo(parts.stage, name)
    case 'phone':
      return phone(parts.stage, name, phoneAction(action, query.get('key') ?? ''))
    default:
      throw new Refused(404, 'there is nothing here')
  }
}

async function invoke(target: LocalFunction | undefined, event: unknown): Promise<unknown> {
  if (!target) throw new Refused(404, 'there is no such function')
  return target.invoke(event).catch((error: unknown) => {
    throw new Refused(502, error instanceof Error ? error.message : String(error))
  })
}

function demo({ demo, probeNow }: Stage, action: string): unknown {
  if (action !== 'break' && action !== 'mend') throw new Refused(404, 'break or mend')
  demo.broken = action === 'break'
  probeNow()
  return { broken: demo.broken }
}

function phone({ sandboxes }: Stage, id: string, action: PhoneAction | undefined): unknown {
  if (action === undefined) throw new Refused(400, 'answer, no-answer, hangup, or press with a key of 0-9, * and #')
  const refusal = playPhone(sandboxes.phones, id, action)
  if (refusal === undefined) return { ok: true }
  throw new Refused(refusal === 'gone' ? 404 : 409, refusals[refusal])
}

const refusals: Record<PhoneRefusal, string> = {
  gone: 'there is no such call, or it is over',
  'not ringing': 'the phone does not ring',
  'not listening': 'nobody waits for a key',
}
