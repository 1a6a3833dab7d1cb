import { expect, it } from 'vitest'
import { fits } from '../../shared/contracts/name-pattern.ts'

it.each([
  ['orders', 'orders', true],
  ['orders', 'orders-1', false],
  ['*', '', true],
  ['orders-*', 'orders-', true],
  ['orders-*', 'my-orders-1', false],
  ['*-orders', 'my-orders', true],
  ['*-orders', 'my-orders-1', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  // What stands before and after a star are not the same characters.
  ['aba*aba', 'ababa', false],
  ['a*a', 'a', false],
  ['a*b*b', 'ab', false],
  ['**', 'anything', true],
  // Everything else stands for itself.
  ['a.c', 'abc', false],
  ['[a-z]*', '[a-z]1', true],
  ['支付-*', '支付-订单\n1', true],
] as const)('%s and %s: %s', (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected)
})

it('a pattern of many stars takes no time for a name that almost fits', () => {
  const name = `${'a'.repeat(5_000)}b`
  expect(fits(`${'*a'.repeat(40)}*c`, name)).toBe(false)
  expect(fits(`${'*a'.repeat(40)}*b`, name)).toBe(true)
})
