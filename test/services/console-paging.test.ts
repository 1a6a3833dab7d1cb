import { expect, it } from 'vitest'
import { pageOf } from '../../services/console/pages/paging.tsx'

const all = ['a', 'b', 'c', 'd', 'e']

it.each([
  [undefined, 1, ['a', 'b']],
  ['2', 2, ['c', 'd']],
  ['3', 3, ['e']],
  // Somebody stays on the last page while incidents end, and sees what goes on.
  ['4', 3, ['e']],
  ['Infinity', 3, ['e']],
  ['2.9', 2, ['c', 'd']],
  ['0', 1, ['a', 'b']],
  ['-1', 1, ['a', 'b']],
  ['two', 1, ['a', 'b']],
])('of three pages %s is page %i', (asked, page, shown) => {
  expect(pageOf(all, 2, asked)).toEqual({ shown, page, pages: 3 })
})

it('of nothing there is one page', () => {
  expect(pageOf([], 2, '7')).toEqual({ shown: [], page: 1, pages: 1 })
})
