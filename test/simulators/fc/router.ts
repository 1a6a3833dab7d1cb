import type { VendorAnswer, VendorRequest } from '../server.ts'

/** What an operation does: `write` changes what is deployed. */
export type CallKind = 'read' | 'write' | 'invoke'

/** A request on its way to an operation. */
export interface Call {
  request: VendorRequest
  /** What the path names, in its order. */
  names: string[]
  params: URLSearchParams
}

export interface Operation {
  name: string
  kind: CallKind
  method: string
  path: RegExp
  /** The query's parameters that it knows. */
  query: string[]
  run(call: Call): VendorAnswer | Promise<VendorAnswer>
}

/** An operation at a route such as `POST /functions/{}/triggers`, where each `{}` is one name. */
export function operation(
  name: string,
  route: string,
  run: Operation['run'],
  { query = [], kind }: { query?: string[]; kind?: CallKind } = {},
): Operation {
  const [method = '', template = ''] = route.split(' ')
  const path = new RegExp(`^${template.replaceAll('{}', '([^/]+)')}$`)
  return { name, kind: kind ?? (method === 'GET' ? 'read' : 'write'), method, path, query, run }
}

/** The operation of a request whose path, without the version in front, is `path`; undefined when there is none. */
export function match(
  operations: Operation[],
  method: string,
  path: string,
): { found: Operation; names: string[] } | undefined {
  for (const found of operations) {
    const names = found.method === method ? found.path.exec(path)?.slice(1) : undefined
    if (names) return { found, names }
  }
}

export function answer(body: unknown, headers: Record<string, string> = {}, status = 200): VendorAnswer {
  return { status, headers, body }
}

/** 204, as after deletions. */
export function nothing(): VendorAnswer {
  return { status: 204, body: Buffer.alloc(0) }
}
