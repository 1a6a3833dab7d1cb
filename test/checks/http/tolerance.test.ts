import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Irregularity, Malformation } from '../../../shared/checks/http/irregularity.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { seenBy } from '../records.ts'
import { rawTarget, trustTargets } from '../targets.ts'

beforeAll(trustTargets)

const OK = 'HTTP/1.1 200 OK\r\n'
const chunked = `${OK}Transfer-Encoding: chunked\r\n\r\n`

/** A target that answers any request with these bytes, in the given pieces, and hangs up. */
function says(...pieces: (string | Buffer)[]): Promise<string> {
  return rawTarget((socket) => {
    socket.setNoDelay()
    const next = () => {
      const piece = pieces.shift()
      if (piece === undefined) return socket.end()
      socket.write(typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece, () => setImmediate(next))
    }
    next()
  })
}

describe('what browsers take is up, and the detail says what was wrong', () => {
  const cases: [reason: string, answer: string, how: Irregularity[]][] = [
    ['nothing is wrong', `${OK}Content-Length: 2\r\n\r\nok`, []],
    ['small devices end lines with LF', 'HTTP/1.1 200 OK\nServer: box\nContent-Length: 2\n\nok', ['line-end']],
    ['scripts write some lines themselves', `${OK}X-A: b\nContent-Length: 2\r\n\r\nok`, ['line-end']],
    ['old servers fold long headers', `${OK}X-A: one\r\n two\r\nContent-Length: 2\r\n\r\nok`, ['folded-header']],
    [
      'a proxy and its server both write the length',
      `${OK}Content-Length: 2\r\nContent-Length: 2\r\n\r\nok`,
      ['repeated-length'],
    ],
    ['or it joins them', `${OK}Content-Length: 2, 2\r\n\r\nok`, ['repeated-length']],
    [
      'a proxy leaves the length of what it sends in chunks',
      `${OK}Content-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n`,
      ['length-and-encoding'],
    ],
    [
      'a coding that is none',
      `${OK}Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok`,
      ['length-and-encoding'],
    ],
    ['a space before a colon', `${OK}X-A : b\r\nContent-Length: 2\r\n\r\nok`, ['space-before-colon']],
    ['rubbish in a value', `${OK}X-A: a\x01b\r\nContent-Length: 2\r\n\r\nok`, ['control-character']],
    ['a name with a blank', `${OK}X A: b\r\nContent-Length: 2\r\n\r\nok`, ['header-name']],
    ['a name in Chinese', `${OK}\xe6\x9c\x8d: b\r\nContent-Length: 2\r\n\r\nok`, ['header-name']],
    ['no name', `${OK}: b\r\nContent-Length: 2\r\n\r\nok`, ['header-name']],
    ['scripts on Windows end lines with CR twice', `${OK}X-A: b\r\r\nContent-Length: 2\r\n\r\nok`, ['line-end']],
    ['or the last line alone', `${OK}Content-Length: 2\r\r\n\r\nok`, ['line-end']],
    [
      'CR alone in a folded header',
      `${OK}X-A: one\r two\r\nContent-Length: 2\r\n\r\nok`,
      ['line-end', 'folded-header'],
    ],
    ['CR alone between two headers', `${OK}X-A: b\rX-B: c\r\nContent-Length: 2\r\n\r\nok`, ['line-end']],
    ['a length with its unit', `${OK}Content-Length: 2 bytes\r\n\r\nok`, ['odd-length']],
    ['a length with its sign', `${OK}Content-Length: +2\r\n\r\nok`, ['odd-length']],
    ['a length that no file has', `${OK}Content-Length: 99999999999999999999\r\n\r\nok`, ['odd-length']],
    ['a status without a blank behind it', 'HTTP/1.1 200OK\r\nContent-Length: 2\r\n\r\nok', ['status-line']],
    ['a status behind two blanks', 'HTTP/1.1  200 OK\r\nContent-Length: 2\r\n\r\nok', ['status-line']],
    ['a protocol in small letters', 'http/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok', ['status-line']],
    ['a version that there is not', 'HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nok', ['version']],
    ['hints before the answer', `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${OK}Content-Length: 2\r\n\r\nok`, []],
    ['no reason', 'HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok', []],
    ['a reason in Chinese', 'HTTP/1.1 200 \xe5\xa5\xbd\r\nContent-Length: 2\r\n\r\nok', []],
    ['an empty line before', `\r\n${OK}Content-Length: 2\r\n\r\nok`, []],
    ['something behind the body', `${OK}Content-Length: 2\r\n\r\nok and more`, []],
    ['no length at all', `${OK}\r\nok`, []],
    ['nor with a coding that is none', `${OK}Transfer-Encoding: identity\r\n\r\nok`, []],
    ['nor with one that does not tell the end', `${OK}Transfer-Encoding: x-own\r\n\r\nok`, []],
    ['a list that ends with a comma', `${OK}Transfer-Encoding: chunked,\r\n\r\n2\r\nok\r\n0\r\n\r\n`, []],
    ['chunks whose sizes are padded with spaces', `${chunked}2  \r\nok\r\n0\r\n\r\n`, ['chunk-line']],
    ['chunks with lines that end with LF', `${chunked}2\nok\n0\n\n`, ['chunk-line']],
    ['chunks with extensions and a trailer', `${chunked}0002;a=b\r\nok\r\n0\r\nX-Sum: 1\r\n\r\n`, []],
    [
      'several at once are all told',
      'HTTP/1.1 200 OK\nContent-Length: 2\nContent-Length: 2\nX-A: b\n c\n\nok',
      ['line-end', 'folded-header', 'repeated-length'],
    ],
  ]
  it.each(cases)('%s', async (_reason, answer, how) => {
    const keys = { matches: '^ok' }
    const seen = await seenBy({ http: await says(answer), ...keys })
    expect([seen.outcome, seen.fault]).toEqual([
      'up',
      how.length === 0 ? undefined : fact('malformed-tolerated', { how }),
    ])
    const byByte = [...answer].map((character) => Buffer.from(character, 'latin1'))
    expect(await seenBy({ http: await says(...byByte), ...keys })).toMatchObject({ outcome: 'up' })
    const [first] = how
    const strict = await seenBy({ http: await says(answer), strict: true, ...keys })
    expect([strict.outcome, strict.fault]).toEqual(
      first === undefined ? ['up', undefined] : ['down', fact('response-malformed', { how: first })],
    )
  })

  it('and of a redirect on the way as well', async () => {
    const url = await rawTarget((socket) => {
      const isFirst = !socket.destroyed && ++requests === 1
      socket.end(isFirst ? 'HTTP/1.1 302 Found\nLocation: /in\n\n' : `${OK}Content-Length: 2\r\n\r\nok`)
    })
    let requests = 0
    expect(await seenBy({ http: url })).toMatchObject({
      outcome: 'up',
      fault: fact('malformed-tolerated', { how: ['line-end'] }),
    })
  })
})

describe('what nobody can read is down', () => {
  const cases: [reason: string, answer: string, how: Malformation][] = [
    ['a line without a colon', `${OK}rubbish\r\n\r\n`, 'header-line'],
    ['lengths that contradict each other', `${OK}Content-Length: 2, 3\r\n\r\nok`, 'length'],
    ['a length below zero', `${OK}Content-Length: -2\r\n\r\nok`, 'length'],
    ['a length without a number', `${OK}Content-Length:\r\n\r\nok`, 'length'],
    ['a status of four digits', 'HTTP/1.1 2000 OK\r\n\r\n', 'not-http'],
    ['a radio station', 'ICY 200 OK\r\n\r\n', 'not-http'],
    ['a chunk without its end, which Chromium and curl refuse', `${chunked}2\r\nok0\r\n\r\n`, 'chunk'],
    ['CR alone behind a chunk', `${chunked}2\r\nok\r0\r\n\r\n`, 'chunk'],
    ['NUL, which they refuse as well', `${OK}X-A: a\0b\r\nContent-Length: 2\r\n\r\nok`, 'header-line'],
    ['a chunk size that is none', `${chunked}0x2\r\nok\r\n0\r\n\r\n`, 'chunk'],
    ['a chunk as large as the earth', `${chunked}ffffffffffffff\r\nok`, 'chunk'],
    ['a chunk size without an end', `${chunked}${'1;'.repeat(10_000)}`, 'chunk'],
  ]
  it.each(cases)('%s', async (_reason, answer, how) => {
    const fault = fact('response-malformed', { how })
    expect(await seenBy({ http: await says(answer) })).toMatchObject({ outcome: 'down', fault })
  })

  it('a header behind CR alone is one as to Chromium', async () => {
    const seen = await seenBy({ http: await says(`${OK}X-A: b\rContent-Length: 9\r\n\r\nok`) })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('body-cut-short') })
  })

  it('a header that a length of its own hides in a chunk of a body is none', async () => {
    const url = await says(`${chunked}2\r\nok\r\n0\r\n\r\n`)
    expect((await seenBy({ http: url, size: { min: 2, max: 2 } })).outcome).toBe('up')
  })
})

describe('headers', () => {
  it('of 256 KiB are read, of more are not', async () => {
    const answer = (bytes: number) =>
      `${OK}Content-Security-Policy: ${'a'.repeat(bytes)}\r\nContent-Length: 2\r\n\r\nok`
    expect(await seenBy({ http: await says(answer(250_000)) })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: await says(answer(262_144)) })).toMatchObject({
      outcome: 'down',
      fault: fact('headers-too-large'),
    })
  })

  it('may be as long behind the chunks', async () => {
    const trailer = (bytes: number) => `${chunked}2\r\nok\r\n0\r\nX-A: ${'a'.repeat(bytes)}\r\n\r\n`
    expect(await seenBy({ http: await says(trailer(250_000)), contains: 'ok' })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: await says(trailer(262_144)), contains: 'ok' })).toMatchObject({
      outcome: 'down',
      fault: fact('response-malformed', { how: 'chunk' }),
    })
  })

  it('that come several times are one list, and a name of JavaScript’s own is one as any', async () => {
    const url = await says(`${OK}X-A: one\r\nx-a: two\r\n__proto__: p\r\nContent-Length: 0\r\n\r\n`)
    expect(await seenBy({ http: url, responseHeaders: { 'X-A': 'one, two', __proto__: true } })).toMatchObject({
      outcome: 'up',
    })
  })
})

describe('codings of a body', () => {
  const cases: [reason: string, coding: string, body: Buffer, fault?: object][] = [
    ['deflate as RFC 1951 has it, as many servers do', 'deflate', deflateRawSync('ok')],
    ['nothing at all, said to be gzip', 'gzip', Buffer.alloc(0)],
    ['a charset in the wrong place', 'utf-8', Buffer.from('ok')],
    ['a word that says that there is none', 'none', Buffer.from('ok')],
    ["what is left of an object's upload", 'aws-chunked', Buffer.from('ok')],
    ['two, one upon the other', 'gzip, br', brotliCompressSync(gzipSync('ok'))],
    ['one, and a word that is none', 'utf-8, gzip', gzipSync('ok')],
    ['one that not every Node decodes', 'zstd', Buffer.from('ok'), fact('encoding-unsupported', { encoding: 'zstd' })],
    [
      'more than anybody means',
      'gzip, gzip, gzip, gzip',
      Buffer.from('ok'),
      fact('encoding-unsupported', { encoding: 'gzip, gzip, gzip, gzip' }),
    ],
    ['gzip that is none', 'gzip', Buffer.from('ok'), fact('body-damaged', { how: 'damaged' })],
  ]
  it.each(cases)('%s', async (_reason, coding, body, fault) => {
    const head = `${OK}Content-Encoding: ${coding}\r\nContent-Length: ${body.length}\r\n\r\n`
    const needed = await seenBy({ http: await says(head, body), matches: body.length === 0 ? '^$' : '^ok$' })
    expect([needed.outcome, needed.fault]).toEqual(fault === undefined ? ['up', undefined] : ['down', fault])
    expect((await seenBy({ http: await says(head, body) })).outcome).toBe('up')
  })

  it('that unpack to more and more are given up', async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(40_000_000)))
    const inner = gzipSync(Buffer.alloc(40_000_000))
    expect(inner.length).toBeGreaterThan(bomb.length)
    const head = `${OK}Content-Encoding: gzip, gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`
    const seen = await seenBy({ http: await says(head, bomb), contains: 'needle' })
    expect(seen).toMatchObject({ outcome: 'down', fault: fact('body-lacks', { text: 'needle', isCut: true }) })
  })
})

describe("a page's own charset", () => {
  const GBK = Buffer.from([0xb5, 0xc7, 0xc2, 0xbc]) // 登录
  const page = (before: string, after = '') => Buffer.concat([Buffer.from(before), GBK, Buffer.from(after)])
  const cases: [reason: string, type: string, body: Buffer, keys: object][] = [
    ['<meta>', 'text/html', page('<head><meta charset="gb2312"></head>'), { contains: '登录' }],
    [
      'the older <meta>',
      'text/html',
      page('<meta http-equiv=Content-Type content="text/html; charset=gbk">'),
      { contains: '登录' },
    ],
    ['XML', 'text/xml', page('<?xml version="1.0" encoding="GB18030"?><a>', '</a>'), { contains: '登录' }],
    ['a header counts before a page', 'text/html; charset=gbk', page('<meta charset="utf-8">'), { contains: '登录' }],
    [
      'a comment says nothing',
      'text/html',
      page('<!-- <meta charset="big5"> --><meta charset=gbk>'),
      { contains: '登录' },
    ],
    ['nobody says anything', 'text/plain', page(''), { contains: '登录' }],
    ['JSON that says so', 'application/json;charset=GBK', page('{"a":"', '"}'), { json: { '$.a': '登录' } }],
    ['JSON that does not', 'application/json', page('{"a":"', '"}'), { json: { '$.a': '登录' } }],
    ['UTF-8 stays UTF-8', 'text/html', Buffer.from('登录'), { contains: '登录' }],
    ['UTF-16 with its mark', 'text/plain', Buffer.from('\ufeff登录', 'utf16le'), { contains: '登录' }],
  ]
  it.each(cases)('%s', async (_reason, type, body, keys) => {
    const url = await says(`${OK}Content-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n`, body)
    expect(await seenBy({ http: url, ...keys })).toMatchObject({ outcome: 'up' })
  })
})

describe('numbers that are written as texts', () => {
  const body = '{"value":[1676481020,"217.2"],"inf":"+Inf","word":"many"}'
  const cases: [reason: string, path: string, bounds: object, fault?: object][] = [
    ['as Prometheus does', '$.value[1]', { max: 400 }],
    ['over the limit', '$.value[1]', { max: 200 }, fact('json-above', { path: '$.value[1]', found: 217.2, max: 200 })],
    ['no number that JSON knows', '$.inf', { min: 1 }, fact('json-not-a-number', { path: '$.inf', found: '+Inf' })],
    ['a word', '$.word', { min: 1 }, fact('json-not-a-number', { path: '$.word', found: 'many' })],
  ]
  it.each(cases)('%s', async (_reason, path, bounds, fault) => {
    const url = await says(`${OK}Content-Length: ${body.length}\r\n\r\n${body}`)
    const seen = await seenBy({ http: url, json: { [path]: bounds } })
    expect([seen.outcome, seen.fault]).toEqual(fault === undefined ? ['up', undefined] : ['down', fault])
  })
})
