import { describe, expect, it } from 'vitest'
import { cookieHeader, keepCookies } from '../../../shared/checks/http/cookies.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { seenBy, someIo } from '../records.ts'
import { httpTarget } from '../targets.ts'

const NOW = Date.parse('2026-11-28T00:00:00Z')

describe('a site that looks whether its cookie comes back', () => {
  it('is up, and the next look begins without one', async () => {
    const got: (string | undefined)[] = []
    const url = await httpTarget((request, response) => {
      got.push(request.headers.cookie)
      if (request.headers.cookie === undefined)
        response.writeHead(302, { location: '/', 'set-cookie': ['seen=1; Path=/', 'lang=zh'] }).end()
      else response.end('ok')
    })
    expect(await seenBy({ http: url, contains: 'ok' })).toMatchObject({ outcome: 'up' })
    expect(await seenBy({ http: url, contains: 'ok' })).toMatchObject({ outcome: 'up' })
    expect(got).toEqual([undefined, 'seen=1; lang=zh', undefined, 'seen=1; lang=zh'])
  })

  it('gets what is configured as well, but for what it has set anew', async () => {
    const got: (string | undefined)[] = []
    const url = await httpTarget((request, response) => {
      got.push(request.headers.cookie)
      if (request.url === '/in') response.end()
      else response.writeHead(302, { location: '/in', 'set-cookie': 'session=new' }).end()
    })
    const headers = { Cookie: `\${SESSION}; theme=dark` }
    expect(await seenBy({ http: url, headers }, someIo({ SESSION: 'session=old' }))).toMatchObject({ outcome: 'up' })
    expect(got).toEqual(['session=old; theme=dark', 'theme=dark; session=new'])
  })

  it('is in a loop when the same cookie brings the same redirect', async () => {
    const url = await httpTarget(
      (_request, response) => void response.writeHead(302, { location: '/', 'set-cookie': 'seen=1' }).end(),
    )
    expect(await seenBy({ http: url })).toMatchObject({ outcome: 'down', fault: fact('redirect-loop') })
  })

  it('is up when it knows its visitor by the address, and the redirect to itself ends', async () => {
    let count = 0
    const url = await httpTarget((_request, response) => {
      count++
      response.writeHead(count < 3 ? 302 : 200, { location: '/' }).end()
    })
    expect(await seenBy({ http: url })).toMatchObject({ outcome: 'up' })
  })

  it('with another cookie each time comes to the most redirects', async () => {
    let count = 0
    const url = await httpTarget(
      (_request, response) => void response.writeHead(302, { location: '/', 'set-cookie': `seen=${++count}` }).end(),
    )
    expect(await seenBy({ http: url })).toMatchObject({ outcome: 'down', fault: fact('redirects-over', { max: 5 }) })
  })
})

describe('which cookies are sent where (RFC 6265)', () => {
  const cases: [reason: string, line: string, from: string, to: string, sent: string | undefined][] = [
    ['to the host that set it', 'a=1', 'https://pay.example.com/x', 'https://pay.example.com/y', 'a=1'],
    ['to no other', 'a=1', 'https://pay.example.com/', 'https://www.example.com/', undefined],
    [
      'to hosts of its domain',
      'a=1; Domain=.example.com',
      'https://pay.example.com/',
      'https://www.example.com/',
      'a=1',
    ],
    ['not of a domain of others', 'a=1; Domain=other.com', 'https://pay.example.com/', 'https://other.com/', undefined],
    ['not of all domains', 'a=1; Domain=com', 'https://pay.example.com/', 'https://other.com/', undefined],
    ['addresses have no domains', 'a=1; Domain=0.0.1', 'http://127.0.0.1/', 'http://10.0.0.1/', undefined],
    ['on any port', 'a=1', 'http://127.0.0.1:80/', 'http://127.0.0.1:8080/', 'a=1'],
    ['below its path', 'a=1; Path=/in', 'https://e.com/', 'https://e.com/in/x', 'a=1'],
    ['not beside it', 'a=1; Path=/in', 'https://e.com/', 'https://e.com/inside', undefined],
    ['below where it was set, without one', 'a=1', 'https://e.com/login/form', 'https://e.com/login/ok', 'a=1'],
    ['and not above', 'a=1', 'https://e.com/login/form', 'https://e.com/', undefined],
    ['one for TLS alone not without', 'a=1; Secure', 'https://e.com/', 'http://e.com/', undefined],
    ['one of the future', 'a=1; Expires=Wed, 09 Jun 2100 10:18:14 GMT', 'https://e.com/', 'https://e.com/', 'a=1'],
    ['none of the past', 'a=1; Expires=Wed, 09 Jun 2021 10:18:14 GMT', 'https://e.com/', 'https://e.com/', undefined],
    ['none that is over at once', 'a=1; Max-Age=0', 'https://e.com/', 'https://e.com/', undefined],
    ['a value with an equals sign', 'a=b=c', 'https://e.com/', 'https://e.com/', 'a=b=c'],
    ['none without a name', '=1', 'https://e.com/', 'https://e.com/', undefined],
    ['none without a value', 'a; Path=/', 'https://e.com/', 'https://e.com/', undefined],
    ['none that no request can carry', 'a=\x01', 'https://e.com/', 'https://e.com/', undefined],
    ['one whose attributes are long', `a=1; Comment=${'x'.repeat(5_000)}`, 'https://e.com/', 'https://e.com/', 'a=1'],
    ['none that is longer than browsers keep', `a=${'x'.repeat(5_000)}`, 'https://e.com/', 'https://e.com/', undefined],
  ]
  it.each(cases)('%s', (_reason, line, from, to, sent) => {
    expect(cookieHeader(keepCookies([], new URL(from), [line], NOW), new URL(to), undefined)).toBe(sent)
  })

  it('the last value of a name counts, and one that is over takes it away', () => {
    const url = new URL('https://e.com/')
    const jar = keepCookies([], url, ['a=1', 'a=2', 'b=1', 'b=; Max-Age=0'], NOW)
    expect(cookieHeader(jar, url, undefined)).toBe('a=2')
  })

  it('fifty at most are kept', () => {
    const url = new URL('https://e.com/')
    const lines = Array.from({ length: 1_000 }, (_, index) => `n${index}=1`)
    expect(keepCookies([], url, lines, NOW)).toHaveLength(50)
  })
})
