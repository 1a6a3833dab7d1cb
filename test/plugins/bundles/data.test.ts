import { expect, test } from 'vitest'
import { written } from '../../../plugins/bundles/data.ts'
import { vendorWords } from '../../../shared/channels/vendor-words.data.ts'
import { failureText } from '../../../shared/messages/failure.ts'

async function readBack(values: Record<string, unknown>): Promise<Record<string, unknown>> {
  return import(`data:text/javascript,${encodeURIComponent(written(values))}`)
}

test('what a module of data exports stands in its place', async () => {
  const values = { list: [1, 'two', null, { three: true, four: undefined }], words: [{ said: /key ?word\//i }] }
  expect({ ...(await readBack(values)) }).toEqual(values)
})

test('what stands in several places weighs once', () => {
  const remedies = Array.from({ length: 100 }, () => ({ zh: '设置密钥', en: 'set the secret' }))
  expect(written({ remedies }).length).toBeLessThan(written({ remedies: remedies.slice(0, 1) }).length + 50)
})

test('what is no data is refused with its place', () => {
  expect(() => written({ channel: { send: () => {} } })).toThrow('channel.send is no data')
  for (const value of [
    new Map([['a', 1]]),
    new Set(),
    new Date(0),
    Number.NaN,
    1n,
    Symbol('a'),
    [undefined],
    { $pattern: 1 },
  ])
    expect(() => written({ channel: { value } })).toThrow(/^channel[.]value([.]0)? is no data$/)
})

test('what the console knows of vendors says what the channels themselves say, code by code', async () => {
  const { descriptors } = await import('../../../shared/channels/descriptors.ts')
  const packaged = (await readBack({ vendorWords })).vendorWords as typeof vendorWords
  for (const [vendor, { errors }] of Object.entries(descriptors))
    for (const code of [
      ...Object.keys(errors.codes),
      'NoSuchCode',
      ...Object.keys(errors.codes).map((one) => `${one}.More`),
    ]) {
      const failure = { class: 'refused', vendor, code, said: 'keywords not in content' } as const
      expect(failureText(failure, 'en', packaged)).toBe(failureText(failure, 'en', descriptors))
    }
})
