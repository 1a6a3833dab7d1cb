import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import {
  type Circumstances,
  type ConsensusRules,
  consensusOf,
  type VantageView,
} from '../../shared/evaluation/consensus.ts'
import { at } from '../messages/notices.ts'

const letters: Record<string, VerdictWord> = { u: 'up', g: 'degraded', d: 'down', '?': 'unknown' }
const now = at('02:13')

/** `gz:d hz:u`: what each vantage has been seeing for ten runs. `from` has them all, and those that say nothing. */
function consensusOn(seen: string, changes: Partial<ConsensusRules> & Partial<Circumstances> = {}) {
  const {
    faulty = new Set(),
    slow = new Set(),
    groups = { cn: ['gz', 'hz', 'bj'], sea: ['sg', 'bkk'] },
    ...check
  } = changes
  const each = seen.split(' ').map((one): VantageView => {
    const [vantage = '', letter = ''] = one.split(':')
    return { vantage, outcomes: Array(10).fill(letters[letter] ?? expect.fail(letter)), at: now - 5_000, latencyMs: 0 }
  })
  const from = check.from ?? each.map(({ vantage }) => vantage)
  const whole = { intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 }, ...check, from }
  return consensusOf(whole, each, now, { faulty, slow, groups })
}

describe('a group', () => {
  it.each([
    {
      seen: 'gz:d hz:d bj:d sg:u bkk:u fra:u use:u',
      verdict: 'down',
      reason: 'all of it, though four of seven are fine',
    },
    { seen: 'gz:d hz:d bj:u sg:u bkk:u fra:u use:u', verdict: 'up', reason: 'one of it still sees it up' },
    { seen: 'gz:d hz:d bj:g sg:u bkk:u fra:u use:u', verdict: 'up', reason: 'slow is not down' },
    { seen: 'gz:d hz:d bj:? sg:u bkk:u fra:u use:u', verdict: 'down', reason: 'all of those that know anything' },
    {
      seen: 'gz:d hz:? bj:? sg:u bkk:u fra:u',
      verdict: 'up',
      reason: 'one that is left cannot be told from a bad vantage',
    },
    { seen: 'gz:d sg:u bkk:u fra:u', verdict: 'up', reason: 'nor can the only one that runs the check' },
    { seen: 'gz:u hz:u bj:u sg:d bkk:d', verdict: 'down', reason: 'any of the groups' },
    { seen: 'gz:u hz:u bj:u sg:d bkk:u', verdict: 'up', reason: 'half of a small one' },
    { seen: 'gz:d hz:d bj:u', verdict: 'down', reason: 'where the group is all there is, its majority is' },
    { seen: 'gz:g hz:g bj:g sg:u bkk:u fra:u use:u', verdict: 'up', reason: 'a slow group is no outage' },
  ])('$seen is $verdict: $reason', ({ seen, verdict }) => {
    expect(consensusOn(seen).verdict).toBe(verdict)
  })

  it('is down without its faulty ones, if two are left to say so', () => {
    const seen = 'gz:d hz:d bj:u sg:u bkk:u fra:u'
    expect(consensusOn(seen, { faulty: new Set(['bj']) }).verdict).toBe('down')
    expect(consensusOn(seen, { faulty: new Set(['bj', 'hz']) }).verdict).toBe('up')
  })

  it('is not down because of a twin in its list', () => {
    expect(consensusOn('gz:d sg:u bkk:u', { groups: { cn: ['gz', 'gz'] } }).verdict).toBe('up')
  })

  it('that is down is down whatever the quorum', () => {
    expect(consensusOn('gz:d hz:d bj:d sg:u bkk:u fra:u use:u', { quorum: 7 }).verdict).toBe('down')
  })
})

it('one bad vantage of three or more never makes a check anything but up', () => {
  const names = ['gz', 'hz', 'bj', 'sg', 'bkk', 'fra', 'use']
  fc.assert(
    fc.property(
      fc.shuffledSubarray(names, { minLength: 3 }),
      fc.constantFrom('d', 'g', '?'),
      fc.array(fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }), { maxLength: 3 }),
      ([bad = '', ...good], letter, lists) => {
        const seen = [`${bad}:${letter}`, ...good.map((vantage) => `${vantage}:u`)].join(' ')
        return consensusOn(seen, { groups: Object.fromEntries(lists.entries()) }).verdict === 'up'
      },
    ),
  )
})

describe('one that is left of several', () => {
  const from = ['gz', 'hz', 'sg']
  const left = (text: string, faulty = new Set<string>()) => {
    const outcomes = [...text].map((letter) => letters[letter] ?? expect.fail(letter))
    const seen: VantageView[] = [{ vantage: 'gz', outcomes, at: now, latencyMs: 0 }]
    for (const vantage of faulty) seen.push({ vantage, outcomes: Array(6).fill('down'), at: now, latencyMs: 0 })
    return consensusOf({ from, intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 } }, seen, now, {
      faulty: faulty,
      slow: new Set(),
      groups: {},
    })
  }

  it('needs 2m of 2n, and is one that is known of three', () => {
    expect(left('uuuuuud').verdict).toBe('up')
    expect(left('uuuuuuddd').verdict).toBe('up')
    expect(left('uuuuuudddd')).toMatchObject({ verdict: 'down', known: 1 })
    expect(left('uuuuuuddudud').verdict).toBe('down')
    expect(left('uuuuuudddduuu').verdict).toBe('down')
    expect(left('uuuuuudddduuuu').verdict).toBe('up')
  })

  it('is one that is left when the others are faulty, too', () => {
    const faulty = new Set(['hz', 'sg'])
    expect(left('uuuuuuddd', faulty)).toMatchObject({ verdict: 'up', known: 1 })
    expect(left('uuuuuudddd', faulty)).toMatchObject({ verdict: 'down', known: 1 })
  })
})

it('the time of a faulty vantage is not when a trouble began', () => {
  const check = { from: ['gz', 'hz', 'sg'], intervalMs: 60_000, timeoutMs: 5_000, confirm: { m: 2, n: 3 } }
  const one = (vantage: string, downs: number): VantageView => ({
    vantage,
    outcomes: [...Array<VerdictWord>(20 - downs).fill('up'), ...Array<VerdictWord>(downs).fill('down')],
    at: now,
    latencyMs: 0,
    troubledSince: now - (downs - 1) * 60_000,
  })
  const seen = [one('gz', 20), one('hz', 3), one('sg', 2)]

  expect(consensusOf(check, seen, now, { faulty: new Set(['gz']), slow: new Set(), groups: {} }).since).toBe(
    now - 2 * 60_000,
  )
  expect(consensusOf(check, seen, now).since).toBe(now - 19 * 60_000)
})
