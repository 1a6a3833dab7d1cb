import { expect, it } from 'vitest'
import { parseJsonPath, valueAt } from '../../../shared/checks/http/json-path.ts'

const document = { status: 'ok', 'a b': 1, 中: 2, list: [{ n: 1 }, { n: 2 }], none: null, 'x-y': 3, "it's": 4 }

const paths: [path: string, value: unknown][] = [
  ['$', document],
  ['$.status', 'ok'],
  ["$['a b']", 1],
  ['$["it\'s"]', 4],
  ['$.中', 2],
  ['$.x-y', 3],
  ['$.list[1].n', 2],
  ['$.list[-1].n', 2],
  ['$.list[2].n', undefined],
  ['$.list.length', undefined],
  ['$.none', null],
  ['$.none.deeper', undefined],
  ['$.status.length', undefined],
  ['$.constructor', undefined],
  ['$[0]', undefined],
]
it.each(paths)('%s', (path, value) => {
  expect(valueAt(document, parseJsonPath(path) ?? [])).toEqual(value)
})

const mistakes = [
  '',
  'status',
  '.status',
  '$status',
  '$.',
  '$..status',
  '$.*',
  '$[*]',
  '$.list[',
  '$.list[x]',
  '$.a b',
  '$.a.',
]
it.each(mistakes)('"%s" is no path', (text) => {
  expect(parseJsonPath(text)).toBeUndefined()
})
