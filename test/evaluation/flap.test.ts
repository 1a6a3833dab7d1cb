import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../../shared/config/load.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import type { Consensus } from '../../shared/evaluation/consensus.ts'
import {
  calmMs,
  FLAP_CHANGES,
  FLAP_WINDOW_MS,
  type Flapping,
  flapWindowMs,
  holdFlapping,
} from '../../shared/evaluation/flap.ts'
import { verdictMachine } from '../../shared/evaluation/verdict.ts'
import type { VerdictState, VerdictSubject } from '../../shared/evaluation/verdict-state.ts'
import { at } from '../messages/notices.ts'

const letters: Record<string, VerdictWord> = { u: 'up', g: 'degraded', d: 'down', '?': 'unknown' }
const MINUTE = 60_000
const CALM_MS = calmMs(FLAP_WINDOW_MS)
const start = at('02:00')

/** `udud`: what the vantages say, a step apart; what is believed each time. */
function held(said: string, stepMs = MINUTE): string {
  let flapping: Flapping = { changes: [] }
  let before: VerdictWord | undefined
  return [...said]
    .map((letter, index) => {
      const raw = letters[letter] ?? expect.fail(letter)
      const found = holdFlapping(flapping, raw, before, start + index * stepMs)
      flapping = found.flapping
      before = raw
      return found.verdict === 'unknown' ? '?' : found.verdict === 'degraded' ? 'g' : found.verdict[0]
    })
    .join('')
}

describe('a check is held', () => {
  it.each([
    { said: 'ududududuu', believed: 'udududdddd', reason: 'at the sixth change, in the worse of the two' },
    { said: 'dudududuuu', believed: 'dudududddd', reason: 'whichever it begins with' },
    { said: 'ugugugugug', believed: 'uguguggggg', reason: 'slow counts, too' },
    { said: 'ugugugdddd', believed: 'ugugugdddd', reason: 'worse than where it is held is believed at once' },
    { said: 'ugugugduuu', believed: 'ugugugdddd', reason: 'and then held in' },
    { said: 'ududuuuuuu', believed: 'ududuuuuuu', reason: 'four changes are ordinary' },
    { said: 'uuudddduuu', believed: 'uuudddduuu', reason: 'two are an outage' },
    { said: 'u?u?u?u?u?', believed: 'u?u?u?u?u?', reason: 'not to know is no change' },
    { said: 'u?d?u?d?u?', believed: 'u?d?u?d?u?', reason: 'nor is coming back from that' },
    { said: 'ududud????', believed: 'ududud????', reason: 'five are not six' },
    { said: 'udududu???', believed: 'udududdddd', reason: 'held though nothing is known, until it is calm' },
  ])('$said is believed $believed: $reason', ({ said, believed }) => {
    expect(held(said)).toBe(believed)
  })

  it('only when the changes are within the window', () => {
    const step = FLAP_WINDOW_MS / (FLAP_CHANGES - 1)
    expect(held('udududu', step - 1)).toBe('udududd')
    expect(held('udududu', step)).toBe('udududu')
  })

  it.each([
    { intervalMs: 10_000, windowMs: FLAP_WINDOW_MS, reason: 'the shortest' },
    { intervalMs: MINUTE, windowMs: FLAP_WINDOW_MS, reason: 'half an hour' },
    {
      intervalMs: 5 * MINUTE,
      windowMs: 150 * MINUTE,
      reason: 'thirty runs: six changes of 2 of 3 take twelve at least',
    },
    { intervalMs: 1_440 * MINUTE, windowMs: 1_440 * MINUTE, reason: 'a day at most' },
  ])('a check that runs every $intervalMs ms within $windowMs ms: $reason', ({ intervalMs, windowMs }) => {
    expect(flapWindowMs(intervalMs)).toBe(windowMs)
  })

  it('until nothing has changed for a quarter of an hour', () => {
    const quiet = CALM_MS / MINUTE
    expect(held(`udududu${'u'.repeat(quiet)}`)).toBe(`ududud${'d'.repeat(quiet)}u`)
    expect(held(`udududu${'u'.repeat(10)}d${'u'.repeat(quiet + 1)}`).lastIndexOf('d')).toBe(6 + 10 + 1 + quiet)
    expect(held(`udududud${'d'.repeat(20)}u`)).toMatch(/du$/)
  })

  it('afresh after it was let go', () => {
    const calm = 'u'.repeat(CALM_MS / MINUTE)
    expect(held(`udududu${calm}dudu`)).toMatch(/ududu$/)
  })
})

it('a check is never believed better than what is said, nor changes more often than said', () => {
  const badness = 'u?gd'
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...'ugd?'), { maxLength: 60 }), (said) => {
      const believed = held(said.join(''))
      for (const [index, letter] of said.entries())
        expect(badness.indexOf(believed[index] ?? '')).toBeGreaterThanOrEqual(badness.indexOf(letter))
      const changes = (text: string) =>
        [...text].filter((letter, index) => index > 0 && letter !== text[index - 1]).length
      expect(changes(believed)).toBeLessThanOrEqual(changes(said.join('')))
    }),
  )
})

describe('a held check’s alerts', () => {
  const subject: VerdictSubject = { id: 'pay/web', project: 'pay', title: '收银台', severity: 'critical' }
  /** What each minute's verdict raises. */
  class Story {
    state: VerdictState | undefined
    minute = 0
    tellsEachChange = false
    outbox: ReturnType<typeof verdictMachine.transition>['outbox'] = []

    says(said: string, quiet = false): string[] {
      return [...said].flatMap((letter) => {
        const verdict = letters[letter] ?? expect.fail(letter)
        const consensus: Consensus = { verdict, known: 1, sightings: [{ vantage: 'sg', verdict }] }
        const event = { type: 'input' as const, subject, consensus, quiet, tellsEachChange: this.tellsEachChange }
        const now = start + this.minute++ * MINUTE
        const { state, outbox } = verdictMachine.transition(this.state, event, now)
        this.state = state
        this.outbox = outbox
        return outbox.flatMap((effect) => {
          // That it goes on is said every five minutes, to nobody.
          if (effect.type !== 'alert' || effect.alert.again) return []
          const { action, dedupKey, flapping } = effect.alert
          return [`${action} ${dedupKey}${flapping ? ' flapping' : ''}`]
        })
      })
    }
  }

  it('say it once, and nothing while it is held', () => {
    const story = new Story()
    expect(story.says('ududu')).toEqual(['trigger pay/web', 'resolve pay/web', 'trigger pay/web', 'resolve pay/web'])
    expect(story.says('d')).toEqual(['trigger pay/web'])
    expect(story.says('u')).toEqual(['trigger pay/web flapping'])
    expect(story.outbox).toMatchObject([
      {
        alert: {
          class: 'down',
          fact: { code: 'check-held', args: { verdict: 'down', changes: 6, withinMs: FLAP_WINDOW_MS } },
        },
      },
    ])
    expect(story.says('dududu')).toEqual([])
    expect(story.state).toMatchObject({ verdict: 'down', raw: 'up' })
    expect(story.state?.flapping?.hold).toEqual({ since: start + 6 * MINUTE, changes: 6, withinMs: FLAP_WINDOW_MS })
  })

  it('are told one by one of the demo, which people break and mend as often as they like', () => {
    const yml = readFileSync(new URL('../../fenghuo.yml', import.meta.url), 'utf8')
    const demo = loadConfig(yml, 'fenghuo.yml').config?.checks.find(({ id }) => id === 'demo/web')
    const story = new Story()
    story.tellsEachChange = demo?.tellsEachChange ?? false
    const brokenAndMended = ['trigger pay/web', 'resolve pay/web']
    expect(story.says('u')).toEqual([])
    for (const time of [1, 2, 3, 4, 5]) expect(story.says('ddu'), `time ${time}`).toEqual(brokenAndMended)
  })

  it('end when it is calm, once', () => {
    const story = new Story()
    story.says('udududu')
    expect(story.says('u'.repeat(14))).toEqual([])
    expect(story.says('uuu')).toEqual(['resolve pay/web'])
    expect(story.outbox).toEqual([])
    expect(story.state).not.toHaveProperty('flapping')
  })

  it('go on when it is calm and down', () => {
    const story = new Story()
    story.says('udududud')
    expect(story.says('d'.repeat(20))).toEqual([])
    expect(story.state).toMatchObject({ verdict: 'down', open: { 'pay/web': expect.any(Number) } })
    expect(story.state).not.toHaveProperty('flapping')
    expect(story.says('u')).toEqual(['resolve pay/web'])
  })

  it('count for a check that is looked at every five minutes, too', () => {
    let state: VerdictState | undefined
    const told: string[] = []
    for (const [index, letter] of [...'uudduudduudduudd'].entries()) {
      const verdict = letters[letter] ?? expect.fail(letter)
      const consensus: Consensus = { verdict, known: 1, sightings: [{ vantage: 'sg', verdict }] }
      const event = { type: 'input' as const, subject, consensus, intervalMs: 5 * MINUTE }
      const after = verdictMachine.transition(state, event, start + index * 5 * MINUTE)
      state = after.state
      for (const effect of after.outbox)
        if (effect.type === 'alert' && !effect.alert.again) told.push(effect.alert.action)
    }
    expect(told).toEqual(['trigger', 'resolve', 'trigger', 'resolve', 'trigger', 'trigger'])
    expect(state).toMatchObject({ verdict: 'down', flapping: { held: 'down' } })
  })

  it('are told by whoever looks when it is due, and not before', () => {
    const story = new Story()
    story.says('ududud')
    expect(verdictMachine.dueAt?.(story.state ?? expect.fail())).toBeUndefined()
    story.says('u')
    expect(verdictMachine.dueAt?.(story.state ?? expect.fail())).toBe(start + 6 * MINUTE + CALM_MS)
    story.says('uud')
    expect(verdictMachine.dueAt?.(story.state ?? expect.fail())).toBe(start + 9 * MINUTE + CALM_MS)
  })

  it('are kept back while what it depends on is down', () => {
    const story = new Story()
    expect(story.says('udududu', true)).toEqual([])
    expect(story.says('u')).toEqual(['trigger pay/web flapping'])
  })
})
