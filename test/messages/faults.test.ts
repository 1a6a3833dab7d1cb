import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { checkWords } from '../../shared/checks/registered/wordings.ts'
import { anyWords } from '../../shared/checks/words.ts'
import type { Fact } from '../../shared/contracts/fact.ts'
import { factIn, saysTime } from '../../shared/messages/facts.ts'
import { QUOTED } from '../checks/fault-samples.ts'
import { anySamples } from './fault-samples.ts'

/** What a kind's `fault-samples.ts` exports. `sameInBoth`: names of its own that are the same word in both languages. */
interface Sampled {
  faultSamples: Record<string, object[]>
  sameInBoth?: RegExp
}

async function sampled(kind: string): Promise<Sampled | undefined> {
  if (!existsSync(new URL(`../checks/${kind}/fault-samples.ts`, import.meta.url))) return undefined
  return (await import(`../checks/${kind}/fault-samples.ts`)) as Sampled
}

const owners = await Promise.all(
  Object.entries(checkWords).map(async ([kind, words]) => ({ kind, words, own: await sampled(kind) })),
)

/** What is the same word in both languages, whatever the kind. */
const names = /SHA-1|CNY|USD|RSA|\bDH\b|HTTP|DNS|TLS|URL|MiB|KiB|IPv\d|PEM|content-encoding|\d+m?s\b/

/** Each once: kinds share those of the network. */
const samples = new Map(
  [{ own: { faultSamples: anySamples } as Sampled }, ...owners].flatMap(({ own }) =>
    Object.entries(own?.faultSamples ?? {}).flatMap(([code, all]) =>
      all.map(
        (args) => [JSON.stringify({ code, args }), { fact: { code, args } as Fact, own: own?.sameInBoth }] as const,
      ),
    ),
  ),
)

describe('each fault of each check kind', () => {
  it.each([...samples])('%s has no English word in Chinese, and no Chinese one in English', (_, { fact, own }) => {
    const same = new RegExp([names, ...(own ? [own] : [])].map(({ source }) => source).join('|'), 'g')
    const [zh, en] = (['zh', 'en'] as const).map((language) => factIn(language, fact).replaceAll(QUOTED, ''))
    expect(zh?.replace(same, '')).not.toMatch(/[a-z]/i)
    expect(en).not.toMatch(/\p{Script=Han}|[，。：；（）]/u)
    for (const text of [zh, en]) expect(text).not.toMatch(/undefined|NaN|object Object/)
  })

  it.each(owners)('of $kind is among its samples', ({ kind, words, own }) => {
    const missing = `write test/checks/${kind}/fault-samples.ts: it exports \`faultSamples\`, arguments for each code of the kind`
    expect(own?.faultSamples, missing).toBeDefined()
    expect(Object.keys(own?.faultSamples ?? {}).sort()).toEqual(Object.keys(words).sort())
    expect(Object.entries(own?.faultSamples ?? {}).filter(([, all]) => all.length === 0)).toEqual([])
  })

  it('of any kind is among the samples', () => {
    expect(Object.keys(anySamples).sort()).toEqual(Object.keys(anyWords).sort())
  })

  it('has the same words for all kinds that share it', () => {
    const all = [anyWords, ...Object.values(checkWords)].flatMap((words) => Object.entries(words))
    const known = Object.fromEntries(all)
    for (const [code, telling] of all) expect(telling, code).toBe(known[code])
  })
})

const texts: [fault: Fact, zh: string, en: string][] = [
  [{ code: 'timeout', args: { limitMs: 5_000, waitingFor: 'connect' } }, '连接超时 5.0s', 'timeout 5.0s (connect)'],
  [
    { code: 'http-status', args: { status: 302, expected: [[200, 299]] } },
    'HTTP 302，应为 200-299',
    'HTTP 302, expected 200-299',
  ],
  [
    { code: 'certificate-expires', args: { inMs: 36 * 3_600_000, limitMs: 3 * 86_400_000 } },
    '证书 36 小时后到期（限 3 天）',
    'certificate expires in 36h, limit 3d',
  ],
  [
    { code: 'report-late', args: { agoMs: 26 * 3_600_000, periodMs: 86_400_000 } },
    '上次上报在 1 天 2 小时前，应每 1 天一次',
    'last report 1d 2h ago, expected every 1d',
  ],
  [
    {
      code: 'after-tries',
      args: { tries: 3, last: { code: 'timeout', args: { limitMs: 700, waitingFor: 'firstByte' } } },
    },
    '等待应答超时 0.7s（共 3 次尝试）',
    'timeout 0.7s (first byte); 3 tries',
  ],
  [
    {
      code: 'recovered',
      args: {
        try: 2,
        before: { code: 'timeout', args: { limitMs: 2_500, waitingFor: 'dns' } },
        now: { code: 'over-limit', args: { of: 'latency', tookMs: 900, limitMs: 800 } },
      },
    },
    '900ms，超过 800ms；第 2 次尝试，此前：域名解析超时 2.5s',
    '900ms, limit 800ms; try 2, before: timeout 2.5s (DNS)',
  ],
  [
    {
      code: 'group-status',
      args: {
        source: 'ckafka',
        worst: 'STALL',
        lag: 185_358,
        ageMs: 840_000,
        ageLimitMs: 300_000,
        unreadable: 0,
        errors: [],
        never: 0,
        state: 'Stable',
        members: 4,
        topics: [
          {
            topic: 'paid',
            bad: 3,
            of: 12,
            partitions: [
              [1, 61_218],
              [2, 58_924],
              [0, 51_391],
            ],
            isMore: false,
          },
          { topic: 'slow', worst: 'WARN', bad: 1, of: 1, partitions: [[0, 64]], isMore: false },
        ],
        more: 0,
      },
    },
    'CKafka：消费停滞，积压 185,358 条，最旧 14 分钟（限 5 分钟），Stable，4 个成员；paid 3/12 分区（p1 61,218，p2 58,924，p0 51,391）；slow 积压持续增长 1/1 分区（p0 64）',
    'CKafka: consumption stalled, lag 185,358, oldest 14m (limit 5m), Stable, 4 members; paid 3/12 (p1 61,218, p2 58,924, p0 51,391); slow lag keeps growing 1/1 (p0 64)',
  ],
  [
    { code: 'nodes-affected', args: { count: 2, of: 3, outcome: 'down', nodes: ['SG', 'JP/Tokyo'] } },
    '3 个节点中 2 个失败：SG、JP/Tokyo',
    '2 of 3 nodes down: SG, JP/Tokyo',
  ],
  [
    { code: 'told-by-a-newer-probe', args: { ms: 5 } },
    '未知情况 told-by-a-newer-probe（{"ms":5}）',
    'told by a newer probe ({"ms":5})',
  ],
  [{ code: 'toString', args: {} }, '未知情况 toString', 'toString'],
  [{ code: 'group-status', args: {} }, '未知情况 group-status', 'group status'],
]
it.each(texts)('%j reads %s, %s', (fault, zh, en) => {
  expect([factIn('zh', fault), factIn('en', fault)]).toEqual([zh, en])
})

it.each<[fault: Fact, isSo: boolean, reason: string]>([
  [{ code: 'http-status', args: { status: 502 } }, false, 'its latency is told beside it'],
  [{ code: 'timeout', args: { limitMs: 5_000 } }, true, 'it is the time'],
  [
    { code: 'after-tries', args: { tries: 2, last: { code: 'timeout', args: { limitMs: 5_000 } } } },
    true,
    'a part of it does',
  ],
  [{ code: 'told-by-a-newer-probe', args: {} }, false, 'nobody knows'],
])('%j says how long it took: %s, %s', (fault, isSo) => {
  expect(saysTime(fault)).toBe(isSo)
})
