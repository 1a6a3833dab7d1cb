import { expect, it } from 'vitest'
import { withoutSecrets } from '../../shared/contracts/without-secrets.ts'

it.each([
  ['{"token":"abc","note":"fine"}', ['fine'], ['abc']],
  ['{"headers":{"Authorization":"Bearer a.b-c"},"apiKey":"k1"}', ['headers'], ['a.b-c', 'k1']],
  ['{"dedupKey":"pay/web","incident":{"groupKey":"cluster=a"}}', ['pay/web', 'cluster=a'], []],
  ['{"at":1796003767782}', ['2026-11-30T'], ['1796003767782']],
  ['{"phone":"+8613800000001"}', ['phone'], ['13800000001']],
  ['see https://lin:word@ci.example.com/a?sig=xyz now', ['ci.example.com/a', 'now'], ['lin:word', 'xyz']],
  ['Basic dXNlcjpwYXNz', ['Basic'], ['dXNlcjpwYXNz']],
  ['xoxb0123456789abcdefghijklmnopqrstuv', [], ['xoxb0123456789']],
])('%s', (text, shown, hidden) => {
  const seen = withoutSecrets(text, 1_000)
  for (const one of shown) expect(seen).toContain(one)
  for (const one of hidden) expect(seen).not.toContain(one)
})

it('is cut between characters, and says that it is', () => {
  expect(withoutSecrets('🔥'.repeat(20), 10)).toBe(`${'🔥'.repeat(10)}…`)
  expect(withoutSecrets('short', 10)).toBe('short')
})

it.each([
  'http://',
  '//',
  'Bearer ',
  'a1',
  '+86138',
])('takes no longer of a large one made of %s than of any other', (part) => {
  const begun = process.cpuUsage()
  withoutSecrets(part.repeat(Math.floor(256_000 / part.length)), 1_000)
  const { user } = process.cpuUsage(begun)
  expect(user / 1_000).toBeLessThan(1_000)
})
