import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { sqsBatchSender } from '../../../shared/clouds/aws/sqs-batch.ts'
import { sendTwice } from '../../../shared/clouds/aws/sqs-twice.ts'

type Entry = { Id: string; MessageBody: string }
type Answer = (entries: Entry[]) => { status: number; body: unknown } | 'lost'

const receipt = ({ Id, MessageBody }: Entry) => ({
  Id,
  MessageId: `m-${Id}`,
  MD5OfMessageBody: createHash('md5').update(MessageBody).digest('hex'),
})
const taken: Answer = (entries) => ({ status: 200, body: { Successful: entries.map(receipt), Failed: [] } })

/** A queue that gives these answers one after the other, and then takes what comes. */
async function queueOf(...answers: Answer[]) {
  const calls: Entry[][] = []
  let connections = 0
  const server = createServer(async (request, response) => {
    let text = ''
    for await (const chunk of request) text += chunk
    expect(request.headers['x-amz-target']).toBe('AmazonSQS.SendMessageBatch')
    const { Entries } = JSON.parse(text) as { Entries: Entry[] }
    calls.push(Entries)
    const answer = (answers.shift() ?? taken)(Entries)
    if (answer === 'lost') return
    const { status, body } = answer
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body))
  })
  server.on('connection', () => {
    connections += 1
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const send = sqsBatchSender({
    queueUrl: 'https://sqs.ap-southeast-1.amazonaws.com/123456789012/fenghuo-events',
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    keepsConnection: true,
    now: Date.now,
    random: () => 0,
  })
  return {
    calls,
    connections: () => connections,
    /** Closes every connection that nobody uses at the moment. */
    close: () => server.closeIdleConnections(),
    send: (bodies: string[], ms = 5_000) => send(bodies, Date.now() + ms),
  }
}

describe('messages', () => {
  it('go together as far as a batch allows', async () => {
    const queue = await queueOf()
    await queue.send(['a', 'b', 'c'])
    expect(queue.calls.map((entries) => entries.map(({ MessageBody }) => MessageBody))).toEqual([['a', 'b', 'c']])
    await queue.send(Array.from({ length: 12 }, (_, index) => `${index}`))
    await queue.send(['x'.repeat(700_000), 'y'.repeat(700_000)])
    expect(queue.calls.map((entries) => entries.length).toSorted()).toEqual([1, 1, 10, 2, 3].toSorted())
  })

  it('that follow each other share a connection, until the other side closes it', async () => {
    const queue = await queueOf()
    await queue.send(['a'])
    await queue.send(['b'])
    expect(queue.connections()).toBe(1)
    queue.close()
    await queue.send(['c'])
    expect(queue.connections()).toBe(2)
    expect(queue.calls.flat().map(({ MessageBody }) => MessageBody)).toEqual(['a', 'b', 'c'])
  })

  it('of a batch that was taken in part are sent again, those alone', async () => {
    const partly: Answer = (entries) => ({
      status: 200,
      body: {
        Successful: entries.slice(1).map(receipt),
        Failed: [{ Id: '0', Code: 'InternalError', SenderFault: false }],
      },
    })
    const queue = await queueOf(partly)
    await queue.send(['a', 'b'])
    expect(queue.calls.map((entries) => entries.map(({ MessageBody }) => MessageBody))).toEqual([['a', 'b'], ['a']])
  })

  it.each<[string, Answer]>([
    ['a throttle', () => ({ status: 400, body: { __type: 'com.amazonaws.sqs#RequestThrottled' } })],
    ['a fault of the service', () => ({ status: 503, body: {} })],
    ['an answer without receipts', () => ({ status: 200, body: {} })],
    [
      'the receipt of another message',
      (entries) => ({
        status: 200,
        body: { Successful: entries.map((each) => ({ ...receipt(each), MD5OfMessageBody: 'x' })) },
      }),
    ],
  ])('are sent again after %s', async (_, answer) => {
    const queue = await queueOf(answer)
    await queue.send(['a'])
    expect(queue.calls).toHaveLength(2)
  })

  it.each<[string, Answer, string]>([
    ['a denial', () => ({ status: 403, body: { __type: 'AccessDenied', message: 'no' } }), 'AccessDenied'],
    [
      'a fault of theirs',
      () => ({ status: 200, body: { Failed: [{ Id: '0', Code: 'InvalidMessageContents', SenderFault: true }] } }),
      'InvalidMessageContents',
    ],
  ])('are given up after %s', async (_, answer, error) => {
    const queue = await queueOf(answer)
    await expect(queue.send(['a'])).rejects.toThrow(error)
    expect(queue.calls).toHaveLength(1)
  })

  it('are sent again after an answer that was lost', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const queue = await queueOf(() => 'lost')
    const sent = queue.send(['a'], 10_000)
    while (queue.calls.length === 0) await turn()
    vi.advanceTimersByTime(3_000)
    await sent
    expect(queue.calls).toHaveLength(2)
  })

  it('are given up at the deadline', async () => {
    const down: Answer = () => ({ status: 503, body: {} })
    const queue = await queueOf(...Array.from({ length: 50 }, () => down))
    await expect(queue.send(['a'], 120)).rejects.toThrow(/SQS not reached \(tries: \d\): (HTTP 503|no answer in time)/)
  })
})

describe('sent once more', () => {
  const fine = async () => undefined
  const broken = async (time: number) => {
    throw new Error(`time ${time}`)
  }
  const silent = () => new Promise<void>(() => undefined)

  /** Each time of sending comes to one of these, in turn. */
  const times = (...outcomes: ((time: number) => Promise<void>)[]) => {
    let time = 0
    return { send: async () => outcomes[time++]?.(time) ?? expect.unreachable('a third time'), tried: () => time }
  }

  it.each([
    ['at once when the first time fails', [broken, fine], true, 2],
    ['when the first time keeps silent', [silent, fine], true, 2],
    ['in vain, when both fail', [broken, broken], false, 2],
    ['not at all where all is well', [fine], true, 1],
  ] as const)('%s', async (_, outcomes, isTaken, tried) => {
    const queue = times(...outcomes)
    const sending = sendTwice(queue.send, () => 10)(['a'], Date.now() + 1_000)
    if (isTaken) await expect(sending).resolves.toBeUndefined()
    else await expect(sending).rejects.toThrow('time 1')
    expect(queue.tried()).toBe(tried)
  })
})
