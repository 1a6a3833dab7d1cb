import type { IncomingMessage, ServerResponse } from 'node:http'
import { firstSegments } from '../shared/ingest/routes.ts'
import type { Phones } from '../test/simulators/phones.ts'
import type { ChartSpan } from './charts.ts'
import type { Demo } from './demo.ts'
import type { EventBus } from './events.ts'
import { serveFunctionUrl } from './function-url.ts'
import { json, Refused, readJson, refuseForeign, type Served, serveLocally } from './http.ts'
import type { LocalFunction } from './invoke.ts'
import type { Journal } from './journal.ts'
import { isStatic, serveStatic } from './static.ts'

/** What the console shows and does, once everything is there. */
export interface ConsoleParts {
  functions: Record<string, LocalFunction>
  /** The pages that are deployed, too. */
  pages: Pick<LocalFunction, 'invoke'>
  bus: EventBus
  demo: Demo
  /** Runs the checks at once, so that a break shows without waiting for the timer. */
  probeNow(): void
  journal: Journal
  phones: Phones
  /** All that the page shows. */
  state(): Promise<unknown>
  /** How its checks have been. */
  charts(span: ChartSpan): Promise<unknown>
}

export interface Console extends Served {
  open(parts: ConsoleParts): void
}

function decoded(pathname: string): string {
  try {
    return decodeURIComponent(pathname)
  } catch {
    throw new Refused(400, 'the path is not properly encoded')
  }
}

/** Serves page and API on the loopback address. Until `open` says with what, every request is put off. */
export async function startConsole(port: number, now: () => number): Promise<Console> {
  let parts: ConsoleParts | undefined
  const streams = new Set<ServerResponse>()
  const served = await serveLocally(port, async (request, response) => {
    if (!parts) throw new Refused(503, 'the local stack is starting')
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost')
    const path = decoded(pathname)
    const urlFunction = urlFunctions[path.split('/', 2)[1] ?? '']
    if (urlFunction !== undefined && !path.startsWith(API))
      return functionUrl(parts, urlFunction, request, response, now())
    if (isStatic(path)) return serveStatic(path, response)
    if (!path.startsWith('/_local/')) return serveFunctionUrl(parts.pages, request, response, now())
    if (request.method === 'GET') return read(parts, path, searchParams, response, streams)
    if (request.method !== 'POST') throw new Refused(405, 'GET or POST')
    refuseForeign(request)
    json(response, 200, await act(parts, path.slice('/_local/'.length).split('/'), searchParams, request))
  })
  return {
    ...served,
    open(given) {
      parts = given
      given.journal.listen(() => {
        for (const stream of streams) stream.write('data: changed\n\n')
      })
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

async function read(
  parts: ConsoleParts,
  path: string,
  query: URLSearchParams,
  response: ServerResponse,
  streams: Set<ServerResponse>,
): Promise<void> {
  if (path === '/_local/state') return json(response, 200, await parts.state())
  if (path === '/_local/charts') return json(response, 200, await parts.charts(spanOf(query.get('span'))))
  if (path !== '/_local/events') throw new Refused(404, 'there is nothing here')
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
  response.write('retry: 1000\n\n')
  streams.add(response)
  response.on('close', () => streams.delete(response))
}

function spanOf(text: string | null): ChartSpan {
  if (text === 'day' || text === 'week') return text
  throw new Refused(400, 'span should be day or week')
}

/** What a POST below `/_local/` asks for. Answers with what the page or the tool wants to know. */
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
      return demo(parts, name)
    case 'phone':
      return phone(parts.phones, name, action, query.get('key') ?? '')
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

function demo({ demo, probeNow }: ConsoleParts, action: string): unknown {
  if (action !== 'break' && action !== 'mend') throw new Refused(404, 'break or mend')
  demo.broken = action === 'break'
  probeNow()
  return { broken: demo.broken }
}

async function phone(phones: Phones, id: string, action: string, key: string): Promise<unknown> {
  const call = phones.calls.find(({ contactId }) => contactId === id)
  if (!call) throw new Refused(404, 'there is no such call')
  switch (action) {
    case 'answer':
      ringing(call.state)
      // The call goes on by itself; the page hears of it as it happens.
      void phones.answer(id)
      return { ok: true }
    case 'no-answer':
      ringing(call.state)
      phones.noAnswer(id)
      return { ok: true }
    case 'press':
      if (!/^[0-9*#]$/.test(key)) throw new Refused(400, 'key should be one of 0-9, * and #')
      if (!call.listening) throw new Refused(409, 'nobody waits for a key')
      void phones.press(id, key)
      return { ok: true }
    case 'silence':
      return { ok: await phones.silence(id) }
    case 'hangup':
      phones.hangUp(id)
      return { ok: true }
    default:
      throw new Refused(404, 'answer, no-answer, press, silence or hangup')
  }
}

function ringing(state: string): void {
  if (state !== 'ringing') throw new Refused(409, 'the phone does not ring')
}
