import { afterEach, expect, test } from 'vitest'
import { aliyunSms } from '../../shared/channels/aliyun-sms/aliyun-sms.ts'
import { aliyunSmsIntl } from '../../shared/channels/aliyun-sms-intl/aliyun-sms-intl.ts'
import { awsSms } from '../../shared/channels/aws-sms/aws-sms.ts'
import { tencentSms } from '../../shared/channels/tencent-sms/tencent-sms.ts'
import type { ReplyAnswer } from '../../shared/contracts/reply-answer.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { isGsm7 } from '../../shared/messages/gsm7.ts'
import { answerSlots, answerSms, answerTemplate } from '../../shared/messages/reply-answer.ts'
import { at } from '../messages/notices.ts'
import { startAliyunSmsSimulator } from '../simulators/aliyun-sms.ts'
import { startAliyunSmsIntl } from '../simulators/aliyun-sms-intl.ts'
import { startAwsSms } from '../simulators/aws-sms.ts'
import { startTencentSmsSimulator } from '../simulators/tencent-sms.ts'
import { ioWith } from './io.ts'

const lin = { phone: '+8613800000001', people: {} }
const tan = { phone: '+6590000003', people: {} }
const taken = { result: 'done', act: 'acknowledge', number: 1024, title: '支付 / 收银台' } as const
const say = (language: Language, answer: ReplyAnswer = taken) => ({ answer, language, timezone: 'Asia/Shanghai' })
const closers: (() => Promise<unknown>)[] = []
const closing = <V extends { close(): Promise<unknown> }>(vendor: V): V => {
  closers.push(() => vendor.close())
  return vendor
}
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

test('Tencent Cloud fills the approved template', async () => {
  const account = { secretId: 'AKIDtest', secretKey: 'test-key' }
  const options = { app: '1400006666', signs: ['示例科技'], templates: { '2100004': 2 }, individual: true }
  const clock = { now: () => at('02:14'), wallClock: () => at('02:14') }
  const vendor = closing(await startTencentSmsSimulator({ ...account, ...options, ...clock }))
  const settings = { app: '1400006666', sign: '示例科技', ...account }
  const templates = { page: '2100001', resolved: '2100002' }
  const io = ioWith({ FENGHUO_TENCENT_URL: vendor.url })
  const answer = (more: object) =>
    tencentSms.answer?.(say('zh'), lin, { ...settings, templates: { ...templates, ...more } }, io)
  expect(await answer({ answer: '2100004' })).toMatchObject({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ variables: ['1024号', '已由您认领'] }])
  expect(await answer({})).toMatchObject({ status: 'failed', failure: { class: 'no-template', template: 'answer' } })
  expect(vendor.received).toHaveLength(1)
})

test('Alibaba Cloud fills it by the names of its variables', async () => {
  const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }
  const templates = { SMS_4: answerTemplate.zh.named }
  const vendor = closing(
    await startAliyunSmsSimulator({ ...key, signs: ['示例科技'], templates, now: () => at('02:14') }),
  )
  const settings = { sign: '示例科技', keyId: 'LTAItest', keySecret: 'test-key' }
  const answer = (more: object) =>
    aliyunSms.answer?.(
      say('en', { result: 'unknown', number: 99 }),
      lin,
      { ...settings, templates: { page: 'SMS_1', resolved: 'SMS_2', ...more } },
      ioWith({ FENGHUO_ALIYUN_URL: vendor.url }),
    )
  expect(await answer({ answer: 'SMS_4' })).toMatchObject({ status: 'sent' })
  expect(vendor.received).toMatchObject([{ variables: { number: '99号', result: '没有这个编号' } }])
  expect(await answer({})).toMatchObject({ status: 'failed', failure: { class: 'no-template' } })
})

test('AWS and Alibaba Cloud outside of the mainland say it in the reader’s language', async () => {
  const key = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'not-a-real-secret' }
  const aws = closing(await startAwsSms({ ...key, now: () => at('02:14') }))
  const io = ioWith({
    AWS_ENDPOINT_URL_PINPOINT_SMS_VOICE_V2: aws.url,
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: key.accessKeyId, AWS_SECRET_ACCESS_KEY: key.secretAccessKey },
  })
  expect(await awsSms.answer?.(say('en'), tan, {}, io)).toMatchObject({ status: 'sent' })
  expect(aws.received.map(({ text }) => text)).toEqual([expect.stringMatching(/^FENGHUO #1024 .*: it is yours\.$/)])
  const account = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key', senders: ['FENGHUO'] }
  const intl = closing(await startAliyunSmsIntl({ ...account, now: () => at('02:14') }))
  const settings = { from: 'FENGHUO', keyId: 'LTAItest', keySecret: 'test-key' }
  const intlIo = ioWith({ FENGHUO_ALIYUN_SMS_INTL_URL: intl.url })
  expect(await aliyunSmsIntl.answer?.(say('zh'), tan, settings, intlIo)).toMatchObject({ status: 'sent' })
  expect(intl.received.map(({ text }) => text)).toEqual(['#1024 支付 / 收银台：已由您认领。'])
})

const number = 1_000_000
const title = '支付项目的名字很长很长很长 / 收银台收银台收银台收银台收银台收银台'
const all: ReplyAnswer[] = [
  ...(['acknowledge', 'pass', 'snooze', 'give-back', 'resolve'] as const).map((act) => {
    return { result: 'done', act, number, title, until: at('03:14') } as const
  }),
  { result: 'late', number, title, name: '一个名字很长的人' },
  ...(['over', 'unmoved', 'burning'] as const).map((result) => ({ result, number, title })),
  ...(['unknown', 'not-yours'] as const).map((result) => ({ result, number })),
  { result: 'which', numbers: [number, number + 1, number + 2] },
  ...(['none', 'unclear', 'nobody'] as const).map((result) => ({ result })),
]

test.each(all)('$result $act fits a template and one segment, in both languages', (answer) => {
  for (const language of ['zh', 'en'] as const) {
    for (const slot of answerSlots(answer, language)) expect(slot).toMatch(/^[^.]{1,12}$/)
    const text = answerSms(answer, language, { now: at('02:14'), timezone: 'Asia/Shanghai' })
    expect(text.length).toBeLessThanOrEqual({ zh: 70, en: 160 }[language])
    if (language === 'en') expect(isGsm7(text)).toBe(true)
  }
})
