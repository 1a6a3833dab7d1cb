import { expect, it } from 'vitest'
import { formatProblems } from '../../shared/config/problem.ts'

const problems = [
  { file: 'fenghuo.yml', line: 2, column: 6, key: 'a.b', code: 'x', message: 'must be a number', zh: '错了' },
  { file: 'fenghuo.yml', line: 1, column: 1, key: '', code: 'x', message: 'is empty', zh: '错了' },
]

it('prints one line per problem', () => {
  expect(formatProblems(problems, 'en')).toBe('fenghuo.yml:2:6 a.b: must be a number\nfenghuo.yml:1:1 is empty')
})

it('marks the column below the line, wide characters and tabs included', () => {
  const [first] = problems
  expect(formatProblems(first ? [first] : [], 'en', 'a:\n\t支付: b').split('\n')).toEqual([
    'fenghuo.yml:2:6 a.b: must be a number',
    '    \t支付: b',
    '    \t      ^',
  ])
})
