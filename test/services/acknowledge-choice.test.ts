import { describe, expect, it } from 'vitest'
import { answerWeb } from '../../services/acknowledge/web.ts'
import { type UrlAnswer, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { CHOICE_MS, signChoice } from '../../shared/incidents/link-choice.ts'
import { viaText } from '../../shared/messages/action-words.ts'
import { directory, PathWorld } from '../engine/world.ts'

/** A browser, which keeps cookies as RFC 6265bis has it: a `__Host-` one only if it is Secure, for all paths and no domain. */
class Browser {
  readonly cookies = new Map<string, string>()
  readonly #world: PathWorld

  constructor(world: PathWorld) {
    this.#world = world
  }

  async send(method: 'GET' | 'POST', token: string, contact?: string): Promise<UrlAnswer> {
    const body = new URLSearchParams({ t: token, ...(contact === undefined ? {} : { contact }) }).toString()
    const request = urlRequestOf({
      rawPath: '/ack',
      rawQueryString: method === 'GET' ? `t=${token}` : '',
      cookies: ['theme=dark', ...[...this.cookies].map(([name, value]) => `${name}=${value}`)],
      requestContext: { http: { method } },
      ...(method === 'GET' ? {} : { body }),
    })
    const told = { language: 'zh', timezone: 'Asia/Shanghai', projects: [] } as const
    const deps = { secret: 'secret', channels: {}, env: {}, directory: async () => directory, ...told }
    const answer = await answerWeb(request, deps, this.#world.io())
    for (const cookie of answer.cookies ?? []) this.#keep(cookie)
    return answer
  }

  #keep(cookie: string): void {
    const [pair = '', ...attributes] = cookie.split('; ')
    expect(attributes).toEqual(['Path=/', `Max-Age=${CHOICE_MS / 1_000}`, 'Secure', 'HttpOnly', 'SameSite=Lax'])
    expect(pair).toMatch(/^__Host-[\w-]+=[\w.-]+$/)
    this.cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1))
  }
}

async function paging(): Promise<{ world: PathWorld; group: string; own: string }> {
  const world = new PathWorld()
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return { world, group: linkOf(world), own: linkOf(world, 'lin') }
}

function linkOf(world: PathWorld, contact?: string, generation = 1): string {
  const link = { incident: `pay#${generation}#web`, expiresAt: world.now + LINK_MS }
  return signLink(contact === undefined ? link : { ...link, contact }, 'secret')
}

/** The next trouble with the same thing; its group's link. */
async function again(world: PathWorld): Promise<string> {
  world.now += 60_000
  await world.alert('resolve')
  world.now += 60_000
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  return linkOf(world, undefined, 2)
}

const buttons = (body: string) =>
  [...body.matchAll(/<button name="contact" value="([^"]*)"/g)].map(([, value]) => value)
const shown = ({ body }: UrlAnswer) => buttons(body.replace(/<details>.*<\/details>/, ''))
const astray = ({ body }: UrlAnswer) => buttons(/<details>.*<\/details>/.exec(body)?.[0] ?? '')

describe('a name that was picked by a group’s link', () => {
  it('is kept by the browser: the next time it alone is asked, and the others are a step away', async () => {
    const { world, group } = await paging()
    const browser = new Browser(world)
    expect(shown(await browser.send('GET', group))).toEqual(['lin', 'wang', 'tan'])
    await browser.send('POST', group, 'wang')

    const next = await browser.send('GET', await again(world))
    expect(shown(next)).toEqual(['wang'])
    expect(astray(next)).toEqual(['lin', 'tan'])
    expect(next.body).toContain('我不是王磊')
  })

  it('is told to the group as picked there', async () => {
    const { world, group } = await paging()
    await new Browser(world).send('POST', group, 'wang')
    expect(world.incident().acknowledged).toEqual({
      at: world.now,
      via: 'group-link',
      by: { contact: 'wang', name: '王磊' },
    })
    await world.settle()
    expect(world.texts).toContain('ops acknowledged')
  })

  it('that is another than before is told with both', async () => {
    const { world, group } = await paging()
    const browser = new Browser(world)
    await browser.send('POST', group, 'wang')
    await browser.send('POST', await again(world), 'lin')

    const { acknowledged = expect.unreachable('nobody has it') } = world.incident()
    expect(acknowledged).toMatchObject({ by: { contact: 'lin' }, before: { name: '王磊' } })
    expect(viaText(acknowledged, 'zh')).toBe('群内链接，自选姓名，同一浏览器此前选的是王磊')
    expect(viaText(acknowledged, 'en')).toBe('by the group’s link, name picked there, the same browser was 王磊 before')
    const asked = await browser.send('GET', await again(world).then(() => linkOf(world, undefined, 3)))
    expect(shown(asked)).toEqual(['lin'])
  })

  it('binds this browser alone', async () => {
    const { world, group } = await paging()
    await new Browser(world).send('POST', group, 'wang')
    expect(shown(await new Browser(world).send('GET', await again(world)))).toEqual(['lin', 'wang', 'tan'])
  })

  it.each([
    ['is forged', (at: number) => signChoice({ project: 'pay', contact: 'wang', expiresAt: at + 1_000 }, 'other')],
    [
      'is cut',
      (at: number) => signChoice({ project: 'pay', contact: 'wang', expiresAt: at + 1_000 }, 'secret').slice(0, -2),
    ],
    ['is none', () => 'wang'],
    [
      'is of another project',
      (at: number) => signChoice({ project: 'web', contact: 'wang', expiresAt: at + 1_000 }, 'secret'),
    ],
    ['is over', (at: number) => signChoice({ project: 'pay', contact: 'wang', expiresAt: at }, 'secret')],
    [
      'is of nobody any more',
      (at: number) => signChoice({ project: 'pay', contact: 'gone', expiresAt: at + 1_000 }, 'secret'),
    ],
    [
      'is a link in its place',
      (at: number) => signLink({ incident: 'pay#1#web', contact: 'wang', expiresAt: at + 1_000 }, 'secret'),
    ],
  ])('in a cookie that %s counts for nothing', async (_reason, cookie) => {
    const { world, group } = await paging()
    const browser = new Browser(world)
    browser.cookies.set('__Host-fenghuo-cGF5', cookie(world.now))
    expect(shown(await browser.send('GET', group))).toEqual(['lin', 'wang', 'tan'])
  })

  it('is not kept when there is no such name', async () => {
    const { world, group } = await paging()
    const browser = new Browser(world)
    await browser.send('POST', group, 'nobody')
    expect(browser.cookies.size).toBe(0)
  })
})

describe('one’s own link', () => {
  it('knows who it is for, whoever the browser was, and leaves no mark', async () => {
    const { world, group, own } = await paging()
    const browser = new Browser(world)
    browser.cookies.set(
      '__Host-fenghuo-cGF5',
      signChoice({ project: 'pay', contact: 'wang', expiresAt: world.now + 1_000 }, 'secret'),
    )
    const asked = await browser.send('GET', own)
    expect([shown(asked), astray(asked)]).toEqual([['lin'], []])

    const { cookies } = await browser.send('POST', own, 'lin')
    expect(cookies).toBeUndefined()
    expect(world.incident().acknowledged).toEqual({ at: world.now, via: 'link', by: { contact: 'lin', name: '林悦' } })
    expect(shown(await browser.send('GET', group))).toEqual([])
  })
})
