import { expect, it } from 'vitest'
import { type UrlAnswer, urlRequestOf } from '../../shared/clouds/aws/function-url.ts'
import { answerLink } from '../../shared/engine/answers/answer-link.ts'
import { makeSilence } from '../../shared/engine/console/make-silence.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import { LINK_MS, signLink } from '../../shared/incidents/acknowledge-link.ts'
import { readAudit } from '../../shared/store/audit.ts'
import { readSilences } from '../../shared/store/silences.ts'
import { directory, PathWorld } from '../engine/world.ts'

/** `web` of `pay` is down and Lin is being called; `own` is Lin's link, `group` the robot's. */
async function paging() {
  const world = new PathWorld()
  world.config.language = 'en'
  await world.alert('trigger', { title: '收银台' })
  await world.settle()
  const link = { incident: 'pay#1#web', expiresAt: world.now + LINK_MS }
  const deps = {
    secret: 'secret',
    language: world.config.language,
    directory: async () => world.directory ?? directory,
  }
  const send = (method: string, t: string, form?: Record<string, string>): Promise<UrlAnswer> => {
    const request = urlRequestOf({
      ...{ rawPath: '/ack', rawQueryString: `t=${t}`, requestContext: { http: { method, sourceIp: '198.51.100.9' } } },
      ...(form && { body: new URLSearchParams({ t, ...form }).toString() }),
    })
    return answerLink(request, deps, world.io())
  }
  const silences = () => readSilences(world.io())
  return {
    world,
    send,
    silences,
    own: signLink({ ...link, contact: 'lin' }, 'secret'),
    group: signLink(link, 'secret'),
  }
}

it('one’s own link silences for an hour by one press, without a script, calls nobody until then, and calls again what still burns', async () => {
  const { world, send, silences, own } = await paging()
  const form = /<form method="post" action="ack">(?:(?!<\/form>).)*value="silence".*?<\/form>/.exec(
    (await send('GET', own)).body,
  )?.[0]
  expect(form).toContain('name="contact" value="lin"')
  const { body, statusCode } = await send('POST', own, { contact: 'lin', do: 'silence' })

  expect([statusCode, body.includes('林悦 has silenced it for 1 h')]).toEqual([200, true])
  expect(body).not.toContain('value="silence"')
  expect(await silences()).toMatchObject([{ by: '林悦', endsAt: world.now + 3_600_000 }])
  const calls = world.calls.length
  await world.settle()
  expect(world.incident()).toMatchObject({ status: 'open', escalation: { phase: 'paused' } })
  const later = (await send('GET', own)).body
  expect(later).toContain('It is silenced')
  expect(later).toMatch(/name="contact" value="lin">/)
  expect(later).not.toContain('value="silence"')
  const minute = async (time: string) => {
    await world.until(time)
    await watch({ config: { ...world.config, checks: [] }, backlog: world.backlog, deadLetters: [] }, world.io())
    await world.settle()
  }
  // Watch goes on with what waits for longer than a queue keeps a message back.
  for (const time of ['02:40', '03:04', '03:12']) await minute(time)
  expect(world.calls.slice(calls).filter((call) => !call.includes('stop'))).toEqual([])
  await minute('03:14')
  expect(world.calls.slice(calls)).toContainEqual(expect.stringContaining('+8613800000001'))
})

it('a link says of planned work that it is under maintenance, and of no silence', async () => {
  const { world, send, own } = await paging()
  const matchers = [[{ name: 'key', is: '=' as const, value: 'web' }]]
  const work = { id: 'work', matchers, startsAt: world.now, endsAt: world.now + 3_600_000, changedAt: world.now }
  await makeSilence({ ...work, by: '林悦', comment: 'upgrade', maintenance: true }, world.io())
  await world.settle()
  const { body } = await send('GET', own)

  expect(body).toContain('It is under maintenance, and calls nobody for now.')
  expect(body).not.toContain('silenced')
})

it('a group’s link asks who does so; who is nobody silences nothing', async () => {
  const { send, silences, group } = await paging()
  expect((await send('GET', group)).body).toMatch(/<select name="contact" required>.*<option value="wang">王磊</)
  for (const contact of ['', 'ghost'])
    expect((await send('POST', group, { contact, do: 'silence' })).statusCode).toBe(400)
  expect(await silences()).toEqual([])
  await send('POST', group, { contact: 'wang', do: 'silence' })
  expect(await silences()).toMatchObject([{ by: '王磊' }])
})

it('who presses while it is silent already is not told that an hour begins, and a name is shown as it is written', async () => {
  const { world, send, silences, own, group } = await paging()
  world.directory = { ...directory, contacts: { ...directory.contacts, rd: { name: 'R&D <东>' } } }
  const first = await send('POST', group, { contact: 'rd', do: 'silence' })
  expect(first.body).toContain('R&amp;D &lt;东&gt; has silenced it for 1 h')
  await world.until('03:00')
  const { body } = await send('POST', own, { contact: 'lin', do: 'silence' })
  expect([body.includes('It is silenced'), body.includes('has silenced it')]).toEqual([true, false])
  expect(await silences()).toMatchObject([{ by: 'R&D <东>' }])
})

it('it stands in the audit with its address, and is not done while that can’t be written', async () => {
  const { world, send, silences, own } = await paging()
  const put = world.incidents.put.bind(world.incidents)
  world.incidents.put = async (rows) =>
    rows.some(({ pk }) => pk.startsWith('audit#')) ? Promise.reject(new Error('throttled')) : put(rows)
  expect((await send('POST', own, { contact: 'lin', do: 'silence' })).statusCode).toBe(503)
  expect(await silences()).toEqual([])

  world.incidents.put = put
  await send('POST', own, { contact: 'lin', do: 'silence' })
  expect(await readAudit(world.now, 10, world.io())).toMatchObject([
    { who: 'lin', via: 'link', action: 'silence', from: '198.51.100.9', status: 200 },
  ])
})

it('what is over, or somebody has, is not silenced by its link', async () => {
  const { world, send, silences, own } = await paging()
  await send('POST', own, { contact: 'lin' })
  expect((await send('GET', own)).body).not.toContain('value="silence"')
  await world.alert('resolve', { at: world.now })
  const { body } = await send('POST', own, { contact: 'lin', do: 'silence' })
  expect(body).not.toContain('has silenced it')
  expect(await silences()).toEqual([])
})
