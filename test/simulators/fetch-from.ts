import { request } from 'node:http'

/** A `fetch` whose requests come from one of this machine's addresses, as those of a function with a fixed egress do. */
export function fetchFrom(localAddress: string): typeof fetch {
  return (url, { method = 'GET', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        String(url),
        { method, headers: Object.fromEntries(new Headers(headers)), localAddress },
        (incoming) => {
          const chunks: Buffer[] = []
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
          incoming.on('error', reject)
          incoming.on('end', () => resolve(new Response(Buffer.concat(chunks), { status: incoming.statusCode ?? 500 })))
        },
      )
      outgoing.on('error', (error) => reject(new TypeError('fetch failed', { cause: error })))
      outgoing.end(body ? String(body) : undefined)
    })
}
