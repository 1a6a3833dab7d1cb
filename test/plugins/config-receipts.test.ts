import { afterEach, expect, test, vi } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import { run } from './run-config.ts'

const yml = `
vantages: { hz: aliyun/cn-hangzhou, sh: aliyun/cn-shanghai }
channels:
  phone:
    - to: "+86"
      type: aliyun-ivr
      caller: "05710000000"
      templates: { zh: { page: TTS_1, several: TTS_2, taken: TTS_3, passed: TTS_4 } }
      receipts: { queues: [Alicom-Queue-1234567890-VoiceReport, Alicom-Queue-1234567890-VoiceCallReport], at: aliyun/cn-hangzhou }
  wecom: { type: wecom-robot, key: "key" }
policies: { default: { layers: [{ page: lin }], channels: { critical: [phone, chat] } } }
projects:
  pay: { title: 支付, chat: [wecom] }
`
afterEach(() => vi.unstubAllEnvs())

const at = (place: string, text = yml) => {
  const receipts: FunctionDefinition = {
    handler: 'services/receipts/aliyun.handler',
    collects: 'receipts',
    environment: { FENGHUO_CONFIG: '.build/config/receipts.json' },
  }
  const other: FunctionDefinition = { handler: 'services/other/aliyun.handler' }
  return run(['package'], text, place, { receipts, other })
}

test('the function that reads queues is deployed where a route says, with their names and the address', async () => {
  vi.stubEnv('FENGHUO_VOICE_RECEIPTS_URL', 'https://ack.example.com/receipts/aliyun-voice/t')
  const { functions, compiled, warnings } = await at('aliyun/cn-hangzhou')
  expect(functions.receipts).toMatchObject({
    environment: {
      FENGHUO_CONFIG: '.build/config/receipts.json',
      FENGHUO_VOICE_RECEIPTS_URL: 'https://ack.example.com/receipts/aliyun-voice/t',
    },
    package: { patterns: ['.build/config/receipts.json'] },
  })
  expect(await compiled('receipts')).toEqual(
    ['VoiceReport', 'VoiceCallReport'].map((type) => ({
      queue: `Alicom-Queue-1234567890-${type}`,
      to: '${FENGHUO_VOICE_RECEIPTS_URL}',
    })),
  )
  expect(warnings).toEqual([])
  expect(Object.keys((await at('aliyun/cn-shanghai')).functions)).toEqual(['other'])
})

test('queues of texts outside of the mainland are said to be such', async () => {
  const { compiled } = await at(
    'aliyun/cn-hangzhou',
    `${yml.replace(
      'channels:',
      `channels:
  sms:
    - to: "+"
      type: aliyun-sms-intl
      receipts: { queues: [Alicom-Queue-1234567890-SmsReport], at: aliyun/cn-hangzhou }`,
    )}`,
  )
  expect(await compiled('receipts')).toContainEqual({
    queue: 'Alicom-Queue-1234567890-SmsReport',
    to: '${FENGHUO_SMS_INTL_RECEIPTS_URL}',
    isIntl: true,
  })
})

test('packaging tells that the address is not set, and which queue is none', async () => {
  expect((await at('aliyun/cn-hangzhou')).warnings.join()).toContain('FENGHUO_VOICE_RECEIPTS_URL is not set')
  await expect(
    at('aliyun/cn-hangzhou', yml.replace('Alicom-Queue-1234567890-VoiceReport', 'my-queue')),
  ).rejects.toThrow('should be the name of a queue of the console, such as Alicom-Queue-1234567890-VoiceReport')
})
