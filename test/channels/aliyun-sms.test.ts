import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sendAliyunSms } from '../../shared/channels/aliyun-sms/send.ts'
import { at } from '../messages/notices.ts'
import { type AliyunSmsSimulator, startAliyunSmsSimulator } from '../simulators/aliyun-sms.ts'
import { ioWith } from './io.ts'

const key = { accessKeyId: 'LTAItest', accessKeySecret: 'test-key' }
const text = {
  phone: '+8613800000001',
  sign: '示例科技',
  template: 'SMS_100001',
  params: { project: '支付', title: '收银台 (a+b)' },
}

let vendor: AliyunSmsSimulator
const send = (changes: Partial<typeof text> = {}, io = ioWith({ FENGHUO_ALIYUN_URL: vendor.url })) =>
  sendAliyunSms({ ...text, ...changes }, key, io)

beforeEach(async () => {
  vendor = await startAliyunSmsSimulator({
    ...key,
    signs: [text.sign],
    templates: { SMS_100001: `\${project}项目的\${title}` },
    now: () => at('02:14'),
  })
})
afterEach(() => vendor.close())

describe('what the phone gets', () => {
  test('a template filled in, signed with ACS3', async () => {
    expect(await send()).toEqual({ status: 'sent', receipt: '1^0' })
    expect(vendor.received).toEqual([
      { at: at('02:14'), phone: '13800000001', sign: '示例科技', template: 'SMS_100001', variables: text.params },
    ])
  })

  test('a number of another country, without its plus', async () => {
    expect(await send({ phone: '+6591234567' })).toMatchObject({ status: 'sent' })
    expect(vendor.received.map(({ phone }) => phone)).toEqual(['6591234567'])
  })

  test('each try has a nonce of its own', async () => {
    await send()
    expect(await send()).toMatchObject({ status: 'sent' })
  })

  test('a temporary key brings its token', async () => {
    await vendor.close()
    vendor = await startAliyunSmsSimulator({
      ...key,
      securityToken: 'sts',
      signs: [text.sign],
      templates: { SMS_100001: 'x' },
      now: () => at('02:14'),
    })
    const io = ioWith({ FENGHUO_ALIYUN_URL: vendor.url })
    expect(await sendAliyunSms(text, { ...key, securityToken: 'sts' }, io)).toMatchObject({ status: 'sent' })
  })
})

describe('not sent', () => {
  test.each([
    ['an unapproved signature', { sign: '别家' }, 'isv.SMS_SIGNATURE_ILLEGAL', 'sign-refused'],
    ['an unknown template', { template: 'SMS_1' }, 'isv.SMS_TEMPLATE_ILLEGAL', 'template-refused'],
    [
      'a missing variable',
      { params: { project: '支付', title: '' } },
      'isv.TEMPLATE_MISSING_PARAMETERS',
      'template-refused',
    ],
  ])('%s', async (_, changes, code, meaning) => {
    expect(await send(changes)).toEqual({
      status: 'failed',
      failure: { class: meaning, vendor: 'aliyun-sms', code, said: 'refused' },
    })
  })

  test('a wrong key', async () => {
    const io = ioWith({ FENGHUO_ALIYUN_URL: vendor.url })
    const delivery = await sendAliyunSms(text, { ...key, accessKeySecret: 'other' }, io)
    expect(delivery).toMatchObject({
      status: 'failed',
      failure: { class: 'bad-credentials', code: 'SignatureDoesNotMatch', said: expect.any(String) },
    })
  })

  test.each([
    [
      'over the flow limit',
      { kind: 'error', code: 'isv.BUSINESS_LIMIT_CONTROL', message: '触发分钟级流控Permits:1' },
      'failed',
    ],
    ['a system error', { kind: 'error', code: 'isp.SYSTEM_ERROR' }, 'unknown'],
    ['throttled with a 400', { kind: 'rate-limit' }, 'retry'],
    ['refused with a 4xx that says nothing', { kind: 'http', status: 403 }, 'failed'],
    ['throttled in a 200', { kind: 'error', code: 'Throttling.User' }, 'retry'],
    ['HTTP 500', { kind: 'http', status: 500 }, 'unknown'],
    ['HTTP 503', { kind: 'http', status: 503 }, 'retry'],
    ['a reset after it acted', { kind: 'reset', taken: true }, 'unknown'],
    ['a page of HTML', { kind: 'garbage', taken: true }, 'unknown'],
  ] as const)('%s', async (_, failure, status) => {
    vendor.fail(failure)
    expect((await send()).status).toBe(status)
    expect(vendor.requests).toHaveLength(1)
  })
})
