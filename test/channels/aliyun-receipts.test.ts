import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { aliyunReceipts } from '../../shared/channels/aliyun-voice/receipts.ts'

const sample = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../samples/alibaba-voice-${name}.json`, import.meta.url), 'utf8'))
const first = { name: 'd7Kq2~12', contactId: '116012854210^102814270001' }
const second = { name: 'd7Kq2~13', contactId: '116012854211^102814270002' }
const told = ({ name, contactId }: typeof first, event: object) => ({ name, event: { contactId, ...event } })

describe('a receipt of Alibaba Cloud’s', () => {
  it('tells of a call while it goes on', () => {
    expect(aliyunReceipts.read(sample('call-states'))).toEqual([
      told(first, { type: 'rings' }),
      told(first, { type: 'rings' }),
      told(first, { type: 'connected' }),
      told(first, { type: 'disconnected', answered: false, untold: true }),
    ])
  })

  it('brings a key', () => {
    const key = { type: 'key', key: '1', decision: 'acknowledged' }
    expect(aliyunReceipts.read(sample('ivr-callback'))).toEqual([told(first, key)])
  })

  it('brings all keys once more with the end, which they come before', () => {
    expect(aliyunReceipts.read(sample('report'))).toEqual([
      told(first, { type: 'key', key: '1', decision: 'acknowledged' }),
      told(first, { type: 'disconnected', answered: true }),
      told(second, {
        type: 'disconnected',
        answered: false,
        failure: { class: 'no-answer', code: '200003' },
      }),
    ])
  })

  it('in the other shape has no name, and may be one object', () => {
    const contactId = '115480011020^1034120****_12345'
    expect(aliyunReceipts.read(sample('ivr-digits.unconfirmed'))).toEqual([
      { event: { type: 'key', contactId, key: '1', decision: 'acknowledged' } },
    ])
  })

  it.each([
    ['9', ['passed']],
    ['4', ['snoozed']],
    ['91', ['passed', 'acknowledged']],
    ['5*', []],
    ['', []],
  ])('with the keys %j decides %j', (dtmf, decisions) => {
    const read = aliyunReceipts.read({ call_id: 'c', out_id: 'o', status_code: '300000', dtmf })
    expect(read?.map(({ event }) => event.type === 'key' && event.decision)).toEqual(decisions)
  })

  it('of a status that nobody has told us of was answered if it took time', () => {
    const ended = (duration: string) =>
      aliyunReceipts.read({ call_id: 'c', out_id: 'o', status_code: 987654, duration })?.[0]?.event
    expect(ended('10秒')).toMatchObject({ answered: true })
    expect(ended('0')).toMatchObject({ answered: false, failure: { class: 'line-trouble' } })
  })

  it.each([[undefined], ['text'], [{}], [[{ call_id: 7 }]], [{ call_id: '' }], [[[]]]])('is not %j', (body) => {
    expect(aliyunReceipts.read(body)).toBeUndefined()
  })

  it('that is odd costs none of those beside it', () => {
    const key = { call_id: 'c', out_id: 'o', status_code: '300000', dtmf: '1' }
    expect(aliyunReceipts.read([{ call_id: '' }, key, 'text', null])).toMatchObject([
      { event: { type: 'key', key: '1' } },
    ])
  })

  it('wants the answer of the vendor’s pages', () => {
    expect(aliyunReceipts.answer).toMatchObject({ code: (sample('callback-answer') as { code: number }).code })
  })
})
