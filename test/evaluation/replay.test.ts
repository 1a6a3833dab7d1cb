import { expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { replay, type Seen } from '../../shared/evaluation/replay.ts'
import { someCheck } from '../checks/records.ts'

const START = Date.parse('2026-11-22T02:00:00+08:00')
const MINUTE = 60_000
const from = ['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou']
const words: Record<string, VerdictWord> = { u: 'up', d: 'down', '?': 'unknown' }

/** One letter a minute for each vantage. */
const runs = (...lines: string[]): Seen[] =>
  lines
    .flatMap((line, index) =>
      [...line].map((letter, minute) => ({
        ...{ vantage: from[index] ?? '', function: 'probe', latencyMs: 5 },
        at: START + minute * MINUTE + index,
        outcome: words[letter] ?? 'unknown',
      })),
    )
    .sort((a, b) => a.at - b.at)
const minutes = (seen: Seen[], changes = {}) =>
  replay(someCheck({ from, ...changes }), seen).map(({ from: begun, until = Number.NaN }) => [
    Math.floor((begun - START) / MINUTE),
    Math.floor((until - START) / MINUTE),
  ])
const long = { m: 3, n: 5 }

it('a short trouble is raised by 2 of 3, and not by 3 of 5', () => {
  const seen = runs('uuuuudduuuuuu', 'uuuuudduuuuuu', 'uuuuuuuuuuuuu')
  expect(minutes(seen)).toEqual([[6, expect.any(Number)]])
  expect(minutes(seen, { confirm: long })).toEqual([])
})

it('a long one is raised later by 3 of 5', () => {
  const seen = runs('uuuuuddddddduuuuuu', 'uuuuuddddddduuuuuu', 'uuuuuuuuuuuuuuuuuu')
  expect(minutes(seen)[0]?.[0]).toBe(6)
  expect(minutes(seen, { confirm: long })[0]?.[0]).toBe(7)
})

it('what one vantage of three sees is raised by a quorum of one alone', () => {
  const seen = runs('uuuuudddddduuuuu', 'uuuuuuuuuuuuuuuu', 'uuuuuuuuuuuuuuuu')
  expect(minutes(seen).filter(([begun]) => begun === 6)).toEqual([])
  expect(minutes(seen, { quorum: 1 }).some(([begun]) => begun === 6)).toBe(true)
})

it('what goes on has no end', () => {
  const seen = runs('uuuuuddddd', 'uuuuuddddd', 'uuuuuddddd')
  expect(replay(someCheck({ from }), seen)).toEqual([{ severity: 'critical', from: expect.any(Number) }])
})

it('of nothing that was seen nothing is raised', () => {
  expect(replay(someCheck({ from }), [])).toEqual([])
})

it('a group all of which is down is raised though the rest is fine', () => {
  const seen = runs('uuuuuuuuuuuu', 'uuuuuddddddd', 'uuuuuddddddd')
  const group = { cn: ['tencent/ap-guangzhou', 'aliyun/cn-hangzhou'] }
  expect(replay(someCheck({ from, quorum: 3 }), seen, group).length).toBeGreaterThan(0)
})
