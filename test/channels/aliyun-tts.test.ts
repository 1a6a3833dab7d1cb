import { afterEach, beforeEach, expect, it } from 'vitest'
import { aliyunTts } from '../../shared/channels/aliyun-tts/aliyun-tts.ts'
import { aliyunTtsProvision } from '../../shared/channels/aliyun-tts/provision.ts'
import type { TtsSettings } from '../../shared/channels/aliyun-tts/settings.ts'
import { errors } from '../../shared/channels/aliyun-voice/errors.ts'
import { aliyunReceipts } from '../../shared/channels/aliyun-voice/receipts.ts'
import type { Call } from '../../shared/channels/channel.ts'
import { at } from '../messages/notices.ts'
import { type AliyunVoiceSimulator, startAliyunVoice } from '../simulators/aliyun-voice/vendor.ts'
import { manualClock } from '../simulators/clock.ts'
import { rowsOf } from './each-row.ts'
import { answering, ioWith } from './io.ts'
import { CALL } from './mainland-call.ts'

const { notice, notices } = aliyunTtsProvision.templates.zh
const settings: TtsSettings = {
  templates: { zh: { notice: 'TTS_5', notices: 'TTS_6' } },
  keyId: 'LTAItest',
  keySecret: 'test-key',
}

let vendor: AliyunVoiceSimulator
let clock: ReturnType<typeof manualClock>
let receipts: object[]
beforeEach(async () => {
  clock = manualClock(at('02:14'))
  receipts = []
  vendor = await startAliyunVoice({
    accessKeyId: 'LTAItest',
    accessKeySecret: 'test-key',
    callers: ['05710000000'],
    templates: { TTS_5: notice, TTS_6: notices },
    now: clock.now,
    schedule: clock.schedule,
    push: (receipt) => receipts.push(receipt),
  })
})
afterEach(() => vendor.close())

const io = () => ioWith({ FENGHUO_ALIYUN_TTS_URL: vendor.url }, { now: clock.now })
const place = (changes: Partial<Call> = {}, given: Partial<TtsSettings> = {}) =>
  aliyunTts.place({ ...CALL, ...changes }, { ...settings, ...given }, io())

it('says three times where to take the incident, from a shared number, and no key is awaited', async () => {
  expect(await place()).toEqual({ status: 'placed', contactId: vendor.calls[0]?.contactId })
  const id = vendor.calls[0]?.contactId ?? ''
  await vendor.answer(id)
  expect(await vendor.press(id, '1')).toBe(false)
  clock.advance(60_000)
  const text = '值班告警，支付项目的收银台出现异常。本电话不能按键认领，请打开群消息、短信或邮件里的链接认领。'
  expect(vendor.calls[0]?.transcript.map((said) => said.text)).toEqual([text, text, text])
  expect(vendor.calls[0]).toMatchObject({ from: 'shared', name: CALL.name, state: 'disconnected' })
  expect(aliyunTts.keys).toEqual([])
})

it('heard to the end is answered, and nobody’s acknowledgement', async () => {
  await place()
  const contactId = vendor.calls[0]?.contactId ?? ''
  await vendor.answer(contactId)
  vendor.end(contactId, '200000')
  const read = aliyunReceipts.read(receipts) ?? []
  expect(read.map(({ event }) => event.type)).not.toContain('key')
  expect(read.findLast(({ event }) => event.type === 'disconnected')?.name).toBe(CALL.name)
  expect(await aliyunTts.query?.(contactId, at('02:14'), settings, io())).toEqual({ answered: true })
})

it('shows a number of its own where one is bought, and says of several incidents how many and the worst', async () => {
  expect(await place({ slots: { ...CALL.slots, count: '5' } }, { caller: '05710000000' })).toMatchObject({
    status: 'placed',
  })
  const params = vendor.requests[0]?.params
  expect([params?.get('CalledShowNumber'), params?.get('TtsCode'), params?.get('TtsParam')]).toEqual([
    '05710000000',
    'TTS_6',
    '{"count":"5","title":"收银台"}',
  ])
})

it.each(rowsOf(errors, 'refused'))('%s is %s, %s', async (code, status, kind) => {
  const placed = await aliyunTts.place(CALL, settings, answering({ Code: code, Message: 'no' }))
  expect(placed).toMatchObject({ status, failure: { class: kind, code, vendor: 'aliyun-tts' } })
})

it('without a template in any language is refused before anybody is asked', async () => {
  expect(await place({}, { templates: {} })).toMatchObject({ status: 'refused', failure: { class: 'no-template' } })
  expect(vendor.requests).toHaveLength(0)
})
