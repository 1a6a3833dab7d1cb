import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { region } from './vendors.ts'

const processFile = fileURLToPath(new URL('./server-process.ts', import.meta.url))

/** The queues and the tables of a stack, each in a process of its own: on AWS neither waits for the other, nor for who reads them. */
export async function startServersApart(dataDir: string, env: Record<string, string>) {
  const { AWS_ACCESS_KEY_ID: id = '', AWS_SECRET_ACCESS_KEY: secret = '' } = env
  const start = async (what: 'queues' | 'tables') => {
    const child = fork(processFile, [what, join(dataDir, what), region, id, secret], {
      execArgv: ['--no-deprecation'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const [endpoint] = (await once(child, 'message')) as [string]
    return { endpoint, stop: () => child.disconnect() }
  }
  const [queues, tables] = [await start('queues'), await start('tables')]
  return {
    env: { AWS_ENDPOINT_URL_SQS: queues.endpoint, AWS_ENDPOINT_URL_DYNAMODB: tables.endpoint },
    async stop() {
      queues.stop()
      tables.stop()
    },
  }
}
