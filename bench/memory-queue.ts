import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { CreateQueueCommand } from '@aws-sdk/client-sqs'
import { sqsClient } from '../shared/clouds/aws/clients.ts'

const processFile = fileURLToPath(new URL('./memory-queue-process.ts', import.meta.url))

/** A queue in a process of its own that keeps its messages in memory, and that nobody reads: who sends to it is measured alone. */
export interface MemoryQueue {
  endpoint: string
  url: string
  stop(): void
}

/** Starts one for whoever signs with the keys of `env`. */
export async function startMemoryQueue(env: Record<string, string>): Promise<MemoryQueue> {
  const child = fork(processFile, [], {
    env,
    execArgv: ['--no-deprecation'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const [endpoint] = (await once(child, 'message')) as [string]
  const sqs = sqsClient({ ...env, AWS_ENDPOINT_URL_SQS: endpoint })
  const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  sqs.destroy()
  return { endpoint, url, stop: () => child.disconnect() }
}
