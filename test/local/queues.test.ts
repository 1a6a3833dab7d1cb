import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SQSClient } from '@aws-sdk/client-sqs'
import { afterEach, expect, it } from 'vitest'
import { createQueues } from '../../local/queues.ts'

const server = createServer((request, response) => {
  const answers: Record<string, object> = {
    'AmazonSQS.CreateQueue': { QueueUrl: 'http://sqs.ap-southeast-1.127.0.0.1:4566/000000000000/pages' },
    'AmazonSQS.GetQueueAttributes': { Attributes: { QueueArn: 'arn:aws:sqs:ap-southeast-1:000000000000:pages' } },
  }
  response.setHeader('content-type', 'application/x-amz-json-1.0')
  response.end(JSON.stringify(answers[String(request.headers['x-amz-target'])] ?? {}))
})

afterEach(() => new Promise((closed) => server.close(closed)))

it('talks to a queue server of somebody else at the address it was given, whatever host its queues name', async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const sqs = new SQSClient({ endpoint, region: 'ap-southeast-1', credentials })

  const queues = await createQueues(sqs, { Pages: { name: 'pages', visibilitySeconds: 20, retentionSeconds: 60 } })
  sqs.destroy()

  expect(queues.Pages?.url).toBe(`${endpoint}/000000000000/pages`)
})
