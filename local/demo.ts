import { type Served, serveLocally } from './http.ts'

/** A service to watch that can be broken and mended by hand. */
export interface Demo extends Served {
  broken: boolean
}

/** Starts a healthy demo service on a loopback port. Broken, it answers 503. */
export async function startDemo(): Promise<Demo> {
  const served = await serveLocally(0, async (_, response) => {
    response.writeHead(demo.broken ? 503 : 200, { 'content-type': 'application/json; charset=utf-8' })
    response.end(JSON.stringify(demo.broken ? { status: 'broken' } : { status: 'ok' }))
  })
  const demo: Demo = { ...served, broken: false }
  return demo
}
