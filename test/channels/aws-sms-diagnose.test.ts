import { afterEach, beforeEach, expect, test } from 'vitest'
import { awsSms } from '../../shared/channels/aws-sms/aws-sms.ts'
import { type AwsCall, callAws } from '../../shared/clouds/aws/call.ts'
import { at } from '../messages/notices.ts'
import { type AwsSmsOptions, startAwsSms } from '../simulators/aws-sms.ts'
import type { MessageVendor } from '../simulators/messages.ts'
import { ioWith } from './io.ts'

const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' }
const settings = { from: 'FENGHUO', region: 'ap-southeast-1' }
const numbers = ['+6590000003', '+6590000004', '+6590000005']

let vendor: MessageVendor<unknown>
const start = async (changes: Partial<AwsSmsOptions> = {}) => {
  vendor = await startAwsSms({ ...key, now: () => at('02:14'), ...changes })
}
beforeEach(() => start())
afterEach(() => vendor.close())

async function find(of: string[] = numbers, hasDeployment = true) {
  const regions: (string | undefined)[] = []
  const { now } = ioWith()
  const env = {
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: vendor.url,
    AWS_ACCESS_KEY_ID: key.accessKeyId,
    AWS_SECRET_ACCESS_KEY: key.secretAccessKey,
  }
  const aws = (call: AwsCall, region?: string) => {
    regions.push(region)
    return callAws(call, { ...env, AWS_REGION: region ?? 'us-east-1' }, { now, fetch })
  }
  const diagnosis = await awsSms.diagnose?.()
  const route = { name: '+', written: settings, settings: async () => settings, numbers: async () => of }
  const world = { now, fetch, env, channelEnv: async () => env, ...(hasDeployment && { aws }) }
  const found = await diagnosis?.diagnose(route, world)[0]?.ask(AbortSignal.timeout(5_000))
  expect(vendor.received, 'doctor sends nothing').toEqual([])
  return { found, regions }
}

test('a dry run to each number tells that texts would be taken, in the region of the settings', async () => {
  const { found, regions } = await find()
  expect(found).toMatchObject({
    code: 'aws-sms.taken',
    status: 'ok',
    detail: { en: expect.stringContaining('3 numbers') },
  })
  expect(regions).toEqual(Array(3).fill('ap-southeast-1'))
})

test.each([
  ['a number that has said STOP', { optedOut: numbers.slice(0, 1) }, '1 of 3 numbers', undefined],
  ['the sandbox', { sandbox: numbers.slice(0, 1) }, '2 of 3 numbers', 'ask to leave it'],
  ['a sender that is not the account’s', { senders: ['OTHER'] }, '3 of 3 numbers', '`from` of fenghuo.yml'],
])('%s is a fault, with how many it is of', async (_, options, many, remedy) => {
  await vendor.close()
  await start(options)
  const { found } = await find()
  expect(found).toMatchObject({
    code: 'aws-sms.refused',
    status: 'fault',
    detail: { en: expect.stringContaining(many) },
  })
  if (remedy !== undefined) expect(found).toMatchObject({ remedy: { en: expect.stringContaining(remedy) } })
})

test('whoever asks without the right is told so: of the function that says nothing', async () => {
  vendor.fail({ kind: 'error', code: 'AccessDeniedException' }, { kind: 'error', code: 'AccessDeniedException' })
  expect((await find()).found).toMatchObject({ code: 'aws-sms.asker-refused', status: 'warning' })
})

test('without numbers, a deployment or an answer nothing is told for sure', async () => {
  expect((await find([])).found).toMatchObject({ code: 'aws-sms.no-numbers', status: 'skipped' })
  expect((await find(numbers, false)).found).toMatchObject({ code: 'aws-sms.no-deployment', status: 'skipped' })
  vendor.fail({ kind: 'garbage' })
  expect((await find()).found).toMatchObject({ code: 'aws-sms.no-answer', status: 'warning' })
})
