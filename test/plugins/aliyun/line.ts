import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A line to a vendor that can be cut: what comes after is reset, as if the machine that called were gone. */
export interface Line {
  url: string
  /** Lets so many more requests pass that change something, and cuts then: what is only read between two changes nothing. */
  cutAfter(changes: number): void
  close(): Promise<void>
}

/** Listens on 127.0.0.1 and passes everything on to `url`. */
export async function startLine(url: string): Promise<Line> {
  let [passed, most] = [0, Number.POSITIVE_INFINITY]
  const server = createServer((incoming, response) => {
    if (passed >= most) {
      incoming.socket.resetAndDestroy()
      return
    }
    if (incoming.method !== 'GET') passed++
    const { method, headers, url: path } = incoming
    const onward = request(`${url}${path}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      answer.pipe(response)
    })
    onward.on('error', () => incoming.socket.resetAndDestroy())
    incoming.pipe(onward)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cutAfter: (changes) => {
      passed = 0
      most = changes
    },
    close: async () => {
      server.closeAllConnections()
      await new Promise((closed) => server.close(closed))
    },
  }
}
