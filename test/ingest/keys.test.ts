import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { withHashedKeys } from '../../shared/config/hash-keys.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { references } from '../../shared/contracts/references.ts'
import { hashOfKey, keyAmong, keyInHeaders } from '../../shared/ingest/keys.ts'
import { rateLimit } from '../../shared/ingest/rate.ts'

const text = (keys: string) => `
vantages: { sg: aws/ap-southeast-1 }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
projects:
  pay: { title: 支付, chat: [wecom], keys: ${keys} }
`
const read = (keys: string) => loadConfig(text(keys), 'fenghuo.yml')

describe('the keys of a project', () => {
  it('reach the function that takes requests, by their digests, and no other', () => {
    const { config } = read('["${PAY_KEY}", { key: "${OLD_KEY}", perMinute: 60 }]')
    if (!config) throw new Error('the configuration has mistakes')
    const part = withHashedKeys(compileFor('ingest', config), { PAY_KEY: 'a'.repeat(32) })
    expect(part.projects.pay?.keys).toEqual([
      { key: hashOfKey('a'.repeat(32)), perMinute: 600 },
      { key: '${OLD_KEY}', perMinute: 60 },
    ])
    // What has no value is told of when packaging, as every reference is.
    expect(references(part)).toEqual(['OLD_KEY'])
    for (const fn of ['evaluate', 'page', 'acknowledge', 'watch', 'heartbeat'] as const)
      expect(references(compileFor(fn, config)), fn).not.toContain('PAY_KEY')
    const inBoth = {
      en: expect.stringContaining('PAY_KEY is too short'),
      zh: expect.stringContaining('PAY_KEY 作为密钥太短'),
    }
    expect(() => withHashedKeys(config, { PAY_KEY: 'short' })).toThrow(expect.objectContaining({ words: inBoth }))
  })

  it.each([
    ['0123456789abcdef0123456789abcdef', 'must be a list of references'],
    ['["0123456789abcdef0123456789abcdef"]', 'a key stands in no file: write a reference such as ${PAY_KEY}'],
    ['["prefix-${PAY_KEY}"]', 'a key stands in no file: write a reference such as ${PAY_KEY}'],
  ])('written as %s are refused, and not told again', (keys, message) => {
    const { problems } = read(keys)
    const told = problems.map((problem) => problem.message).join('\n')
    expect(told).toContain(message)
    expect(told).not.toContain('0123456789abcdef')
  })
})

describe('a key that is shown', () => {
  const known = ['one', 'two'].map((name) => ({ project: name, hash: hashOfKey(`key-${name}`), perMinute: 1 }))

  it.each([
    ['key-one', 'one'],
    ['key-two', 'two'],
    ['key-three', undefined],
    ['', undefined],
    [hashOfKey('key-one'), undefined],
  ])('%j is that of %s', (given, project) => {
    expect(keyAmong(known, given)?.project).toBe(project)
  })

  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` })
  it.each<[string, Record<string, string>, string]>([
    ['our own header', { 'x-fenghuo-key': 'k' }, 'k'],
    ['a bearer', { authorization: 'Bearer k' }, 'k'],
    ['a password', basic('anybody:k'), 'k'],
    ['a password with colons', basic('anybody:k:l'), 'k:l'],
    ['a name without a password', basic('k:'), 'k'],
    ['no scheme that is known', { authorization: 'Digest k' }, ''],
    ['nothing', {}, ''],
  ])('is found in %s', (_, headers, key) => {
    expect(keyInHeaders({ headers })).toBe(key)
  })
})

it('a key may send a minute’s worth at once, and then as fast as that', () => {
  const wait = rateLimit()
  const sent = (at: number, key = 'a') => wait(key, 60, at)
  expect(Array.from({ length: 60 }, () => sent(0))).toEqual(Array(60).fill(0))
  expect(sent(0)).toBe(1)
  expect(sent(0, 'b')).toBe(0)
  expect(sent(1_000)).toBe(0)
  expect(sent(1_500)).toBe(1)
  expect(Array.from({ length: 61 }, () => sent(600_000)).at(-1)).toBe(1)
})
