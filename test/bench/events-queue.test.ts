import { expect, it, onTestFinished } from 'vitest'
import { startEventsQueue } from '../../bench/events-queue.ts'
import { sqsSender } from '../../shared/clouds/aws/sqs-sender.ts'

it('takes what a probe sends, and gives each message once', async () => {
  const queue = await startEventsQueue()
  onTestFinished(queue.close)
  const send = sqsSender({
    queueUrl: `${queue.endpoint}/000000000000/events`,
    region: 'ap-southeast-1',
    endpoint: queue.endpoint,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    now: Date.now,
    random: () => 0,
  })
  await send('烽火', Date.now() + 1_000)
  await send('two', Date.now() + 1_000)
  expect(queue.take()).toEqual(['烽火', 'two'])
  expect(queue.take()).toEqual([])
})
