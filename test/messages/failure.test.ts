import { describe, expect, it } from 'vitest'
import { descriptors } from '../../shared/channels/descriptors.ts'
import { quotation } from '../../shared/channels/network.ts'
import type { Failure } from '../../shared/contracts/failure.ts'
import { failureText } from '../../shared/messages/failure.ts'

const cases: { reason: string; failure: Failure; zh: string; en: string }[] = [
  {
    reason: "a vendor's code and its own words",
    failure: { class: 'rate-limited', vendor: 'wecom-robot', code: '45009', said: 'api freq out of limit' },
    zh: '发送过于频繁：45009 “api freq out of limit”',
    en: 'too many requests in a short time: 45009 “api freq out of limit”',
  },
  { reason: 'a class alone', failure: { class: 'crashed' }, zh: '发送进程崩溃', en: 'the sender crashed' },
  {
    reason: 'a class with an argument',
    failure: { class: 'no-contact', contact: 'lin' },
    zh: '没有名为 lin 的联系人',
    en: 'no contact is named lin',
  },
  {
    reason: 'several tries',
    failure: { class: 'http-status', status: 503, tries: 3 },
    zh: 'HTTP 503，试了 3 次',
    en: 'HTTP 503, after 3 tries',
  },
  {
    reason: 'each of several routes',
    failure: { class: 'routes-refused', each: [{ class: 'no-route' }, { class: 'country-closed' }] },
    zh: '没有适用此号码的线路；不允许联系该号码所在的国家或地区',
    en: "no route takes this number; calls or texts to the number's country are not allowed",
  },
]

const vendors = {
  exchange: {
    title: { zh: '总机', en: 'Exchange' },
    errors: {
      source: '',
      codes: {
        7: {
          class: 'not-allowed' as const,
          remedy: { zh: '请先开通', en: 'have it opened first' },
          whenSaid: [
            { words: /busy/, class: 'busy' as const, remedy: { zh: '请稍候', en: 'wait' } },
            { words: /gone/, class: 'recipient-gone' as const },
          ],
        },
      },
    },
  },
}

it.each<[reason: string, failure: Failure, zh: string, en: string]>([
  [
    'who failed, and what puts it right',
    { class: 'not-allowed', vendor: 'exchange', code: '7' },
    '总机：没有这项权限：7 → 请先开通',
    'Exchange: not allowed: 7 → have it opened first',
  ],
  [
    'what puts right what only the words of the vendor tell',
    { class: 'busy', vendor: 'exchange', code: '7', said: 'busy now' },
    '总机：对方繁忙：7 “busy now” → 请稍候',
    'Exchange: busy: 7 “busy now” → wait',
  ],
  [
    'no remedy of the code where its words mean another thing',
    { class: 'recipient-gone', vendor: 'exchange', code: '7', said: 'gone' },
    '总机：群或收件人已不存在：7 “gone”',
    'Exchange: the group or recipient is gone: 7 “gone”',
  ],
  ['only who, of a code without a remedy', { class: 'busy', vendor: 'exchange' }, '总机：对方繁忙', 'Exchange: busy'],
  [
    'who, of each of several routes',
    { class: 'routes-refused', each: [{ class: 'busy', vendor: 'exchange' }, { class: 'no-route' }] },
    '总机：对方繁忙；没有适用此号码的线路',
    'Exchange: busy; no route takes this number',
  ],
  ['no vendor that nobody knows', { class: 'busy', vendor: 'toString' }, '对方繁忙', 'busy'],
])('tells %s', (_, failure, zh, en) => {
  expect(failureText(failure, 'zh', vendors)).toBe(zh)
  expect(failureText(failure, 'en', vendors)).toBe(en)
})

it('each vendor names the page of its codes, and every remedy stands in both languages, without a full stop', () => {
  for (const { type, errors } of Object.values(descriptors)) {
    expect({ type, source: errors.source }).toEqual({ type, source: expect.stringMatching(/\w/) })
    const meanings = Object.values(errors.codes).flatMap(({ whenSaid = [], ...meaning }) => [meaning, ...whenSaid])
    const remedies = meanings.flatMap(({ remedy }) => (remedy === undefined ? [] : [remedy.zh, remedy.en]))
    expect({ type, odd: remedies.filter((text) => text === '' || /[.。]$/.test(text)) }).toEqual({ type, odd: [] })
  }
})

it.each(cases)('tells $reason', ({ failure, zh, en }) => {
  expect(failureText(failure, 'zh')).toBe(zh)
  expect(failureText(failure, 'en')).toBe(en)
})

describe('what a vendor says', () => {
  it('is one line without marks that turn the direction of writing', () => {
    expect(quotation('no\r\n\u202esuch \u0007 robot')).toEqual({ said: 'no such robot' })
  })

  it('is cut to 200 characters', () => {
    expect(quotation('火'.repeat(300)).said).toHaveLength(200)
  })

  it.each([undefined, 7, '', ' \n'])('is nothing when it says nothing: %j', (words) => {
    expect(quotation(words)).toEqual({})
  })
})
