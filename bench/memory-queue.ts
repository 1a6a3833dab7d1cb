import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const processFile = fileURLToPath(new URL('./memory-queue-process.ts', import.meta.url))

/** A queue in a process of its own that keeps its messages in memory, and that nobody reads: who sends to it is measured alone. */
export interface MemoryQueue {
  endpoint: string
  url: string
  stop(): void
}

export async function startMemoryQueue(): Promise<MemoryQueue> {
  const child = fork(processFile, [], {
    execArgv: ['--no-deprecation'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [port] = (await once(child, 'message')) as [number]
  const endpoint = `http://127.0.0.1:${port}`
  return { endpoint, url: `${endpoint}/000000000000/events`, stop: () => child.disconnect() }
}
