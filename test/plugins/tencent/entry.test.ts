import { expect, test } from 'vitest'
import { readZip, writeZip } from '../../../plugins/provider/artifact.ts'
import type { Files } from '../../../plugins/provider/service.ts'
import { codeHashOf, entryOf, entryProblem, withEntry } from '../../../plugins/tencent/entry.ts'

const files = (paths: Record<string, string>): Files =>
  Object.fromEntries(Object.entries(paths).map(([path, text]) => [path, Buffer.from(text)]))

const MODULE = { 'services/probe/tencent.js': 'exports.handler = 1' }

test('a handler in a folder gets an entry at the root that loads it', () => {
  const packed = withEntry(files(MODULE), 'services/probe/tencent.handler')
  expect(entryProblem(packed, 'services/probe/tencent.handler')).toBeUndefined()
  expect(Buffer.from(packed['index.js'] ?? []).toString()).toMatch(
    /^\/\/ code [0-9a-f]{64}: .*\nmodule\.exports = require\('\.\/services\/probe\/tencent\.js'\)\n$/,
  )
  expect(entryOf(packed)?.module).toBe('index')
})

test("a zip's own index.js is left alone", () => {
  const packed = withEntry(files({ 'index.js': 'exports.handler = 1' }), 'index.handler')
  expect(entryOf(packed)?.module).toBe('main')
  expect(Buffer.from(packed['main.js'] ?? []).toString()).toContain("require('./index.js')")
})

test.each([
  ['./src/a.handler', 'src/a.js', 'a path that begins with a dot'],
  ['src/a.handler', 'src/a.cjs', 'another extension'],
  ['src/a.b.handler', 'src/a.b.js', 'a dot in the name of the file'],
])('%s loads %s (%s)', (handler, path, _) => {
  const packed = withEntry(files({ [path]: '1' }), handler)
  expect(Buffer.from(packed['index.js'] ?? []).toString()).toContain(`require('./${path}')`)
})

test.each([
  ['src/a.handler', { 'src/a.mjs': '1' }, 'src/a.js is an ES module'],
  ['src/b.handler', { 'src/a.js': '1' }, 'src/b.js is not in the zip'],
  ['src/a.handler2', { 'src/a.js': '1' }, 'letters, digits, - and _ between letters'],
  ['src/a.h', { 'src/a.js': '1' }, '2 to 60'],
  ['handler', { 'src/a.js': '1' }, 'is not in the zip'],
  ['index.handler', { 'index.js': '1', 'main.js': '1' }, 'both index.js and main.js'],
])('%s of %j is refused: %s', (handler, paths, reason) => {
  expect(entryProblem(withEntry(files(paths), handler), handler)?.en).toContain(reason)
})

test('the code hash is of paths and contents, wherever one ends', () => {
  const hash = (paths: Record<string, string>) =>
    entryOf(withEntry(files({ ...MODULE, ...paths }), 'services/probe/tencent.handler'))?.codeHash
  const hashes = [{}, { a: '1' }, { a: '2' }, { b: '1' }, { 'a 1': '' }, { a: '', b: '1' }, { a: '1', b: '' }].map(hash)
  expect(new Set(hashes).size).toBe(hashes.length)
  expect(hash({ a: '1', b: '2' })).toBe(hash({ b: '2', a: '1' }))
})

test('an entry of somebody else has no hash', () => {
  expect(codeHashOf('exports.handler = 1')).toBeUndefined()
  expect(entryOf(files({ 'index.js': 'exports.handler = 1' }))).toBeUndefined()
})

test('a zip has the same bytes whenever it is made, and holds what it was given', () => {
  const packed = withEntry(files(MODULE), 'services/probe/tencent.handler')
  const zip = writeZip(packed)
  const turned = Object.fromEntries(Object.entries(packed).reverse())
  expect(writeZip(turned)).toEqual(zip)
  expect(Object.keys(readZip(zip))).toEqual(['index.js', 'services/probe/tencent.js'])
})
