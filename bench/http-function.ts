import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { connectTo } from './one-connection.ts'

const processFile = fileURLToPath(new URL('./http-function-process.ts', import.meta.url))

/** A packaged function behind an HTTP server in a process of its own, as its URL serves it, and one connection to it. */
export interface HttpFunction {
  pid: number
  /** Posts a body, which is JSON. Rejects unless it is taken. */
  post(path: string, body: string): Promise<void>
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
    pid: child.pid ?? 0,
    async post(path, body) {
      const status = await connection.ask('POST', path, body)
      if (status !== 200) throw new Error(`the function answered ${status}`)
    },
    stop() {
      connection.close()
      child.disconnect()
    },
  }
}
