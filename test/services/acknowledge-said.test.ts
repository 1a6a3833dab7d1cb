import { expect, it } from 'vitest'
import { type UrlAnswer, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { answerLink } from '../../shared/engine/answers/answer-link.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { timelineText } from '../../shared/messages/timeline.ts'
import { readTimeline } from '../../shared/store/incidents.ts'
import { Region, twoRegions } from '../engine/regions/regions-world.ts'
import { directory, PathWorld } from '../engine/world.ts'

type Sending = { form?: Record<string, string>; cookies?: string[]; accepts?: string; elsewhere?: string[] }

/** Somebody opens a link, or sends its form, in a browser that prefers a language. */
function send(world: PathWorld, t: string, { form, cookies = [], accepts, elsewhere = [] }: Sending = {}) {
  const request = urlRequestOf({
    ...{ rawPath: '/ack', rawQueryString: `t=${t}`, cookies },
    headers: accepts === undefined ? {} : { 'accept-language': accepts },
    requestContext: { http: { method: form === undefined ? 'GET' : 'POST', sourceIp: '198.51.100.9' } },
    ...(form && { body: new URLSearchParams({ t, ...form }).toString() }),
  })
  const deps = {
    secret: 'secret',
    language: world.config.language,
    directory: async () => world.directory ?? directory,
    elsewhere: async () => elsewhere,
  }
  const peers = world instanceof Region && { peers: world.peers }
  return answerLink(request, deps, { ...world.io(), ...peers })
}

const languageOf = ({ body }: UrlAnswer) => /<html lang="(\w+)">/.exec(body)?.[1]

/** `web` of `pay` is down, in a deployment whose language is English; Lin may have one of her own. */
async function paging(lins?: Language) {
  const world = new PathWorld()
  world.config.language = 'en'
  const { lin } = directory.contacts
  const contacts = { ...directory.contacts, lin: { ...lin, name: '林悦', ...(lins && { language: lins }) } }
  world.directory = { ...directory, contacts }
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const link = { incident: 'pay#1#web', expiresAt: world.now + LINK_MS }
  return { world, own: signLink({ ...link, contact: 'lin' }, 'secret'), group: signLink(link, 'secret') }
}

it.each([
  { lins: undefined, accepts: 'zh-CN,zh;q=0.9,en;q=0.8', own: 'zh', group: 'zh', why: 'the browser’s' },
  { lins: undefined, accepts: 'fr-FR', own: 'en', group: 'en', why: 'the deployment’s, where that is none of ours' },
  { lins: 'zh', accepts: 'en-US', own: 'zh', group: 'en', why: 'hers by her own link, as her messages are' },
] as const)('the page is in $why', async ({ lins, accepts, ...expected }) => {
  const { world, own, group } = await paging(lins)

  expect(languageOf(await send(world, own, { accepts }))).toBe(expected.own)
  expect(languageOf(await send(world, group, { accepts }))).toBe(expected.group)
  expect(languageOf(await send(world, 'garbled', { accepts }))).toBe(expected.group)
})

it('whose trouble is over, and has come again, is told that; whose day is over is told that', async () => {
  const { world, own } = await paging()
  world.now += 60_000
  await world.alert('resolve')
  world.now += 60_000
  await world.alert('trigger')
  const over = await send(world, own)
  expect([over.statusCode, over.body.includes('has a link of its own')]).toEqual([410, true])

  world.now += LINK_MS
  const expired = await send(world, own)
  expect([expired.statusCode, expired.body.includes('holds for a day')]).toEqual([410, true])
})

it('what this region has not heard of is told so, with the region that has sent it and the way to the others', async () => {
  const { regions, a, b } = await twoRegions()
  b.config.language = 'en'
  regions.cut()
  await a.alert('trigger')
  await regions.until('02:15:20')
  const token = a.link()
  const page = await send(b, token, { elsewhere: ['https://a.example.com'] })

  expect(page.statusCode).toBe(404)
  expect(page.body).toContain(`${a.name} has sent this link. Its incident is not known here yet`)
  expect(page.body).toContain(`<a href="https://a.example.com/ack?t=${token}">a.example.com</a>`)
  expect(page.body).not.toContain('expired')
})

it('who silences is told which region could not be told of it, and what that means', async () => {
  const { regions, a, b } = await twoRegions()
  for (const { config } of [a, b]) config.language = 'en'
  await regions.alert('trigger')
  await regions.until('02:15:10')
  const form = { contact: 'lin', do: 'silence' }
  const missed = (name: string) => `${name} could not be told: what calls there stops within a minute of being reached.`

  expect((await send(b, b.link(), { form })).body).not.toContain('could not be told')
  regions.cut()
  expect((await send(b, b.link(), { form })).body).toContain(missed(a.name))
  expect((await send(a, a.link(), { form })).body).toContain(missed(b.name))
})

it('a silence by a group’s link says so to the group, and whom the same browser was before', async () => {
  const { world, group } = await paging()
  const first = await send(world, group, { form: { contact: 'wang', do: 'silence' } })
  const cookies = (first.cookies ?? []).map((cookie) => cookie.split(';', 1)[0] ?? '')
  await world.settle()
  const told = world.messages.find(({ message }) => message.notice.kind === 'paused')?.message.notice
  expect(told?.pause).toMatchObject({ code: 'silenced', args: { by: '王磊', picked: {} } })

  await world.until('03:20')
  await send(world, group, { form: { contact: 'lin', do: 'silence' }, cookies })
  await world.settle()
  const said = (await readTimeline({ project: 'pay', groupKey: 'web' }, world.io()))
    .filter(({ kind }) => kind === 'paused')
    .map((entry) => timelineText(entry, 'zh', 'Asia/Shanghai'))
  expect(said).toHaveLength(2)
  expect(said[0]).toContain('（群内链接，自选姓名）')
  expect(said[1]).toContain('林悦')
  expect(said[1]).toContain('同一浏览器此前选的是王磊')
})

it('one’s own link’s silence, and that of a card, say nothing of a name that was picked', async () => {
  const { world, own } = await paging()
  await send(world, own, { form: { contact: 'lin', do: 'silence' } })
  await world.settle()

  expect(world.incident().escalation.pause?.cause.args).not.toHaveProperty('picked')
})

it('what a sender says at length is folded, and the button is in sight', async () => {
  const { world, own } = await paging()
  await world.alert('trigger', { dedupKey: 'long', summary: '长'.repeat(1_000) })
  await world.settle()
  const token = signLink({ incident: 'pay#1#long', expiresAt: world.now + LINK_MS, contact: 'lin' }, 'secret')

  expect((await send(world, token)).body).toMatch(
    /<details class="whole"><summary>[^<]{200}<\/summary><p>[^<]*长{1000}<\/p><\/details>/,
  )
  expect((await send(world, own)).body).not.toContain('class="whole"')
})
