import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connectTo } from './one-connection.ts'

const processFile = fileURLToPath(new URL('./http-function-process.ts', import.meta.url))

/** A packaged function behind an HTTP server in a process of its own, as its URL serves it, and one connection to it. */
export interface HttpFunction {
  /** Posts a body as JSON. Rejects unless it is taken. */
  post(path: string, body: unknown): Promise<void>
  stop(): void
}

export async function startHttpFunction(bundle: string, env: Record<string, string>): Promise<HttpFunction> {
  const child = fork(processFile, [bundle], {
    env,
    execArgv: ['--no-deprecation'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = (await once(child, 'message')) as [number]
  const connection = connectTo(port)
  return {
    async post(path, body) {
      const status = await connection.ask('POST', path, JSON.stringify(body))
      if (status !== 200) throw new Error(`the function answered ${status}`)
    },
    stop() {
      connection.close()
      child.disconnect()
    },
  }
}
