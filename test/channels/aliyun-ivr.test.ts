import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { aliyunIvr } from '../../shared/channels/aliyun-ivr/aliyun-ivr.ts'
import { aliyunIvrProvision } from '../../shared/channels/aliyun-ivr/provision.ts'
import type { IvrSettings } from '../../shared/channels/aliyun-ivr/settings.ts'
import { errors } from '../../shared/channels/aliyun-voice/errors.ts'
import type { Call } from '../../shared/channels/channel.ts'
import { signedRpc } from '../../shared/clouds/aliyun/rpc.ts'
import { at } from '../messages/notices.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../simulators/aliyun-voice/vendor.ts'
import { manualClock } from '../simulators/clock.ts'
import type { Failure } from '../simulators/failures.ts'
import { rowsOf } from './each-row.ts'
import { answering, ioWith } from './io.ts'
import { CALL } from './mainland-call.ts'

const { page, several, taken, passed, snoozed } = aliyunIvrProvision.templates.zh
const settings: IvrSettings = {
  caller: '05710000000',
  templates: { zh: { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4' } },
  keyId: 'LTAItest',
  keySecret: 'test-key',
}
const slots = { ...CALL.slots, scope: '广州 杭州' }
const call: Call = { ...CALL, slots }

let vendor: AliyunVoiceSimulator
let clock: ReturnType<typeof manualClock>
beforeEach(async () => {
  clock = manualClock(at('02:14'))
  vendor = await startAliyunVoice({
    accessKeyId: 'LTAItest',
    accessKeySecret: 'test-key',
    callers: ['05710000000'],
    templates: { TTS_1: page, TTS_2: several, TTS_3: taken, TTS_4: passed, TTS_5: snoozed },
    now: clock.now,
    schedule: clock.schedule,
    push: () => {},
  })
})
afterEach(() => vendor.close())

const io = () => ioWith({ FENGHUO_ALIYUN_VOICE_URL: vendor.url }, { now: clock.now })
const place = (changes: Partial<Call> = {}, given: Partial<IvrSettings> = {}) =>
  aliyunIvr.place({ ...call, ...changes }, { ...settings, ...given }, io())
const params = () => vendor.requests[0]?.params

describe('what is asked for', () => {
  it('is an approved text with its variables, keys 1 and 9, two plays, and the name of the call', async () => {
    expect(await place()).toEqual({ status: 'placed', contactId: vendor.calls[0]?.contactId })
    await vendor.answer(vendor.calls[0]?.contactId ?? '')
    expect(vendor.calls[0]).toMatchObject({
      to: call.phone,
      from: '05710000000',
      name: call.name,
      transcript: [
        {
          text: '值班告警1024号，支付项目的收银台状态为不可用，影响广州 杭州，已持续3分钟。认领请按1，转给下一位请按9。',
        },
      ],
    })
    expect([params()?.get('PlayTimes'), params()?.get('CalledNumber')]).toEqual(['2', '13800000001'])
  })

  it('has key 4, too, where what it says is approved', async () => {
    await place()
    await place(
      {},
      { templates: { zh: { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4', snoozed: 'TTS_5' } } },
    )
    const menus = vendor.requests.map((request) =>
      [1, 2, 3].map((n) => [`MenuKeyMap.${n}.Key`, `MenuKeyMap.${n}.Code`].map((name) => request.params.get(name))),
    )
    expect(menus).toEqual([
      [
        ['1', 'TTS_3'],
        ['9', 'TTS_4'],
        [null, null],
      ],
      [
        ['1', 'TTS_3'],
        ['4', 'TTS_5'],
        ['9', 'TTS_4'],
      ],
    ])
  })

  it('of several incidents is the other text, which counts them', async () => {
    await place({ slots: { ...slots, count: '5' } })
    expect(params()?.get('StartCode')).toBe('TTS_2')
    expect(JSON.parse(params()?.get('StartTtsParams') ?? '')).toEqual({
      project: '支付',
      count: '5',
      title: '收银台',
      state: '不可用',
    })
  })

  it('for somebody without templates of their language is in the other one', async () => {
    expect(await place({ language: 'en' })).toMatchObject({ status: 'placed' })
    expect(params()?.get('StartCode')).toBe('TTS_1')
  })

  it.each([
    ['a link', 'https://pay.example.com/x', 'pay example com x'],
    ['an address', '10.0.0.1', '10 0 0 1'],
    ['characters that templates may not have', '收银台-A#1:50%【】', '收银台 A 1 50'],
    ['nothing that is left', '##', '…'],
  ])('has %s taken out of its values', async (_, title, said) => {
    expect(await place({ slots: { ...slots, title } })).toMatchObject({ status: 'placed' })
    expect(JSON.parse(params()?.get('StartTtsParams') ?? '').title).toBe(said)
  })

  it('stays below 250 characters of values, at the cost of where it breaks', async () => {
    expect(await place({ slots: { ...slots, scope: '广州'.repeat(200) } })).toMatchObject({ status: 'placed' })
  })

  it('of a landline has its area code with a 0', async () => {
    expect(await place({ phone: '+865710001234' })).toMatchObject({ status: 'placed' })
    expect(params()?.get('CalledNumber')).toBe('05710001234')
  })
})

it('is signed as the vendor’s own SDK signs: the vector of an IvrCall', () => {
  const { accessKeyId, accessKeySecret, headers, flattened, query, ...vector } = JSON.parse(
    readFileSync(new URL('../samples/alibaba-voice-ivr-call-acs3.selfcomputed.json', import.meta.url), 'utf8'),
  )
  const signed = signedRpc(
    { url: new URL('https://dyvmsapi.aliyuncs.com/'), action: 'IvrCall', version: '2017-05-25', parameters: flattened },
    { accessKeyId, accessKeySecret },
    Date.parse(headers['x-acs-date']),
    headers['x-acs-signature-nonce'],
  )
  expect(signed.url).toBe(`https://dyvmsapi.aliyuncs.com/?${query}`)
  expect(JSON.stringify(vector)).toContain(/Signature=([0-9a-f]{64})/.exec(signed.headers.authorization ?? '')?.[1])
})

describe('the vendor’s answer', () => {
  it.each(rowsOf(errors, 'refused'))('%s is %s, %s, whichever the HTTP status', async (code, status, kind) => {
    for (const http of [200, 400, 500]) {
      const placed = await aliyunIvr.place(call, settings, answering({ Code: code, Message: 'no' }, http))
      expect(placed).toMatchObject({ status, failure: { class: kind, code, vendor: 'aliyun-ivr' } })
      if (placed.status === 'retry') expect(placed.afterMs).toBeGreaterThanOrEqual(2_000)
    }
  })

  it.each([
    ['a code of nobody’s table is refused', { Code: 'isv.NEW', Message: '' }, 200, 'refused'],
    ['a new trouble of its own may have rung', { Code: 'isp.NEW', Message: '' }, 200, 'unknown'],
    ['so may any code behind a 500', { Code: 'New', Message: '' }, 500, 'unknown'],
    ['OK without a call may have rung', { Code: 'OK' }, 200, 'unknown'],
    ['another system’s words may hide a call', { hello: 1 }, 200, 'unknown'],
    ['a gateway’s 502 may, too', {}, 502, 'unknown'],
    ['a gateway that is busy took nothing', {}, 503, 'retry'],
    ['nor did one that refuses', {}, 403, 'refused'],
  ])('%s', async (_, body, http, status) => {
    expect(await aliyunIvr.place(call, settings, answering(body, http))).toMatchObject({ status })
  })

  it.each<[string, Failure, string]>([
    ['a reset', { kind: 'reset' }, 'unknown'],
    ['a reset after it rang', { kind: 'reset', taken: true }, 'unknown'],
    ['garbage', { kind: 'garbage' }, 'unknown'],
    ['too fast', { kind: 'rate-limit' }, 'retry'],
  ])('spoilt by %s is %s', async (_, failure, status) => {
    vendor.fail(failure)
    expect(await place()).toMatchObject({ status })
    expect(vendor.requests).toHaveLength(1)
  })

  it('that repeats the number does not bring it into a timeline', async () => {
    const limited = { Code: 'isv.BUSINESS_LIMIT_CONTROL', Message: '业务级流控,13800000001' }
    const placed = await aliyunIvr.place(call, settings, answering(limited))
    expect(JSON.stringify(placed)).not.toContain('13800000001')
  })
})

describe('asked how a call has ended, the vendor', () => {
  const query = () => aliyunIvr.query?.(vendor.calls[0]?.contactId ?? '', at('02:14'), settings, io())
  beforeEach(() => place())

  it('says nothing while it rings or speaks', async () => {
    expect(await query()).toBeUndefined()
    await vendor.answer(vendor.calls[0]?.contactId ?? '')
    expect(await query()).toBeUndefined()
  })

  it.each([
    ['200003', { answered: false, failure: { class: 'no-answer' } }],
    ['200119', { answered: false, neverRang: true, failure: { class: 'rate-limited' } }],
    ['200008', { answered: true }],
  ])('says %s', async (status, end) => {
    vendor.end(vendor.calls[0]?.contactId ?? '', status)
    expect(await query()).toMatchObject(end)
  })

  it('who can’t say is no end', async () => {
    vendor.fail({ kind: 'error', code: 'isp.SYSTEM_ERROR' })
    expect(await query()).toBeUndefined()
    const sample = JSON.parse(
      readFileSync(new URL('../samples/alibaba-voice-query-call-detail-response.json', import.meta.url), 'utf8'),
    )
    expect(await aliyunIvr.query?.('any', at('02:14'), settings, answering(sample))).toMatchObject({ answered: false })
    expect(await aliyunIvr.query?.('any', at('02:14'), settings, answering({ Code: 'OK', Data: '{' }))).toBeUndefined()
  })
})
