import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { serveFunctionUrl } from '../../local/function-url.ts'
import type { consoleApp } from '../../services/console/app.tsx'
import { answerUrl } from '../../services/console/url.ts'

/** An address of this machine for a console: it may be told of it before it answers there. */
export interface Address {
  address: string
  /** Answers there as the deployed function does from now on. */
  answer(app: ReturnType<typeof consoleApp>): void
  stop(): void
}

export async function listen(): Promise<Address> {
  const server: Server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answer(app) {
      const invoke = (event: unknown) => answerUrl(app, event)
      server.on('request', (request, response) => void serveFunctionUrl({ invoke }, request, response, Date.now()))
    },
    stop() {
      server.close()
      server.closeAllConnections()
    },
  }
}
