import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { serveFunctionUrl } from '../../local/function-url.ts'
import type { Access } from '../../services/console/access/admission.ts'
import type { ConsoleDeps } from '../../services/console/deps.ts'
import { answerUrl } from '../../services/console/url.ts'
import { type Terminal, terminal } from '../cli/terminal.ts'
import { PathWorld } from '../engine/world.ts'
import { consoleOf } from './console-visitor.ts'

export const TOKEN = 'a-token-of-somebody-who-acts'

/** A console of a world at an address, and a terminal that has its token and nothing else. */
export interface ServedConsole {
  world: PathWorld
  here: Terminal
  /** Answers of the network that are lost, one after the other. */
  lose(answers: number): void
}

export async function serveConsole(
  role: 'viewer' | 'responder' = 'responder',
  mounted: Partial<ConsoleDeps> = {},
): Promise<ServedConsole> {
  const world = new PathWorld()
  const access: Access = { access: [{ role, tokens: [TOKEN], projects: ['pay'] }] }
  const app = consoleOf(world, { access, ...mounted })
  const invoke = (event: unknown) => answerUrl(app, event)
  let lost = 0
  const server = createServer((request, response) => {
    if (lost === 0) return void serveFunctionUrl({ invoke }, request, response, world.now)
    lost--
    // It is done, and nobody hears of it.
    void serveFunctionUrl({ invoke }, request, { writeHead: () => ({ end() {} }), end() {} } as never, world.now).then(
      () => request.socket.destroy(),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const here = terminal({
    env: {
      FENGHUO_CONSOLE_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      FENGHUO_CONSOLE_TOKEN: TOKEN,
    },
    now: () => world.now,
    wait: async () => {},
    timezone: 'UTC',
  })
  onTestFinished(() => {
    here.remove()
    server.closeAllConnections()
    server.close()
  })
  return {
    world,
    here,
    lose: (answers) => {
      lost = answers
    },
  }
}
