import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { Sqs } from '../../../shared/clouds/aws/sqs-actions.ts'
import { consume } from '../../../shared/clouds/aws/sqs-consumer.ts'
import { OutOfTime } from '../../../shared/contracts/out-of-time.ts'
import { Rejection, type RejectionFact, rejectionOf } from '../../../shared/contracts/rejection.ts'

/** One message of a batch: its body, and how often it has come. */
const message = (messageId: string, body: string, receives = 1) => ({
  messageId,
  receiptHandle: `handle-${messageId}`,
  body,
  attributes: { ApproximateReceiveCount: String(receives), SentTimestamp: '1700000000000' },
  eventSource: 'aws:sqs',
})

/** A consumer that writes down what it asks of SQS. */
class Consuming {
  readonly taken: unknown[] = []
  readonly sentBy: string[][] = []
  readonly asked: string[] = []
  readonly dead: { body: string | undefined; reason: string | undefined }[] = []
  readonly warnings: RejectionFact[] = []
  readonly logged: unknown[] = []
  handle = async (body: unknown, sentAt: number): Promise<{ body: unknown; reason: RejectionFact }[]> => {
    this.taken.push([body, sentAt])
    return []
  }
  rejected = async (reason: RejectionFact): Promise<void> => {
    this.warnings.push(reason)
  }
  /** Actions that SQS refuses. */
  refuses: string[] = []

  limitMs: number | undefined

  batch(...Records: unknown[]) {
    const sqs: Sqs = async (action, input) => {
      if (this.refuses.includes(action)) throw new Error('ServiceUnavailable')
      if ('VisibilityTimeout' in input && 'ReceiptHandle' in input) {
        this.asked.push(`${input.QueueUrl} ${input.ReceiptHandle} in ${input.VisibilityTimeout} s`)
      } else if ('MessageBody' in input) {
        expect(input.QueueUrl).toBe('dead')
        this.dead.push({ body: input.MessageBody, reason: input.MessageAttributes?.reason?.StringValue })
      } else expect.fail(`SQS was asked for ${action}`)
      return {}
    }
    return consume(
      { Records },
      {
        sqs,
        queueUrl: 'queue',
        deadLetterUrl: 'dead',
        handle: (body, sentAt, senders) => {
          this.sentBy.push(senders)
          return this.handle(body, sentAt)
        },
        rejected: (reason) => this.rejected(reason),
        log: (entry) => this.logged.push(entry),
      },
      this.limitMs,
    )
  }
}

const failures = (...ids: string[]) => ({ batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) })

it('a message is taken with its body and the queue’s own time', async () => {
  const consuming = new Consuming()

  expect(await consuming.batch(message('a', '{"x":1}'))).toEqual(failures())
  expect(consuming.taken).toEqual([[{ x: 1 }, 1700000000000]])
  expect(consuming.logged).toEqual([])
})

it.each([
  { claims: 'an earlier time', value: '1699990000000', taken: 1699990000000 },
  { claims: 'a later time, which nobody may', value: '1700000000001', taken: 1700000000000 },
  { claims: 'no time at all', value: 'soon', taken: 1700000000000 },
  { claims: 'a time before there was any', value: '-1', taken: 1700000000000 },
])('a message that was sent once more and claims $claims', async ({ value, taken }) => {
  const consuming = new Consuming()
  await consuming.batch({ ...message('a', '{}'), messageAttributes: { firstSent: { stringValue: value } } })

  expect(consuming.taken).toEqual([[{}, taken]])
})

it.each([
  { by: 'a user', SenderId: 'AIDAPAY', senders: ['AIDAPAY'] },
  { by: 'a role, whose session anybody may name', SenderId: 'AROAGZ:AIDAPAY', senders: ['AROAGZ'] },
  {
    by: 'who sends on what another had sent',
    SenderId: 'AROAGZ:forward',
    first: 'AIDAPAY',
    senders: ['AROAGZ', 'AIDAPAY'],
  },
  { by: 'nobody knows', SenderId: undefined, senders: [] },
])('a message is known to be sent by $by', async ({ SenderId, first, senders }) => {
  const consuming = new Consuming()
  const one = message('a', '{}')
  const messageAttributes = first === undefined ? {} : { firstSender: { stringValue: first } }
  await consuming.batch({ ...one, attributes: { ...one.attributes, SenderId }, messageAttributes })

  expect(consuming.sentBy).toEqual([senders])
})

describe('what no schema accepts', () => {
  it.each([
    { body: 'not json', reason: 'not-json: "not json"' },
    { body: '', reason: 'not-json: ""' },
    { body: '{"x":1', reason: 'not-json: "{\\"x\\":1"' },
  ])('$body goes to the dead-letter queue as it is, with its reason, and raises a warning', async ({
    body,
    reason,
  }) => {
    const consuming = new Consuming()

    expect(await consuming.batch(message('a', body))).toEqual(failures())
    expect(consuming.dead).toEqual([{ body, reason }])
    expect(consuming.warnings).toEqual([{ code: 'not-json', args: { starts: body } }])
    expect(consuming.taken).toEqual([])
  })

  it('names every place that is wrong', async () => {
    const consuming = new Consuming()
    const schema = z.strictObject({ project: z.string(), at: z.number() })
    consuming.handle = async (body) => {
      const parsed = schema.safeParse(body)
      if (!parsed.success) throw rejectionOf('no-alert-readable', parsed.error.issues)
      return []
    }
    await consuming.batch(message('a', '{"project":7,"when":1}'))

    const places = ['project: invalid_type', 'at: invalid_type', 'when: unrecognized_keys']
    expect(consuming.warnings).toEqual([{ code: 'no-alert-readable', args: { places } }])
    expect(consuming.dead[0]?.reason).toBe(`no-alert-readable: ${places.join('; ')}`)
  })

  it('has a reason that SQS takes, whatever it quotes', async () => {
    const consuming = new Consuming()
    consuming.handle = async () => {
      throw new Rejection({ code: 'not-a-step', args: { places: [`\u0000bad\u0007 \ud83d 🔥 ${'🔥'.repeat(2_000)}`] } })
    }
    await consuming.batch(message('a', '{}'))

    const reason = consuming.dead[0]?.reason ?? ''
    expect(reason.startsWith('not-a-step: \ufffdbad\ufffd \ufffd 🔥 ')).toBe(true)
    expect([...reason]).toHaveLength(1_000)
    expect(reason.isWellFormed()).toBe(true)
  })

  it('stays on the queue when the dead-letter queue does not take it', async () => {
    const consuming = new Consuming()
    consuming.refuses = ['SendMessage']

    expect(await consuming.batch(message('a', 'x'))).toEqual(failures('a'))
    expect(consuming.asked).toEqual(['queue handle-a in 5 s'])
    expect(consuming.warnings).toEqual([])
  })

  it('is safe once it is there, even if nobody can be warned', async () => {
    const consuming = new Consuming()
    consuming.rejected = async () => {
      throw new Error('table throttled')
    }

    expect(await consuming.batch(message('a', 'x'))).toEqual(failures())
    expect(consuming.logged).toContainEqual(expect.objectContaining({ event: 'warning not raised' }))
  })
})

describe('a part that nobody can take', () => {
  const reason: RejectionFact = { code: 'alerts-left-out', args: { places: ['alerts.0: invalid_type'] } }
  const line = 'alerts-left-out: alerts.0: invalid_type'

  it('goes to the dead-letter queue alone, with its reason', async () => {
    const consuming = new Consuming()
    consuming.handle = async () => [{ body: { alerts: [7] }, reason }]

    expect(await consuming.batch(message('a', '{}'))).toEqual(failures())
    expect(consuming.dead).toEqual([{ body: '{"alerts":[7]}', reason: line }])
    expect(consuming.warnings).toEqual([reason])
  })

  it('goes there with all of its message when it nests too deeply to be written', async () => {
    const consuming = new Consuming()
    const body = `${'['.repeat(20_000)}${']'.repeat(20_000)}`
    consuming.handle = async (deep) => [{ body: deep, reason }]

    expect(await consuming.batch(message('a', body))).toEqual(failures())
    expect(consuming.dead).toEqual([{ body, reason: line }])
  })

  it('keeps the message when the dead-letter queue does not take it', async () => {
    const consuming = new Consuming()
    consuming.handle = async () => [{ body: 7, reason }]
    consuming.refuses = ['SendMessage']

    expect(await consuming.batch(message('a', '{}'))).toEqual(failures('a'))
  })
})

describe('trouble of ours', () => {
  const trouble = async () => {
    throw new Error('ProvisionedThroughputExceededException')
  }

  it.each([
    { receives: 1, seconds: 5 },
    { receives: 2, seconds: 10 },
    { receives: 4, seconds: 40 },
    { receives: 6, seconds: 160 },
    { receives: 7, seconds: 300 },
    { receives: 5_000, seconds: 300 },
  ])('keeps the message; after $receives receives it comes again in $seconds s', async ({ receives, seconds }) => {
    const consuming = new Consuming()
    consuming.handle = trouble

    expect(await consuming.batch(message('a', '{}', receives))).toEqual(failures('a'))
    expect(consuming.asked).toEqual([`queue handle-a in ${seconds} s`])
    expect(consuming.dead).toEqual([])
  })

  it('keeps the message even if it cannot be put off', async () => {
    const consuming = new Consuming()
    consuming.handle = trouble
    consuming.refuses = ['ChangeMessageVisibility']

    expect(await consuming.batch(message('a', '{}'))).toEqual(failures('a'))
  })

  it('of one message holds no other back', async () => {
    const consuming = new Consuming()
    const taken: unknown[] = []
    const odd: RejectionFact = { code: 'not-an-event', args: { places: ['message: invalid_type'] } }
    consuming.handle = async (body) => {
      if (body === 'slow') await new Promise((resolve) => setImmediate(resolve))
      if (body === 'bad') throw new Error('x')
      if (body === 'odd') throw new Rejection(odd)
      taken.push(body)
      return []
    }

    const batch = ['slow', 'bad', 'odd', 'good'].map((body) => message(body, JSON.stringify(body)))
    expect(await consuming.batch(...batch)).toEqual(failures('bad'))
    expect(taken).toEqual(['good', 'slow'])
    expect(consuming.warnings).toEqual([odd])
  })
})

it('what is no SQS event is an error of the deployment', async () => {
  await expect(new Consuming().batch({ body: 'x' })).rejects.toThrow()
})

describe('a batch whose invocation ends soon', () => {
  it('gives back what is not done, at once and however often it has come, and keeps what is done', async () => {
    const consuming = new Consuming()
    consuming.limitMs = 1
    consuming.handle = (body) => (body === 'quick' ? Promise.resolve([]) : new Promise(() => {}))
    const result = await consuming.batch(message('one', '"quick"'), message('two', '"slow"', 9))

    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'two' }] })
    expect(consuming.asked).toEqual(['queue handle-two in 1 s'])
    expect(consuming.logged).toEqual([expect.objectContaining({ level: 'warn', event: 'message kept' })])
  })

  it('that says so itself is given back in the same way', async () => {
    const consuming = new Consuming()
    consuming.handle = () => Promise.reject(new OutOfTime())
    await consuming.batch(message('one', '{}', 5))

    expect(consuming.asked).toEqual(['queue handle-one in 1 s'])
  })
})
