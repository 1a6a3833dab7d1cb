import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A real HTTP server on the loopback address, there to be taken down. */
export interface DrillTarget {
  url: string
  /** Stops listening and drops every connection: the next one is refused. */
  takeDown(): Promise<void>
  /** Listens on the same port again. Rejects when somebody else has taken it. */
  bringUp(): Promise<void>
}

export async function startTarget(): Promise<DrillTarget> {
  let server = await listen(0)
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    takeDown: () => close(server),
    async bringUp() {
      server = await listen(port)
    },
  }
}

function listen(port: number): Promise<Server> {
  const server = createServer((_, response) => response.end('ok\n'))
  return new Promise((done, failed) => {
    server.once('error', failed)
    server.listen(port, '127.0.0.1', () => done(server))
  })
}

/** Nothing happens when it is closed already. */
function close(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done())
    server.closeAllConnections()
  })
}
