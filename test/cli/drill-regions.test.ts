import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type IncidentKey, PROMISE_MS, people, type Region, regions } from '../../cli/drill/regions/cast.ts'
import { startWayOut } from '../../cli/drill/regions/links.ts'
import { judge } from '../../cli/drill/regions/promise.ts'
import type { RegionEvent } from '../../cli/drill/regions/stage.ts'
import { failuresOf, lineOf, summaryOf } from '../../cli/drill/regions/tell.ts'

const [first, second] = regions
const lin = people[0]?.phone ?? ''
const wang = people[1]?.phone ?? ''

const sent = (at: number, incident: IncidentKey): RegionEvent => ({ at, type: 'alert', incident, is: 'sent' })
const ring = (at: number, region: Region, call: string, phone = lin): RegionEvent => ({
  at,
  type: 'ring',
  region,
  call,
  phone,
})
const ended = (at: number, region: Region, call: string, phone = lin): RegionEvent => ({
  at,
  type: 'ended',
  region,
  call,
  phone,
})
const taken = (at: number, region: Region, incident: IncidentKey): RegionEvent => {
  const action = { at, via: 'phone' as const, by: { contact: 'lin', name: 'Lin Yue' }, key: '1' as const }
  return { at, type: 'entry', region, incident, entry: { at, generation: 1, kind: 'acknowledged', action } }
}
const region = (at: number, name: Region, is: 'started' | 'killed'): RegionEvent => ({
  at,
  type: 'region',
  region: name,
  is,
})

/** A rehearsal as it should go. */
const good = (): RegionEvent[] => [
  region(0, first, 'started'),
  region(0, second, 'started'),
  sent(1_000, 'both-well'),
  ring(1_500, first, 'a1'),
  ended(2_500, first, 'a1'),
  taken(2_500, first, 'both-well'),
  taken(2_600, second, 'both-well'),
  sent(10_000, 'first-killed'),
  ring(10_500, first, 'a2'),
  region(11_000, first, 'killed'),
  ring(46_000, second, 'b2'),
  ended(48_000, second, 'b2'),
  taken(48_000, second, 'first-killed'),
  region(60_000, first, 'started'),
  taken(61_000, first, 'first-killed'),
  { at: 70_000, type: 'link', is: 'cut' },
  sent(70_100, 'apart'),
  ring(70_500, first, 'a3'),
  ring(75_500, second, 'b3'),
  ended(77_000, second, 'b3'),
  taken(77_000, second, 'apart'),
  { at: 78_000, type: 'link', is: 'mended' },
  taken(83_000, first, 'apart'),
  ended(84_000, first, 'a3'),
]
const but = (...changes: { without?: (event: RegionEvent) => boolean; and?: RegionEvent[] }[]) =>
  changes
    .reduce((events, { without = () => false, and = [] }) => [...events.filter((one) => !without(one)), ...and], good())
    .toSorted((a, b) => a.at - b.at)
const isCall = (call: string) => (event: RegionEvent) => 'call' in event && event.call === call

describe('the promise of two regions', () => {
  it('held: one call, and one more for the loss and for the cut', () => {
    expect(judge(good())).toEqual({
      ok: true,
      takeoverMs: 35_000,
      learntMs: 1_000,
      metMs: 5_000,
      calls: [
        { incident: 'both-well', byRegion: { [first]: 1 } },
        { incident: 'first-killed', byRegion: { [first]: 1, [second]: 1 } },
        { incident: 'apart', byRegion: { [first]: 1, [second]: 1 } },
      ],
      broken: [],
    })
  })

  it.each<[string, RegionEvent[], object]>([
    [
      'nobody takes over from a region that is killed',
      but({ without: isCall('b2') }),
      { what: 'late', incident: 'first-killed', ms: null },
    ],
    [
      'that is taken over too late',
      but({ without: ({ at }) => at > 11_000, and: [ring(11_001 + PROMISE_MS, second, 'b2')] }),
      { what: 'late', incident: 'first-killed', ms: PROMISE_MS + 1 },
    ],
    [
      'both call while both are well',
      but({ and: [ring(1_600, second, 'b1'), ended(1_700, second, 'b1')] }),
      { what: 'too many calls', incident: 'both-well', phone: lin, calls: 2, most: 1 },
    ],
    [
      'somebody is called a third time for one cut',
      but({ and: [ring(76_000, second, 'b4'), ended(76_500, second, 'b4')] }),
      { what: 'too many calls', incident: 'apart', phone: lin, calls: 3, most: 2 },
    ],
    [
      'a region that comes back calls although it knows that somebody has it',
      but({ and: [ring(61_500, first, 'a4', wang), ended(61_600, first, 'a4', wang)] }),
      { what: 'called in vain', incident: 'first-killed', region: first, phone: wang, ms: 600 },
    ],
    [
      'a phone rings on when its region knows',
      but({ without: ({ type, at }) => type === 'ended' && at === 84_000 }),
      { what: 'called in vain', incident: 'apart', region: first, phone: lin, ms: Number.POSITIVE_INFINITY },
    ],
  ])('is broken when %s', (_, events, broken) => {
    expect(judge(events)).toMatchObject({ ok: false, broken: expect.arrayContaining([broken]) })
  })

  it('is told in both languages, with what was waited for in vain first', () => {
    const events = but({ without: isCall('b2') })
    const stuck = { for: 'acknowledged', region: second, incident: 'first-killed' } as const
    const told = (language: 'en' | 'zh') =>
      summaryOf(judge(events), failuresOf({ events, stuck }, language), language).split('\n')
    expect(told('en')).toEqual([
      'The promise was BROKEN:',
      '  waited in vain: ap-northeast-1 knowing that somebody has it: the first is killed',
      '  the first is killed: nobody was called in time (never)',
    ])
    expect(told('zh')).toEqual([
      '没有守住承诺：',
      '  白等了：ap-northeast-1 得知已有人处理：第一个被杀掉',
      '  第一个被杀掉：没有及时呼叫任何人（没有）',
    ])
    expect(summaryOf(judge(good()), [], 'en').split('\n')[0]).toBe('The promise held: 5 calls.')
  })

  it('stands in two columns, one for each region', () => {
    const lines = [taken(2_500, first, 'both-well'), taken(2_600, second, 'both-well')].map((event) =>
      lineOf(event, 0, 'en'),
    )
    expect(lines[0]).toBe('   2.50 s  Lin Yue has it (pressed 1 on the phone)')
    expect(lines[1]).toBe(`   2.60 s  ${' '.repeat(48)}Lin Yue has it (pressed 1 on the phone)`)
  })

  it('says a sentence to its end, on more lines where a column is too narrow for it', () => {
    const by = { contact: 'lin', name: 'Lin Yue who is on call for both regions at once' }
    const action = { at: 2_500, via: 'phone' as const, by, key: '1' as const }
    const entry = { at: 2_500, generation: 1, kind: 'acknowledged' as const, action }
    const line = lineOf({ at: 2_500, type: 'entry', region: second, incident: 'apart', entry }, 0, 'en')
    expect(line?.split('\n')).toEqual([
      `   2.50 s  ${' '.repeat(48)}Lin Yue who is on call for both regions at`,
      `${' '.repeat(59)}once has it (pressed 1 on the phone)`,
    ])
  })
})

describe('the way out of a region', () => {
  const signedFor = (region: string, service: string) => ({
    authorization: `AWS4-HMAC-SHA256 Credential=AKID/20261129/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`,
  })

  async function listening(): Promise<{ url: string; heard: string[] }> {
    const heard: string[] = []
    const server: Server = createServer(async (incoming, response) => {
      heard.push(`${incoming.method} ${incoming.url} ${incoming.headers.host} ${await text(incoming)}`)
      response.writeHead(200, { 'x-from': 'there' }).end('taken')
    })
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
    onTestFinished(() => void server.close())
    return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard }
  }

  async function wayTo(addresses: Record<string, string>) {
    const way = await startWayOut((region, service) => addresses[`${region}/${service}`])
    onTestFinished(() => way.stop())
    const post = (region: string, service: string) =>
      fetch(`${way.url}/queue`, {
        method: 'POST',
        headers: signedFor(region, service),
        body: 'news',
        signal: AbortSignal.timeout(200),
      })
    return { way, post }
  }

  it('leads to the region and service that a request is signed for, with the host that was signed', async () => {
    const there = await listening()
    const { way, post } = await wayTo({ [`${second}/sqs`]: there.url })
    const answer = await post(second, 'sqs')
    expect([answer.status, answer.headers.get('x-from'), await answer.text()]).toEqual([200, 'there', 'taken'])
    expect(there.heard).toEqual([`POST /queue ${new URL(way.url).host} news`])
  })

  it('breaks the connection to a region that is not there', async () => {
    const { post } = await wayTo({ [`${second}/sqs`]: 'http://127.0.0.1:1' })
    await expect(post(first, 'sqs')).rejects.toThrow('fetch failed')
    await expect(post(second, 'sqs')).rejects.toThrow('fetch failed')
  })

  it('neither delivers nor answers while it is cut', async () => {
    const there = await listening()
    const { way, post } = await wayTo({ [`${second}/sqs`]: there.url })
    way.isCut = true
    await expect(post(second, 'sqs')).rejects.toThrow(/timeout/)
    way.isCut = false
    await post(second, 'sqs')
    expect(there.heard).toHaveLength(1)
  })
})
