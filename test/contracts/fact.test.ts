import { expect, expectTypeOf, it } from 'vitest'
import { type FactOf, fact, type Wording } from '../../shared/contracts/fact.ts'
import { FACT_CHARACTERS } from '../../shared/contracts/fact-limit.ts'

it.each([
  ['a code of a newer version than ours', { code: 'told-by-nobody-yet', args: {} }],
  ['numbers, texts and lists', { code: 'over-limit', args: { ms: 213.4, phase: 'tls', of: ['a', 'b'], in: null } }],
  ['a fact about a fact', { code: 'after-tries', args: { tries: 2, last: { code: 'refused', args: {} } } }],
])('takes %s', (_, value) => {
  expect(fact.parse(value)).toEqual(value)
})

it.each([
  ['a sentence in place of a code', { code: 'Connection refused', args: {} }],
  ['no arguments', { code: 'refused' }],
  ['prose beside it', { code: 'refused', args: {}, detail: 'connection refused' }],
  ['more than a sentence needs', { code: 'said', args: { words: 'x'.repeat(FACT_CHARACTERS) } }],
  ['what JSON has no word for', { code: 'said', args: { words: undefined, n: Number.NaN } }],
])('refuses %s', (_, value) => {
  expect(fact.safeParse(value).success).toBe(false)
})

type Meal = FactOf<{ eaten: { dishes: number }; skipped: Record<never, never> }>

it('is told in both languages, or does not compile', () => {
  const skipped = { zh: () => '没吃', en: () => 'skipped' }
  const eaten = { zh: ({ dishes }: { dishes: number }) => `${dishes} 道菜`, en: () => 'eaten' }
  const whole: Wording<Meal> = { eaten, skipped }
  expect(whole.eaten.zh({ dishes: 2 }, () => '')).toBe('2 道菜')

  // A code without words, one without a language, and words that ask for what is not told. The compiler judges these.
  const ofSoup = ({ soup }: { soup: string }) => soup
  expectTypeOf({ skipped }).not.toExtend<Wording<Meal>>()
  expectTypeOf({ eaten: { en: eaten.en }, skipped }).not.toExtend<Wording<Meal>>()
  expectTypeOf({ eaten: { ...eaten, en: ofSoup }, skipped }).not.toExtend<Wording<Meal>>()
  expectTypeOf({ eaten, skipped }).toExtend<Wording<Meal>>()
})
