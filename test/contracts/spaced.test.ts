import { expect, test } from 'vitest'
import { spaced } from '../../shared/contracts/spaced.ts'

test.each([
  ['Lin', 'Lin 已认领'],
  ['林悦', '林悦已认领'],
  ['林悦 2', '林悦 2 已认领'],
  ['Zoé', 'Zoé 已认领'],
  ['ops (night)', 'ops (night) 已认领'],
  ['值班（夜）', '值班（夜）已认领'],
  ['', '已认领'],
])('%j at the beginning', (name, text) => {
  expect(spaced`${name}已认领`).toBe(text)
})

test.each([
  ['Lin', 'Wang', '不再由 Lin 处理，转给 Wang。'],
  ['林悦', '王磊', '不再由林悦处理，转给王磊。'],
])('%j and %j within', (from, to, text) => {
  expect(spaced`不再由${from}处理，转给${to}。`).toBe(text)
})

test('where a space is written there is one', () => {
  expect(spaced`于 ${'02:14'} 认领`).toBe('于 02:14 认领')
})
