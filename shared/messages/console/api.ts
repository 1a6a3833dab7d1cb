import type { Language } from '../../contracts/words.ts'

/** What the console says to programs of a field that it cannot take; `field` is its path, `body` the whole. */
export interface ApiWords {
  /** `type` as JSON has it. */
  type: (field: string, type: string) => string
  least: (field: string, least: string) => string
  most: (field: string, most: string) => string
  oneOf: (field: string, known: string) => string
  /** `format` as JSON Schema calls it. */
  format: (field: string, format: string) => string
  unknown: (field: string, keys: string) => string
  wrong: (field: string) => string
  /** Nobody whom the incident's project knows. */
  nobody: (field: string, known: string) => string
  /** It is handed over to neither people nor a policy. */
  toNobody: string
  cursor: string
  /** Matchers that fit whatever there is. */
  everything: string
  endsBefore: (field: string) => string
  endsLate: string
  noSilence: string
  noSubscriber: string
  /** Nothing that goes on for outsiders. */
  nothingTold: string
  noStatusPage: (known: string[]) => string
  noProject: (known: string[]) => string
  noGroup: string
  noFormat: string
  noSwap: string
  /** Of who is on call: as of a time, and from another on. */
  farAway: string
  notAWeek: string
  /** Of a report: since when. */
  since: string
  /** Words for outsiders without any. */
  noText: string
  /** Of the override that is in the way. */
  itsId: (id: string) => string
  silenceOver: string
  tooMany: string
  tooLong: string
  /** No idempotency key. */
  badKey: string
  /** The same key with another request. */
  otherRequest: string
  /** The same request is being worked on. */
  inProgress: string
}

export const apiWords: Record<Language, ApiWords> = {
  zh: {
    type: (field, type) => `${field}: 应为 ${type}`,
    least: (field, least) => `${field}: 至少 ${least}`,
    most: (field, most) => `${field}: 至多 ${most}`,
    oneOf: (field, known) => `${field}: 应为其中之一：${known}`,
    format: (field, format) =>
      `${field}: 应为 ${format} 格式${format === 'datetime' ? '，如 2026-12-05T10:00:00Z' : ''}`,
    unknown: (field, keys) => `${field}: 没有这样的键：${keys}`,
    wrong: (field) => `${field}: 写法不对，见 /api/v1/openapi.json`,
    nobody: (field, known) => `${field}: 本项目没有此人或排班；有：${known}`,
    toNobody: 'to, policy: 至少写一个，转给谁或哪个策略',
    cursor: 'cursor: 应为上一页的 next；没有它则从第一页开始',
    everything: 'matchers: 匹配一切，将没有任何人被呼叫；确实如此请加 "everything": true',
    endsBefore: (field) => `${field}: 应在开始之后，也应在现在之后`,
    endsLate: 'endsAt: 最长 90 天；更久请从 fenghuo.yml 里去掉这项检查',
    itsId: (id) => `（其 ID 为 ${id}）`,
    noFormat: '没有这个项目或格式；见 /api/v1/inbound',
    noSwap: '没有这个 ID 的换班请求；见 /api/v1/swaps',
    farAway: 'at: 应在一年之内',
    notAWeek: 'from: 不能晚于 at，也不能早于它一周以上',
    since: 'since: 应为过去的时间，最早 180 天前',
    noText: 'text: 至少用一种语言写点什么',
    noGroup: '那里没有这个消费组；见 /api/v1/kafka',
    noStatusPage: (known) => `没有这个状态页；有：${known.join('、') || '无'}`,
    noProject: (known) => `没有这个项目；有：${known.join('、') || '无'}`,
    noSubscriber: '该状态页没有这个 ID 的订阅者；见 /api/v1/subscribers',
    nothingTold: '这个状态页没有正在进行的此 ID；见 /api/v1/outsiders',
    noSilence: '没有这个 ID 的静默；见 /api/v1/silences',
    silenceOver: '这条静默已经结束：请新建一条',
    tooMany: '请求过于频繁：每个令牌每分钟至多 600 次，请按 Retry-After 再试',
    tooLong: 'body: 太长，至多 100000 个字符',
    badKey: 'Idempotency-Key: 应为 8 到 128 个可见的 ASCII 字符，每个请求各用一个新的',
    otherRequest: 'Idempotency-Key: 已用于另一个请求，什么都没有做；请换一个',
    inProgress: 'Idempotency-Key: 同一请求正在处理；请稍后以同样的键再发一次',
  },
  en: {
    type: (field, type) => `${field}: has to be of type ${type}`,
    least: (field, least) => `${field}: at least ${least}`,
    most: (field, most) => `${field}: at most ${most}`,
    oneOf: (field, known) => `${field}: has to be one of ${known}`,
    format: (field, format) =>
      `${field}: has to be in the format ${format}${format === 'datetime' ? ', such as 2026-12-05T10:00:00Z' : ''}`,
    unknown: (field, keys) => `${field}: has no such keys: ${keys}`,
    wrong: (field) => `${field}: is not as /api/v1/openapi.json describes it`,
    nobody: (field, known) => `${field}: nobody whom this project knows; there are ${known}`,
    toNobody: 'to, policy: one of them has to say to whom, or to which policy',
    cursor: 'cursor: has to be `next` of the page before; without it the list begins anew',
    everything:
      'matchers: they fit everything, so nobody would be paged at all; say "everything": true if that is meant',
    endsBefore: (field) => `${field}: has to be after the start, and after now`,
    endsLate: 'endsAt: at most 90 days; for longer take the check out of fenghuo.yml',
    itsId: (id) => ` (its id is ${id})`,
    noFormat: 'There is no such project or format; /api/v1/inbound lists them',
    noSwap: 'No swap has this id; /api/v1/swaps lists them',
    farAway: 'at: write a time within a year',
    notAWeek: 'from: write a time that is not after `at`, and not more than a week before it',
    since: 'since: write a time that has passed, 180 days ago at most',
    noText: 'text: write something in at least one language',
    noGroup: 'No such consumer group is known there; /api/v1/kafka lists them',
    noStatusPage: (known) => `No status page has this name; there are: ${known.join(', ') || 'none'}`,
    noProject: (known) => `No project has this name; there are: ${known.join(', ') || 'none'}`,
    noSubscriber: 'No subscriber of this page has this id; /api/v1/subscribers lists them',
    nothingTold: 'Nothing of this id goes on at this status page; /api/v1/outsiders lists what does',
    noSilence: 'No silence has this id; /api/v1/silences lists them',
    silenceOver: 'This silence is over already: make another one',
    tooMany: 'Too many requests: a token has 600 a minute; ask again after Retry-After',
    tooLong: 'body: too long, at most 100000 characters',
    badKey: 'Idempotency-Key: has to be 8 to 128 visible ASCII characters, new for each request',
    otherRequest: 'Idempotency-Key: was used for another request, and nothing was done; take a new one',
    inProgress: 'Idempotency-Key: the same request is being worked on; send it again in a moment with the same key',
  },
}
