import { afterEach, beforeEach, expect, it } from 'vitest'
import { sqs } from '../../../shared/clouds/aws/sqs.ts'
import { md5 } from '../../../shared/clouds/aws/sqs-call.ts'
import { signatureFault } from '../../simulators/connect/signature.ts'
import type { Failure } from '../../simulators/failures.ts'
import { startVendorServer, type Vendor, type VendorServer } from '../../simulators/server.ts'

const keys = { accessKeyId: 'AKIA', secretAccessKey: 'secret', region: 'ap-southeast-1', service: 'sqs' }
const env = {
  AWS_REGION: keys.region,
  AWS_ACCESS_KEY_ID: keys.accessKeyId,
  AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
}
const message = { QueueUrl: 'https://sqs.ap-southeast-1.amazonaws.com/1/q', MessageBody: '收银台 🔥', DelaySeconds: 60 }
const receipt = { MessageId: 'm-1', MD5OfMessageBody: md5(message.MessageBody) }

const refusal = (type: string) => ({ status: 400, body: { __type: `com.amazonaws.sqs#${type}`, message: 'no' } })

/** A queue that takes one message, for whoever signs. */
const vendor: Vendor = {
  answer(request) {
    const fault = signatureFault(request, keys, Date.now())
    if (fault) return refusal(fault.type)
    expect(request.headers['x-amz-target']).toBe('AmazonSQS.SendMessage')
    expect(JSON.parse(request.body.toString())).toEqual(message)
    return { status: 200, body: receipt }
  },
  refuse: (failure) => refusal(failure.kind === 'rate-limit' ? 'RequestThrottled' : String(failure.code)),
}

let server: VendorServer
beforeEach(async () => {
  server = await startVendorServer(vendor)
})
afterEach(() => server.close())

const queue = () => {
  const patience = { connectMs: 200, tryMs: 300, tries: 3 }
  return sqs({ ...env, AWS_ENDPOINT_URL_SQS: server.url }, { patience, random: () => 0 })
}
const send = () => queue()('SendMessage', message)

it('a message is sent once', async () => {
  expect(await send()).toEqual(receipt)
  expect(server.requests).toHaveLength(1)
})

it.each<[string, Failure]>([
  ['is throttled', { kind: 'rate-limit' }],
  ['has lost its answer', { kind: 'reset', taken: true }],
  ['is answered without a receipt', { kind: 'garbage', body: '{}' }],
  ['is answered with nothing', { kind: 'garbage', body: '' }],
  [
    'is answered with the receipt of another',
    { kind: 'garbage', body: JSON.stringify({ ...receipt, MD5OfMessageBody: md5('') }) },
  ],
])('a message that %s is sent once more', async (_, failure) => {
  server.fail(failure)

  expect(await send()).toEqual(receipt)
  expect(server.requests).toHaveLength(2)
})

const { QueueUrl } = message
const received = { QueueUrl, ReceiptHandle: 'r-1' }

it('what SQS answers with an empty body is done, and not asked again', async () => {
  server.fail({ kind: 'garbage', body: '' }, { kind: 'garbage', body: '' })

  expect(await queue()('DeleteMessage', received)).toEqual({})
  expect(await queue()('ChangeMessageVisibility', { ...received, VisibilityTimeout: 5 })).toEqual({})
  expect(server.requests).toHaveLength(2)
})

it('what a proxy answers in its place is not', async () => {
  const page: Failure = { kind: 'garbage' }
  server.fail(page, page, page)

  await expect(queue()('DeleteMessage', received)).rejects.toThrow('DeleteMessage: the answer is no JSON')
})

it('a message that never gets a receipt is told as not sent', async () => {
  const failure: Failure = { kind: 'garbage', body: '{}' }
  server.fail(failure, failure, failure)

  await expect(send()).rejects.toThrow('SendMessage: the answer is to no such question')
})

it('a queue that is not there is told at once', async () => {
  server.fail({ kind: 'error', code: 'QueueDoesNotExist' })

  await expect(send()).rejects.toMatchObject({ name: 'QueueDoesNotExist' })
  expect(server.requests).toHaveLength(1)
})
