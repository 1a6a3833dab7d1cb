import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { errors } from '../../shared/channels/tencent-sms/errors.ts'
import { tencentSmsReceipts } from '../../shared/channels/tencent-sms/receipts.ts'
import { tencentSms } from '../../shared/channels/tencent-sms/tencent-sms.ts'
import { acknowledged, at, exhausted, messageOf, opened, resolved } from '../messages/notices.ts'
import { startVendorServer } from '../simulators/server.ts'
import { startTencentSmsSimulator, type TencentSmsSimulator } from '../simulators/tencent-sms.ts'
import { rowsOf } from './each-row.ts'
import { ioWith } from './io.ts'

const page = { ...opened, kind: 'page' as const }
const settings = {
  app: '1400006666',
  sign: '示例科技',
  templates: { page: '2100001', resolved: '2100002', exhausted: '2100003' },
  secretId: 'AKIDtest',
  secretKey: 'test-key',
}
const account = {
  secretId: settings.secretId,
  secretKey: settings.secretKey,
  app: settings.app,
  signs: [settings.sign],
  templates: { '2100001': 7, '2100002': 6, '2100003': 6 },
  individual: true,
  wallClock: () => at('02:14'),
}
const lin = { phone: '+8613800000001', people: {} }

let vendor: TencentSmsSimulator
let now = at('02:14')
const io = () => ioWith({ FENGHUO_TENCENT_URL: vendor.url })
const send = (notice: Parameters<typeof messageOf>[0] = page, changes = {}) =>
  tencentSms.send(messageOf(notice, changes), lin, settings, io())

beforeEach(async () => {
  now = at('02:14')
  vendor = await startTencentSmsSimulator({ ...account, now: () => now })
})
afterEach(() => vendor.close())

describe('what became of a text', () => {
  const receipt = async (config = settings) => {
    const sent = await send()
    const id = sent.status === 'sent' ? (sent.receipt ?? '') : ''
    now += 60_000
    return tencentSms.receiptOf?.(id, at('02:14'), lin, config, io())
  }

  test.each([
    ['that arrived', {}, {}],
    [
      'that did not',
      { unreachable: [lin.phone] },
      { failure: { class: 'not-delivered', vendor: 'tencent-sms', said: '短信未送达' } },
    ],
    ['of which the carrier has said nothing', { carrierMs: 600_000 }, undefined],
  ])('%s is told on request', async (_, options, end) => {
    await vendor.close()
    vendor = await startTencentSmsSimulator({ ...account, now: () => now, ...options })
    expect(await receipt()).toEqual(end)
    expect(vendor.refused).toEqual([])
  })

  test('is not known while the vendor refuses, fails or is silent, nor of somebody else’s', async () => {
    expect(await receipt({ ...settings, app: 'other' })).toBeUndefined()
    for (const kind of ['rate-limit', 'garbage', 'reset'] as const) {
      vendor.fail({ kind })
      expect(await tencentSms.receiptOf?.('s', at('02:14'), lin, settings, io())).toBeUndefined()
    }
  })
})

describe('what the phone gets', () => {
  test('page, exhausted and resolved are three texts within seconds', async () => {
    expect(await send(page)).toMatchObject({ status: 'sent', receipt: expect.stringMatching(/^5000:/) })
    expect(await send(exhausted)).toMatchObject({ status: 'sent' })
    expect(await send(resolved)).toMatchObject({ status: 'sent' })
    expect(
      vendor.received.map(({ phone, sign, template, variables }) => ({ phone, sign, template, variables })),
    ).toEqual([
      {
        phone: '+8613800000001',
        sign: '示例科技',
        template: '2100001',
        variables: ['1024', '支付', '收银台', '不可用', '02:13', '广州、杭州', '林悦'],
      },
      {
        phone: '+8613800000001',
        sign: '示例科技',
        template: '2100003',
        variables: ['1024', '支付', '收银台', '不可用', '02:13', '10'],
      },
      {
        phone: '+8613800000001',
        sign: '示例科技',
        template: '2100002',
        variables: ['1024', '支付', '收银台', '02:25', '12分钟', '林悦'],
      },
    ])
  })

  test('without a template of its own, exhausted still is another text than the page', async () => {
    const two = { ...settings, templates: { page: '2100001', resolved: '2100002' } }
    expect(await send(page)).toMatchObject({ status: 'sent' })
    expect(await tencentSms.send(messageOf(exhausted), lin, two, io())).toMatchObject({ status: 'sent' })
    expect(vendor.received[1]?.variables[6]).toBe('全体值班人')
  })

  test('a possible repeat is not eaten as the same content', async () => {
    await send(page)
    expect(await send(page)).toMatchObject({
      status: 'retry',
      afterMs: 30_000,
      failure: { class: 'rate-limited', code: 'LimitExceeded.PhoneNumberThirtySecondLimit' },
    })
    expect(await send(page, { repeat: true })).toMatchObject({ status: 'sent' })
  })

  test('host names and addresses in a title do not stop it', async () => {
    expect(await send({ ...page, title: 'api.pay.example.com 10.0.0.1' })).toMatchObject({ status: 'sent' })
  })

  test("an approved template's language wins over the reader's", async () => {
    await send(page, { language: 'en' })
    expect(vendor.received[0]?.variables[3]).toBe('不可用')
  })

  test('an acknowledgement is no text message', async () => {
    expect(await send(acknowledged)).toEqual({
      status: 'failed',
      failure: { class: 'no-text', vendor: 'tencent-sms' },
    })
    expect(vendor.requests).toEqual([])
  })
})

describe('not sent at all', () => {
  test('no number', async () => {
    expect(await tencentSms.send(messageOf(page), { people: {} }, settings, io())).toMatchObject({ status: 'failed' })
  })

  test('wrong key', async () => {
    const delivery = await tencentSms.send(messageOf(page), lin, { ...settings, secretKey: 'other' }, io())
    expect(delivery).toMatchObject({
      status: 'failed',
      failure: { class: 'bad-credentials', vendor: 'tencent-sms', code: 'AuthFailure.SignatureFailure' },
    })
  })
})

describe('the vendor has a bad day', () => {
  test.each([
    ['over the rate', { kind: 'rate-limit' }, { status: 'retry', afterMs: 2_000 }],
    ['a page of HTML', { kind: 'garbage', taken: true }, { status: 'unknown' }],
    ['a reset after it acted', { kind: 'reset', taken: true }, { status: 'unknown' }],
    ['HTTP 500', { kind: 'http', status: 500 }, { status: 'unknown' }],
    ['HTTP 503', { kind: 'http', status: 503 }, { status: 'retry' }],
    ['HTTP 404', { kind: 'http', status: 404 }, { status: 'failed' }],
  ] as const)('%s', async (_, failure, delivery) => {
    vendor.fail(failure)
    expect(await send()).toMatchObject(delivery)
    expect(vendor.requests).toHaveLength(1)
  })

  test('no answer within the time it has', async () => {
    vendor.fail({ kind: 'timeout', taken: true })
    const soon = ioWith({ FENGHUO_TENCENT_URL: vendor.url }, { signal: AbortSignal.timeout(300) })
    expect(await tencentSms.send(messageOf(page), lin, settings, soon)).toMatchObject({ status: 'unknown' })
  })

  test('nobody listens: nothing was sent', async () => {
    await vendor.close()
    expect(await send()).toMatchObject({ status: 'retry' })
  })
})

// cloud.tencent.com/document/api/382/55981 and /382/30436, each both for the whole request and for one number
const documented = [...rowsOf(errors, 'failed'), ['SomethingNew.OfTheVendor', 'failed', 'refused'] as const]

describe('every documented code', () => {
  test.each(documented)('%s is %s, %s', async (code, status, kind) => {
    const answers = [
      { SendStatusSet: [{ PhoneNumber: '+8613800000001', Code: code, Message: 'as documented', SerialNo: '' }] },
      { Error: { Code: code, Message: 'as documented' } },
    ]
    const stub = await startVendorServer({
      answer: () => ({ status: 200, body: { Response: { ...answers.shift(), RequestId: 'r' } } }),
      refuse: () => ({ status: 500, body: {} }),
    })
    const there = ioWith({ FENGHUO_TENCENT_URL: stub.url })
    const perNumber = await tencentSms.send(messageOf(page), lin, settings, there)
    const whole = await tencentSms.send(messageOf(page), lin, settings, there)
    await stub.close()
    expect([perNumber.status, whole.status]).toEqual([status, status])
    for (const one of [perNumber, whole])
      expect(one).toMatchObject({ failure: { vendor: 'tencent-sms', code, class: kind } })
  })

  test.each([
    ['another number only', [{ PhoneNumber: '+8613899999999', Code: 'Ok' }], 'unknown'],
    ['our number in another form', [{ PhoneNumber: '13800000001', Code: 'Ok', SerialNo: 's' }], 'sent'],
    ['no status', [], 'unknown'],
    ['a code that is none', [{ PhoneNumber: '+8613800000001', Code: 0 }], 'unknown'],
  ])('the answer has %s', async (_, statuses, status) => {
    const stub = await startVendorServer({
      answer: () => ({ status: 200, body: { Response: { SendStatusSet: statuses, RequestId: 'r' } } }),
      refuse: () => ({ status: 500, body: {} }),
    })
    const delivery = await tencentSms.send(messageOf(page), lin, settings, ioWith({ FENGHUO_TENCENT_URL: stub.url }))
    await stub.close()
    expect(delivery.status).toBe(status)
  })
})

test.each([
  ['arrives', [], undefined],
  [
    'does not arrive',
    [lin.phone],
    { class: 'not-delivered', vendor: 'tencent-sms', code: 'UNDELIV', said: '短信未送达' },
  ],
])('what the carrier says of a text that %s is read by the receipt of its answer', async (_, unreachable, failure) => {
  const posted: object[][] = []
  await vendor.close()
  vendor = await startTencentSmsSimulator({
    ...account,
    now: () => now,
    push: (reports) => posted.push(reports),
    unreachable,
  })
  const delivery = await send()
  const id = delivery.status === 'sent' ? delivery.receipt : ''
  expect(tencentSmsReceipts.readTexts(posted[0])).toEqual([{ id, ...(failure && { failure }) }])
})
