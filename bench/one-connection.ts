import { Agent, request } from 'node:http'

/** One connection to a port of this machine, which is kept. */
export interface Connection {
  /** Resolves with the status of the answer, once all of it is there. */
  ask(method: string, path: string, body?: string): Promise<number>
  close(): void
}

export function connectTo(port: number): Connection {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return {
    ask(method, path, body = '') {
      return new Promise((done, fail) => {
        const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
        const sent = request({ agent, port, host: '127.0.0.1', method, path, headers }, (answer) => {
          answer.resume().on('end', () => done(answer.statusCode ?? 0))
        })
        sent.on('error', fail).end(body)
      })
    },
    close: () => agent.destroy(),
  }
}
