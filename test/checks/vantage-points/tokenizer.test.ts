import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readLiteral } from '../../../shared/checks/vantage-points/tokenizer.ts'

const sample = readFileSync(new URL('../../samples/speed-test-response.txt', import.meta.url), 'utf8')

it('reads what the speed test answers', () => {
  expect(readLiteral(sample)).toEqual({
    state: 1,
    msg: '',
    result: {
      ip: '119.28.190.46',
      httpstate: 200,
      alltime: '212',
      dnstime: '18',
      conntime: '116',
      downtime: '78',
      filesize: '-',
      downspeed: '4.72',
      ipaddress: '新加坡',
      headers: 'HTTP/1.1 200 OK',
      pagehtml: '',
    },
  })
})

const readable: [text: string, value: unknown, reason: string][] = [
  ['callback({a:1});', { a: 1 }, 'JSONP'],
  ['jQuery.fn_1([1,])', [1], 'a callback of several names, a trailing comma'],
  ['\n{\n  a : 1 ,\n  "b" : "x" ,\n}\n', { a: 1, b: 'x' }, 'white space and both kinds of keys'],
  ['/* a */{a:1// b\n}', { a: 1 }, 'comments'],
  ['{a:-1.5,b:.5,c:1e-3,d:+2}', { a: -1.5, b: 0.5, c: 0.001, d: 2 }, 'numbers'],
  ['[true,false,null,undefined]', [true, false, null, undefined], 'the other words'],
  [`'it\\'s "so"'`, 'it\'s "so"', 'quotes within quotes'],
  [`"\\u4e2d\\x41\\u{1f600}\\n\\t\\0\\q\\\\"`, '中A😀\n\t\0q\\', 'escapes'],
  [`'\\ud83d\\ude00'`, '😀', 'a character in two halves'],
  [`'a\\\nb'`, 'ab', 'a line continued'],
  [`'({a:1})'`, '({a:1})', 'signs within a text'],
  ['{}', {}, 'nothing'],
]
it.each(readable)('%j is %j: %s', (text, value) => {
  expect(readLiteral(text)).toEqual(value)
})

it.each([
  ['', 'nothing at all'],
  ['<html>502 Bad Gateway</html>', 'a page'],
  ['({a:1}', 'a parenthesis left open'],
  ['{a:1', 'an object left open'],
  ["{a:'1}", 'a text left open'],
  ['{a:1}}', 'more than one value'],
  ['{a}', 'a key without a value'],
  ['{a 1}', 'no colon'],
  ['[1 2]', 'no comma'],
  ['{a:b}', 'a name'],
  ['{a:0x1F}', 'a number of another kind'],
  ['{a:alert(1)}', 'a call inside'],
  ['{a:1+1}', 'an expression'],
  ['{a:function(){}}', 'a function'],
  ['{a:`x`}', 'a template'],
  ["f '('", 'a text in place of a parenthesis'],
  ['['.repeat(100_000), 'nested without end'],
  [`/*${'*'.repeat(50_000)}`, 'a comment without end'],
])('%.30s is refused: %s', (text) => {
  expect(() => readLiteral(text)).toThrow(SyntaxError)
})

it('runs nothing and reaches no prototype', () => {
  const read = readLiteral("({__proto__:{isAdmin:true},constructor:'x'})") as Record<string, unknown>
  expect(Object.keys(read)).toEqual(['__proto__', 'constructor'])
  expect(read.isAdmin).toBeUndefined()
  expect(({} as Record<string, unknown>).isAdmin).toBeUndefined()
})

it('reads a text of a million characters', () => {
  const long = `${"\\'x".repeat(250_000)}${'y'.repeat(250_000)}`
  expect(readLiteral(`({a:'${long}'})`)).toEqual({ a: `${"'x".repeat(250_000)}${'y'.repeat(250_000)}` })
})

it('any JSON is what JSON says', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value)
      expect(JSON.stringify(readLiteral(text))).toBe(JSON.stringify(JSON.parse(text)))
    }),
  )
})

it('any text at all is read or refused', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...`({a:1,'"\\u00e9})[];/* \n`), maxLength: 40 }), (text) => {
      try {
        readLiteral(text)
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError)
      }
    }),
    { numRuns: 2_000 },
  )
})
