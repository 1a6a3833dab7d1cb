import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Call, Placed } from '../../shared/channels/channel.ts'
import { errors } from '../../shared/channels/tencent-vms/errors.ts'
import { tencentVmsProvision } from '../../shared/channels/tencent-vms/provision.ts'
import { tencentVmsReceipts } from '../../shared/channels/tencent-vms/receipts.ts'
import type { VmsSettings } from '../../shared/channels/tencent-vms/settings.ts'
import { tencentVms } from '../../shared/channels/tencent-vms/tencent-vms.ts'
import { signedTc3 } from '../../shared/clouds/tencent/tc3.ts'
import { forbidden } from '../../shared/delivery/callee-ledger.ts'
import { at } from '../messages/notices.ts'
import { manualClock } from '../simulators/clock.ts'
import { CalleeRules } from '../simulators/tencent-vms/callee-rules.ts'
import { startTencentVms, type TencentVmsSimulator } from '../simulators/tencent-vms/vendor.ts'
import { rowsOf } from './each-row.ts'
import { answering, ioWith } from './io.ts'

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../samples/tencent-vms-${name}.json`, import.meta.url), 'utf8'))
const { alert } = tencentVmsProvision.templates.zh
const settings: VmsSettings = {
  app: '1400006666',
  templates: { zh: '1000001' },
  secretId: 'AKIDtest',
  secretKey: 'test-key',
}
const call: Call = {
  phone: '+8613711112222',
  token: 'line:lin:7',
  name: 'a1b2c3d4e5f6a7b',
  language: 'en',
  phoneHash: 'lin',
  seq: 7,
  message: '',
  slots: { number: '1', project: '支付', title: '收银台', state: '不可用', scope: '广州', lasted: '3分钟', count: '1' },
}

let vendor: TencentVmsSimulator
let clock: ReturnType<typeof manualClock>
let posted: object[]
beforeEach(async () => {
  clock = manualClock(at('02:14'))
  posted = []
  vendor = await startTencentVms({
    secretId: 'AKIDtest',
    secretKey: 'test-key',
    apps: ['1400006666'],
    templates: { '1000001': alert },
    now: clock.now,
    schedule: clock.schedule,
    push: (callback) => posted.push(callback),
  })
})
afterEach(() => vendor.close())

const io = () => ioWith({ FENGHUO_TENCENT_VMS_URL: vendor.url }, { now: clock.now })
const place = (changes: Partial<Call> = {}): Promise<Placed> =>
  tencentVms.place({ ...call, ...changes }, settings, io())
const endsTold = () =>
  posted.flatMap((body) => tencentVmsReceipts.read(body) ?? []).map(({ event }) => event as Record<string, unknown>)

describe('a call of Tencent Cloud', () => {
  it('says the one approved sentence three times, and takes no key', async () => {
    expect(await place()).toEqual({ status: 'placed', contactId: vendor.calls[0]?.contactId })
    const id = vendor.calls[0]?.contactId ?? ''
    await vendor.answer(id)
    clock.advance(60_000)
    expect(vendor.calls[0]?.transcript.map(({ text }) => text)).toEqual([alert, alert, alert])
    expect(endsTold()).toEqual([{ type: 'disconnected', contactId: id, answered: true }])
  })

  it('that nobody answers says so twice, with its reason first', async () => {
    await place()
    clock.advance(60_000)
    const failure = { class: 'no-answer', vendor: 'tencent-vms' }
    expect(endsTold()).toMatchObject([{ failure: { ...failure, code: '5' } }, { answered: false, failure }])
  })

  it('is refused a second time in a night, and that is no secret of the ledger’s', async () => {
    await place()
    clock.advance(3_600_000)
    expect(await place()).toMatchObject({ status: 'refused', failure: { class: 'over-quota' } })
    const ledger = { calls: [at('02:14')], askedAt: at('02:14') }
    const { windows = [], gapMs = 0 } = tencentVms.limits.perCallee ?? {}
    expect(forbidden(ledger, windows, gapMs, at('03:14'))?.window).toMatchObject({ calls: 1, fromHour: 22 })
  })

  it('repeats no number in what a timeline may hold', async () => {
    const error = { Code: 'LimitExceeded.DeliveryFrequencyLimit', Message: '13711112222 is called too often' }
    const placed = await tencentVms.place(call, settings, answering({ Response: { Error: error } }))
    expect(JSON.stringify(placed)).not.toContain('13711112222')
  })
})

it('what our ledger lets through over two days and a night is never refused by the vendor’s own rules', () => {
  const { windows = [], gapMs = 0 } = tencentVms.limits.perCallee ?? {}
  const rules = new CalleeRules()
  const placed: number[] = []
  for (let now = at('12:00'); now < at('12:00') + 48 * 3_600_000; now += 20_000) {
    const ledger = placed.length === 0 ? undefined : { calls: placed, askedAt: placed.at(-1) ?? 0 }
    if (forbidden(ledger, windows, gapMs, now) !== undefined) continue
    expect(rules.ask(now)).toBe(true)
    placed.push(now)
  }
  expect(placed.length).toBeGreaterThanOrEqual(5)
})

it('is signed as the vendor’s own SDK signs', () => {
  const { payload, timestamp, secretId, secretKey, authorization, action, version } =
    sample('send-tts-tc3.selfcomputed')
  const url = new URL('https://vms.tencentcloudapi.com/')
  const request = { url, service: 'vms', action, version, region: 'ap-guangzhou', body: payload }
  expect(signedTc3(request, { secretId, secretKey }, timestamp * 1000).authorization).toBe(authorization)
})

describe('the vendor’s answer', () => {
  it.each(rowsOf(errors, 'refused'))('%s is %s, %s', async (Code, status, kind) => {
    const answer = answering({ Response: { Error: { Code, Message: 'no' } } })
    const failure = { class: kind, code: Code, vendor: 'tencent-vms' }
    expect(await tencentVms.place(call, settings, answer)).toMatchObject({ status, failure })
  })

  it.each([
    ['InternalError.NobodyHasToldUs', 'unknown'],
    ['FailedOperation.NobodyHasToldUs', 'refused'],
    ['RequestLimitExceeded.UinLimitExceeded', 'retry'],
  ])('%s, which the table lacks, is %s', async (Code, status) => {
    const answer = answering({ Response: { Error: { Code, Message: 'no' } } })
    expect(await tencentVms.place(call, settings, answer)).toMatchObject({ status })
  })

  it('has a row for each code of its SDK, spelt alike', () => {
    // vms 2020-09-02; of FailedOperation.ParametersOtherError nothing is known.
    const documented = {
      FailedOperation: [
        'AccessUpstreamTimeout',
        'ContainSensitiveWord',
        'FailResolvePacket',
        'InsufficientBalanceInVoicePackage',
        'InvalidJsonParameters',
        'InvalidParameters',
        'JsonParseFail',
        'PhonenumberUnappliedOrExpired',
        'TemplateIncorrectOrUnapproved',
      ],
      InternalError: [
        'AccessUpstreamTimeout',
        'RequestTimeException',
        'RestApiInterfaceNotExist',
        'SigVerificationFail',
        'SsoSendRecvFail',
        'UpstreamError',
      ],
      InvalidParameterValue: ['CalledNumberVerifyFail', 'ContentLengthLimit', 'SdkAppidNotExist'],
      LimitExceeded: ['DeliveryFrequencyLimit'],
      UnauthorizedOperation: ['SdkAppidIsDisabled', 'ServiceSuspendDueToArrears', 'VoiceSdkAppidVerifyFail'],
    }
    const codes = Object.entries(documented).flatMap(([kind, all]) => all.map((code) => `${kind}.${code}`))
    expect(Object.keys(errors.codes)).toEqual(expect.arrayContaining(codes))
  })

  it('as its documents show it has placed the call', async () => {
    const placed = await tencentVms.place(call, settings, answering(sample('send-tts-response')))
    expect(placed).toEqual({ status: 'placed', contactId: '1f8e4e20-0000-4000-8000-000000000000' })
  })

  it('without a call’s id, or lost on the way, may have rung', async () => {
    const answer = answering({ Response: { SendStatus: {} } })
    expect(await tencentVms.place(call, settings, answer)).toMatchObject({ status: 'unknown' })
    vendor.fail({ kind: 'reset', taken: true })
    expect(await place()).toMatchObject({ status: 'unknown' })
  })
})

describe('a callback', () => {
  const { answered, notAnswered, key, failure, answerExpected } = sample('callbacks')

  it.each([
    ['an answered call', answered, { answered: true }],
    ['a call that nobody answered', notAnswered, { answered: false, failure: { class: 'no-answer' } }],
    ['a number that does not exist', failure, { answered: false, neverRang: true, failure: { class: 'bad-number' } }],
  ])('tells of %s', (_, body, event) => {
    expect(tencentVmsReceipts.read(body)).toMatchObject([{ event: { type: 'disconnected', ...event } }])
  })

  it('of a key decides nothing, for the sentence asks for none', () => {
    expect(tencentVmsReceipts.read(key)).toEqual([])
  })

  it.each([
    [[]],
    [{}],
    [{ voiceprompt_callback: { result: '0' } }],
    [{ voiceprompt_callback: { callid: 'a', result: '7' } }],
  ])('%j is none', (body) => {
    expect(tencentVmsReceipts.read(body)).toBeUndefined()
  })

  it('is answered as the vendor expects', () => {
    expect(tencentVmsReceipts.answer).toEqual(answerExpected)
  })
})
