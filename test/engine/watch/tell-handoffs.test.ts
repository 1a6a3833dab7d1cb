import { describe, expect, it } from 'vitest'
import { watch } from '../../../shared/engine/watch/watch.ts'
import { factIn } from '../../../shared/messages/facts.ts'
import type { HandoffDuty } from '../../../shared/oncall/handoff-duty.ts'
import type { Schedule } from '../../../shared/oncall/plan.ts'
import { readIncident } from '../../../shared/store/incidents.ts'
import { directory, noticesIn, PathWorld, phones, policy } from '../world.ts'

const MINUTE = 60_000
const layers = ['sre', 'tan'].map((page) => ({ page: [page], calls: 2, ackTimeoutMs: 5 * MINUTE }))

/** Lin hands over to Wang at a time of day. `looks` has when rows were read. */
function worldOf(handoff: string, ...atHandoff: HandoffDuty[]) {
  const sre: Schedule = {
    rotation: ['wang', 'lin'],
    handoff,
    timezone: 'Asia/Shanghai',
    start: '2026-11-22',
    ...(atHandoff.length > 0 && { atHandoff }),
  }
  const looks: number[] = []
  const world = new PathWorld({ policies: { default: policy({ layers }) } })
  world.directory = { ...directory, schedules: { sre } }
  const read = async () => {
    looks.push(world.now)
    return world.directory
  }
  const people = { policies: world.config.policies, directory: read, timezone: 'UTC' }
  const look = () => watch({ config: world.config, backlog: world.backlog, deadLetters: [], people }, world.io())
  /** Each minute up to a time. */
  const live = async (time: string) => {
    for (const end = at(time); world.now < end; ) {
      await world.until(world.now + MINUTE)
      await look()
    }
    await world.settle()
  }
  const incidentOf = (project: string, groupKey: string) => readIncident({ project, groupKey }, world.io().incidents)
  return { world, look, live, incidentOf, looks }
}

const at = (time: string) => Date.parse(`${time}:00+08:00`)
const started = (handoff: string, ...duties: HandoffDuty[]) => {
  const all = worldOf(handoff, ...duties)
  all.world.now = at('2026-11-22T09:50')
  return all
}

describe('tell', () => {
  it('tells each robot once who has it now, and what is still open', async () => {
    const { world, live } = started('10:00', 'tell')
    await world.alert('trigger', { title: '收银台', severity: 'warning' })
    await live('2026-11-22T10:30')
    const told = world.messages.flatMap(noticesIn).filter(({ kind }) => kind === 'once')
    expect(told.map(({ project, fact }) => [project, fact && factIn('zh', fact)])).toEqual([
      ['pay', '排班 sre 由 王磊 值班，到 2026-11-23 10:00（此前 林悦）；未结束：#1001 收银台'],
    ])
    expect(world.calls).toEqual([])
  })

  it('tells those that only hand over to the schedule where nobody else pages it', async () => {
    const tells = async (policies: string[]) => {
      const { world, live } = started('10:00', 'tell')
      world.config.policies.others = policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: MINUTE }] })
      const { pay } = world.config.projects
      if (pay === undefined) throw new Error('no project')
      world.config.projects = Object.fromEntries(
        policies.map((one, at) => [`p${at}`, { ...pay, policy: one, handOver: ['default'], chat: ['ops'] }]),
      )
      await live('2026-11-22T10:30')
      return world.messages.flatMap(noticesIn).map(({ project }) => project)
    }
    expect(await tells(['others'])).toEqual(['p0'])
    expect(await tells(['others', 'default'])).toEqual(['p1'])
    expect(await tells(['default', 'others'])).toEqual(['p0'])
  })

  it('is nothing where nobody asked for it', async () => {
    const { world, live } = started('10:00')
    await live('2026-11-22T10:30')
    expect(world.texts).toEqual([])
  })
})

describe('rows', () => {
  it.each([
    ['once an hour where nothing is asked for', [], 0],
    ['each five minutes where something is', ['tell'] as const, 3 * 9],
  ])('are read %s', async (_, duties, reads) => {
    const { live, looks } = started('10:00', ...duties)
    await live('2026-11-22T10:49')
    // Gaps are looked for at each full hour.
    expect(looks.filter((time) => time > at('2026-11-22T10:00') + MINUTE)).toHaveLength(reads)
  })
})

/** Nobody is called before; then somebody is; once that is over nobody is called again, up to the hand-off. */
async function expectOnce({ world, live }: ReturnType<typeof started>, times: [string, string, string, string]) {
  const [before, called, over, handedOver] = times
  await live(before)
  expect(world.calls).toEqual([])
  await live(called)
  expect(world.calls).toHaveLength(1)
  await live(over)
  const calls = world.calls.length
  await live(handedOver)
  expect(world.calls).toHaveLength(calls)
}

describe('prove', () => {
  const key = (contact: string, time: string) => `fenghuo:proof:sre:${at(time)}:${contact}`

  it('calls who takes over, alone, and is over once they take it', async () => {
    const { world, live, incidentOf } = started('10:00', 'prove')
    await live('2026-11-22T10:01')
    expect(world.calls).toEqual([`connect ${phones.wang} line:person-${phones.wang}:1`])
    const groupKey = key('wang', '2026-11-22T10:00')
    await world.page({
      v: 1,
      kind: 'key',
      phoneHash: `person-${phones.wang}`,
      seq: 1,
      contactId: 'contact-1',
      key: '1',
      decision: 'acknowledged',
    })
    await live('2026-11-22T11:30')
    expect(await incidentOf('pay', groupKey)).toMatchObject({ status: 'resolved', resolved: { via: 'phone' } })
    expect(await incidentOf('fenghuo', 'fenghuo/reach-sre')).toBeUndefined()
    expect(world.calls).toHaveLength(1)
    expect(world.texts.filter((text) => text.startsWith('ops'))).toEqual([])
  })

  it('says so, by day, if nobody answers: a second call, and then an incident of our own', async () => {
    const { world, live, incidentOf } = started('10:00', 'prove')
    await live('2026-11-22T10:20')
    expect(await incidentOf('pay', key('wang', '2026-11-22T10:00'))).toMatchObject({ resolved: { via: 'unproven' } })
    expect(await incidentOf('fenghuo', 'fenghuo/reach-sre')).toMatchObject({
      status: 'open',
      severity: 'error',
      fact: { code: 'reach-unproven', args: { people: ['王磊'] } },
    })
    // Nobody is rung again for it.
    const calls = world.calls.length
    await live('2026-11-22T12:00')
    expect(world.calls).toHaveLength(calls)
  })

  it('that fails tells the groups, and by mail alone whoever comes in the next layer, once', async () => {
    const { world, live } = started('10:00', 'prove')
    const tan = { name: '谭', email: 'tan@example.com' }
    world.directory = { ...directory, ...world.directory, contacts: { ...directory.contacts, tan } }
    await live('2026-11-22T12:00')
    const told = world.texts.filter((text) => text.endsWith(' once'))
    expect(told.toSorted()).toEqual(['ops once', 'tan@example.com smtp once'])
    const mails = world.messages.filter(({ to }) => 'email' in to && to.email === tan.email)
    const once = mails.flatMap(noticesIn).filter(({ kind }) => kind === 'once')
    expect(once.map(({ fact }) => fact && factIn('en', fact))).toEqual([
      '王磊 could not be reached when taking over sre',
    ])
  })

  it('of a hand-off at night is made in the evening before', async () => {
    const all = started('02:00', 'prove')
    await expectOnce(all, ['2026-11-22T19:59', '2026-11-22T20:01', '2026-11-22T20:15', '2026-11-23T02:10'])
  })

  it('is by daylight on the own clock of whoever takes over', async () => {
    const all = started('10:00', 'prove')
    const { world } = all
    const { contacts } = directory
    const wang = { name: '王磊', phone: '+8613800000002', timezone: 'America/New_York' }
    world.directory = { ...directory, ...world.directory, contacts: { ...contacts, wang } }
    // 20:00 in New York, of a hand-off at 21:00 there.
    world.now = at('2026-11-22T08:50')
    await expectOnce(all, ['2026-11-22T08:59', '2026-11-22T09:01', '2026-11-22T09:20', '2026-11-22T10:10'])
  })

  it('of those of one evening is told as one: who took it does not hide who did not', async () => {
    const { world, live, incidentOf } = started('every 4 hours 02:00', 'prove')
    world.now = at('2026-11-22T19:50')
    await live('2026-11-22T20:01')
    await world.page({
      v: 1,
      kind: 'key',
      phoneHash: `person-${phones.wang}`,
      seq: 1,
      contactId: `contact-${world.calls.findIndex((call) => call.includes(`${phones.wang}`)) + 1}`,
      key: '1',
      decision: 'acknowledged',
    })
    await live('2026-11-22T20:59')
    const unproven = await incidentOf('fenghuo', 'fenghuo/reach-sre')
    expect(unproven).toMatchObject({ status: 'open', generation: 1, fact: { args: { people: ['林悦'] } } })
  })

  it('asks nothing of who was on call before and goes on', async () => {
    const { world, live } = started('18:00', 'prove')
    const overrides = [{ schedule: 'sre', add: 'tan', from: '2026-11-22 10:00', to: '2026-11-22 10:20' }]
    world.directory = { ...directory, ...world.directory, overrides }
    await live('2026-11-22T10:40')
    const placed = world.calls.filter((call) => !call.includes(' stop '))
    expect(placed.map((call) => call.split(':')[1])).toEqual([`person-${phones.tan}`, `person-${phones.tan}`])
  })

  it('that was held up until it could ring at night is given up', async () => {
    const { world, look, live, incidentOf } = started('10:00', 'prove')
    const step = { v: 1, kind: 'step', incident: `pay#1#${key('wang', '2026-11-22T10:00')}` } as const
    world.now = at('2026-11-22T10:00')
    await look()
    world.queue.length = 0
    world.now = at('2026-11-22T23:00')
    await world.page(step)
    expect(world.calls).toEqual([])
    expect(await incidentOf('pay', key('wang', '2026-11-22T10:00'))).toMatchObject({ resolved: { via: 'unproven' } })
    await live('2026-11-22T23:30')
    expect(world.calls).toEqual([])
  })

  it('of a policy that calls nobody is over at once, and says so', async () => {
    const { world, live, incidentOf } = started('10:00', 'prove')
    const channels = { critical: ['chat' as const], error: [], warning: [], info: [] }
    world.config.policies.default = policy({ layers, channels })
    await live('2026-11-22T10:01')
    expect(await incidentOf('pay', key('wang', '2026-11-22T10:00'))).toMatchObject({ resolved: { via: 'unproven' } })
  })
})
