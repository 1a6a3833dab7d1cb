import {
  type ServerOptions,
  startVendorServer,
  type VendorAnswer,
  type VendorRequest,
  type VendorServer,
} from './server.ts'

const PATH = '/ajaxseo.aspx'
const FIELDS = ['checktype', 'encode', 'guid', 'host', 'ishost']

/** Times as the service writes them: milliseconds in quotes, `-` where it does not know. */
export interface SpeedTestTimes {
  alltime?: string
  conntime?: string
  downtime?: string
  dnstime?: string
  httpstate?: number
}

/** What a node finds, and after how many real milliseconds. Without times its probe fails. */
export interface SpeedTestMachine {
  times?: SpeedTestTimes
  afterMs?: number
}

export interface SpeedTestOptions extends ServerOptions {
  /** By guid. */
  machines: Record<string, SpeedTestMachine>
  /** What the page's own script would send; without it the service refuses. */
  encode: string
}

export interface SpeedTestSimulator extends VendorServer {
  /** Guid and host of each form that was taken, oldest first. */
  asked: { guid: string; host: string }[]
  /** The most that were looking at a time. */
  busiest(): number
}

/**
 * A speed test for web sites: a form per node, posted as its own page would (Origin, Referer, X-Requested-With), answered in
 * something like JavaScript. What the page would not send is refused.
 */
export async function startSpeedTestSimulator(options: SpeedTestOptions): Promise<SpeedTestSimulator> {
  const asked: { guid: string; host: string }[] = []
  let looking = 0
  let busiest = 0

  async function answer(request: VendorRequest): Promise<VendorAnswer> {
    const objection = objectionTo(request, options.encode)
    if (objection !== undefined) return text(403, objection)
    const form = new URLSearchParams(request.body.toString())
    const [guid, host] = [form.get('guid') ?? '', form.get('host') ?? '']
    asked.push({ guid, host })
    busiest = Math.max(busiest, ++looking)
    const { times, afterMs = 0 } = options.machines[guid] ?? {}
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs))
    looking--
    return text(200, times === undefined ? "({state:0,msg:'',result:null})" : written(times))
  }

  const server = await startVendorServer(
    {
      answer,
      refuse: (failure) => text(failure.kind === 'rate-limit' ? 429 : Number(failure.code), 'busy'),
    },
    options,
  )
  return Object.assign(server, { asked, busiest: () => busiest })
}

function objectionTo({ method, path, headers, body }: VendorRequest, encode: string): string | undefined {
  if (method !== 'POST' || path !== PATH) return 'no such page'
  if (!headers['content-type']?.startsWith('application/x-www-form-urlencoded')) return 'no form'
  if (headers['x-requested-with'] !== 'XMLHttpRequest') return 'not asked by the page'
  const origin = `http://${headers.host}`
  if (headers.origin !== origin || !headers.referer?.startsWith(`${origin}/`)) return 'asked by another page'
  const form = new URLSearchParams(body.toString())
  if ([...form.keys()].sort().join() !== FIELDS.join()) return `fields are ${FIELDS.join()}`
  if (form.get('encode') !== encode) return 'wrong encode'
  return form.get('ishost') === '1' && form.get('checktype') === '1' ? undefined : 'wrong kind of test'
}

/** As the service writes it: no quotes around keys, single ones around texts, and escapes. */
function written(times: SpeedTestTimes): string {
  const { httpstate = 200, ...texts } = times
  const fields = Object.entries({
    ...texts,
    filesize: '-',
    ipaddress: '\\u65b0\\u52a0\\u5761',
    headers: 'HTTP/1.1 200 OK <br>',
  })
  const result = [`ip:'203.0.113.10'`, `httpstate:${httpstate}`, ...fields.map(([key, value]) => `${key}:'${value}'`)]
  return `({state:1,msg:'',result:{${result.join(',')},pagehtml:''}})`
}

function text(status: number, body: string): VendorAnswer {
  return { status, headers: { 'content-type': 'text/html; charset=utf-8' }, body: Buffer.from(body) }
}
