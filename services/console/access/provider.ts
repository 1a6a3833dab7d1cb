/** What the browser keeps between the two halves of a sign-in. */
export interface Begun {
  /** Comes back as it was sent: the guard against another browser's sign-in. */
  state: string
  nonce?: string
  verifier?: string
}

/** Whom somebody's provider has signed in. */
export interface Claims {
  issuer: string
  subject: string
  name: string
  /** Absent unless the provider has verified it. */
  email?: string
  groups: string[]
  /** Other names that roles are given to, such as `wecom:LinYue`, and `wecom:*` for everybody of the company. */
  keys?: string[]
  /** The contact that they are, where that is known: else they are looked for by their address and names. */
  contact?: { id: string; name: string }
}

/** One way to sign in. Both halves reject with what is wrong, and for somebody of another company. */
export interface Provider {
  /** `isInside`: the browser is that of the vendor's own application. */
  begin(redirectUri: string, isInside: boolean): Promise<{ url: string; begun: Begun }>
  /** `query` is what the browser has come back with. */
  end(redirectUri: string, query: string, begun: Begun): Promise<Claims>
}

/** How a sign-in asks its vendor. */
export interface ProviderIo {
  fetch(url: string, init: RequestInit): Promise<Response>
  token(): string
  now(): number
  /** Variables that move vendors' addresses, for private ways to them. */
  env: Record<string, string | undefined>
}

/** Who waits for a vendor waits no longer, ms. */
const PATIENCE_MS = 6_000

/** Asks a vendor, and reads the JSON of its answer whatever its status. Rejects with the host and what was wrong. */
export async function asked(io: ProviderIo, url: string, init: RequestInit = {}): Promise<Record<string, unknown>> {
  const { host } = new URL(url)
  const answer = await io.fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) })
  const body: unknown = await answer.json().catch(() => undefined)
  if (body === null || typeof body !== 'object') throw new Error(`${host} answered ${answer.status} without JSON`)
  return body as Record<string, unknown>
}

/** A field of an answer. Rejects, naming the vendor's own code, where it is missing: vendors answer 200 with an error inside. */
export function field(body: Record<string, unknown>, name: string, host: string): string {
  const value = body[name]
  if (typeof value === 'string' && value !== '') return value
  const { errcode, code, errmsg, msg, message, error } = body
  throw new Error(
    `${host}: no ${name} (${[errcode ?? code ?? error, errmsg ?? msg ?? message].filter((one) => one !== undefined).join(' ')})`,
  )
}

/** The code that the browser has come back with. Rejects for another sign-in's state. */
export function codeIn(query: string, { state }: Begun, name = 'code'): string {
  const fields = new URLSearchParams(query)
  if (fields.get('state') !== state) throw new Error('the state is of another sign-in')
  const code = fields.get(name)
  if (!code) throw new Error(`no ${name} came back (${fields.get('error') ?? 'refused'})`)
  return code
}

/** An address with its query. */
export function withQuery(base: string, fields: Record<string, string>): string {
  return `${base}?${new URLSearchParams(fields)}`
}

/** A JSON body by POST. */
export function posting(body: object): RequestInit {
  return { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
}

/** Whom a company's own vendor has signed in: roles are given to them, and to everybody of the company. */
export function memberOf(vendor: string, company: string, id: string, name: unknown): Claims {
  return {
    issuer: `${vendor}:${company}`,
    subject: id,
    name: typeof name === 'string' && name !== '' ? name : id,
    groups: [],
    keys: [`${vendor}:${id}`, `${vendor}:*`],
  }
}
