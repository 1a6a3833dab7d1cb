import { describe, expect, it } from 'vitest'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { faultyVantages } from '../../shared/evaluation/faulty.ts'

const letters: Record<string, VerdictWord> = { u: 'up', g: 'degraded', d: 'down', '?': 'unknown' }

/** `gz:ddd sg:uuu`: what each vantage makes of the first, second and third check; `-` is a check that it does not run. */
function faulty(seen: string, groups?: Record<string, string[]>): string[] {
  const words = new Map<string, Map<string, VerdictWord>>()
  for (const one of seen.split(' ')) {
    const [vantage = '', text = ''] = one.split(':')
    for (const [index, letter] of [...text].entries()) {
      if (letter === '-') continue
      const check = `pay/check-${index}`
      words.set(check, (words.get(check) ?? new Map()).set(vantage, letters[letter] ?? expect.fail(letter)))
    }
  }
  return [...faultyVantages(words, groups)].sort()
}

describe('a vantage is faulty', () => {
  it.each([
    { seen: 'gz:ddd sg:uuu fra:uuu', reason: 'everything fails from there alone' },
    { seen: 'gz:ddd sg:uuu', reason: 'one other is enough to compare with' },
    { seen: 'gz:dddduu sg:uuuuuu fra:uuuuuu', reason: 'most is enough' },
    { seen: 'gz:dddd sg:uuud fra:uuuu', reason: 'what half of the others see down is not counted' },
    { seen: 'gz:ddd sg:uuu fra:???', reason: 'one that knows nothing is no witness' },
    { seen: 'gz:ddd--- sg:uuuuuu fra:---uuu', reason: 'what it does not run says nothing' },
  ])('$seen: $reason', ({ seen }) => {
    expect(faulty(seen)).toEqual(['gz'])
  })
})

describe('no vantage is faulty', () => {
  it.each([
    { seen: 'gz:uuu sg:uuu fra:uuu', reason: 'all is well' },
    { seen: 'gz:dd sg:uu fra:uu', reason: 'two checks are too few to tell' },
    { seen: 'gz:ddd', reason: 'nobody to compare with' },
    { seen: 'gz:ddd sg:ddd fra:ddd', reason: 'the targets are down' },
    { seen: 'gz:ddd sg:ddd fra:uuu', reason: 'for each of the two half of the others agree' },
    { seen: 'gz:dduu sg:uuuu fra:uuuu', reason: 'half is not most' },
    { seen: 'gz:ddd sg:??? fra:???', reason: 'the others know nothing' },
    { seen: 'gz:??? sg:uuu fra:uuu', reason: 'not knowing is no failing' },
    { seen: 'gz:ggg sg:uuu fra:uuu', reason: 'being slow is no failing' },
    { seen: 'gz:ddd sg:ggg fra:ggg', reason: 'others that see it slow do not see it up' },
  ])('$seen: $reason', ({ seen }) => {
    expect(faulty(seen)).toEqual([])
  })
})

describe('a group', () => {
  const groups = { cn: ['gz', 'hz'], sea: ['sg', 'bkk'] }

  it('all of which fails is a bad country, and no vantage of it is faulty', () => {
    const seen = 'gz:ddd hz:ddd sg:uuu bkk:uuu fra:uuu use:uuu'
    expect(faulty(seen, groups)).toEqual([])
    expect(faulty(seen)).toEqual(['gz', 'hz'])
  })

  it('of which one fails has a faulty vantage', () => {
    expect(faulty('gz:ddd hz:uuu sg:uuu bkk:uuu fra:uuu', groups)).toEqual(['gz'])
  })

  it('does not excuse those of another one', () => {
    expect(faulty('gz:ddd hz:uuu sg:ddd bkk:uuu fra:uuu', groups)).toEqual(['gz', 'sg'])
  })
})
