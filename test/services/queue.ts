import type { AddressInfo } from 'node:net'
import { CreateQueueCommand, GetQueueUrlCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { buildApp } from 'fauxqs'
import { onTestFinished } from 'vitest'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import { report as contract, type Report } from '../../shared/contracts/report.ts'

/** What signs at the queue. */
export const senderEnv: Env = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'example' }

export interface TestQueue {
  sqs: SQSClient
  /** At 127.0.0.1, where it can be reached without an endpoint of its own. */
  url: string
  endpoint: string
  /** The bodies of what is there, at most ten. */
  bodies(): Promise<string[]>
  reports(): Promise<Report[]>
}

/** An SQS with one queue, until the test ends. `port` 0: any. */
export async function startQueue(name = 'events', port = 0): Promise<TestQueue> {
  const app = buildApp({ logger: false })
  await app.listen({ host: '127.0.0.1', port })
  const endpoint = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  const sqs = new SQSClient({
    endpoint,
    region: 'ap-southeast-1',
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
    useQueueUrlAsEndpoint: false,
  })
  onTestFinished(async () => {
    sqs.destroy()
    await app.close()
  })
  await sqs.send(new CreateQueueCommand({ QueueName: name }))
  const { QueueUrl = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }))
  const bodies = async () => {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }))
    return Messages.map(({ Body = '' }) => Body)
  }
  const reports = async () => (await bodies()).map((body) => contract.parse(JSON.parse(body)))
  return { sqs, url: endpoint + new URL(QueueUrl).pathname, endpoint, bodies, reports }
}
