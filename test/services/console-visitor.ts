import { readFileSync } from 'node:fs'
import { consoleApp } from '../../services/console/app.tsx'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { contactFinder } from '../../services/console/people.ts'
import { directory, type PathWorld } from '../engine/world.ts'

const assets: ConsoleDeps['assets'] = {
  style: 'main-1.css',
  script: 'main-1.js',
  icon: 'beacon-1.svg',
  chart: 'chart-1.js',
  chartStyle: 'chart-1.css',
  read: async (name) =>
    name === 'main-1.css' ? { bytes: new Uint8Array(readFileSync(new URL(import.meta.url))) } : undefined,
}

export const ORIGIN = 'https://console.example.com'

/** Nobody speaks to a vendor who was not asked for. */
const refusing: ConsoleDeps['fetch'] = async (url) => {
  throw new Error(`nothing is at ${url}`)
}

/** The console of a world; what matters to a test may be another than usual. */
export function consoleOf(world: PathWorld, mounted: Partial<ConsoleDeps> = {}): ReturnType<typeof consoleApp> {
  return consoleApp(depsOf(world, mounted))
}

/** What the console of a world works with. */
export function depsOf(world: PathWorld, mounted: Partial<ConsoleDeps> = {}): ConsoleDeps {
  return {
    config: world.config,
    assets,
    secret: 'secret',
    directory: async () => world.directory ?? directory,
    regions: async () => [],
    calendar: ({ project, name }) => `https://calls.example.com/calendar/${project}/${name}`,
    io: () => world.io(),
    queues: async () => ({ events: 3 }),
    queueDesk: async () => Promise.reject(new Error('nobody has queues')),
    access: 'open',
    fetch: refusing,
    env: {},
    inbound: { url: 'https://in.example.com' },
    contactOf: contactFinder(['pay'], async () => world.directory ?? directory),
    originFor: () => ORIGIN,
    isSecure: true,
    nav: [
      { path: '/', name: 'now' },
      { path: '/silences', name: 'silences' },
    ],
    ...mounted,
  }
}

/** A browser of somebody who looks at a world's console. It keeps cookies and sends the forms that a page has. */
export class Visitor {
  readonly #app: ReturnType<typeof consoleApp>
  readonly cookies = new Map<string, string>()
  headers: Record<string, string> = { 'accept-language': 'en' }
  source: string | undefined = '192.0.2.7'

  constructor(world: PathWorld, mounted: Partial<ConsoleDeps> = {}) {
    this.#app = consoleOf(world, mounted)
  }

  async get(
    path: string,
    headers: Record<string, string> = {},
  ): Promise<{ status: number; text: string; answer: Response }> {
    return this.#send(new Request(ORIGIN + path, { headers: { ...this.#own(), ...headers } }))
  }

  /** Sends the fields of the form of a page that goes to `path`, with those given. */
  async press(page: string, path: string, fields: Record<string, string>, headers: Record<string, string> = {}) {
    return this.post(path, { ...fieldsIn(page, path), ...fields }, headers)
  }

  /** Headers that are empty are not sent. */
  async post(
    path: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
    more = new URLSearchParams(),
  ) {
    const fetchedBy = { 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' }
    return this.#send(
      new Request(ORIGIN + path, {
        method: 'POST',
        body: new URLSearchParams([...Object.entries(fields), ...more]).toString(),
        headers: Object.entries({ ...this.#own(), ...fetchedBy, ...headers }).filter(([, value]) => value !== '') as [
          string,
          string,
        ][],
      }),
    )
  }

  /** As a program asks: it has no cookies, and says nothing of a page. */
  async json(path: string, body: unknown, headers: Record<string, string> = {}, method = 'POST') {
    const text = body === undefined ? '' : JSON.stringify(body)
    return this.#send(
      new Request(ORIGIN + path, {
        method,
        ...(method !== 'GET' && { body: text }),
        headers: { 'content-type': 'application/json', ...headers },
      }),
    )
  }

  #own(): Record<string, string> {
    return { ...this.headers, cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ') }
  }

  async #send(request: Request) {
    const answer = await this.#app.fetch(request, this.source === undefined ? {} : { source: this.source })
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      if (/; Max-Age=0\b/.test(set)) this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    return { status: answer.status, text: await answer.clone().text(), answer }
  }
}

/** The hidden fields of the first form that goes to a path. */
function fieldsIn(page: string, path: string): Record<string, string> {
  const form = page.split('<form').find((one) => one.includes(`action="${path}"`)) ?? ''
  return Object.fromEntries(
    [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]),
  )
}
