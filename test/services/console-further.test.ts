import { beforeEach, describe, expect, it } from 'vitest'
import { readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld, policy } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const INCIDENT = '/incidents/1001'

const dba = policy({ layers: [{ page: ['tan'], calls: 1, ackTimeoutMs: 60_000 }] })
const chatOnly = policy({ channels: { critical: ['chat'], error: ['chat'], warning: ['chat'], info: [] } })

let world: PathWorld
let visitor: Visitor
/** `web` of `pay` is down, and may be handed over to two other policies; so is something of `shop`, as #1002. */
beforeEach(async () => {
  world = new PathWorld({ policies: { default: policy(), dba, chatOnly, night: policy() } })
  const { pay } = world.config.projects
  if (pay) pay.handOver = ['dba', 'chatOnly']
  await world.alert('trigger', { title: '收银台' })
  await world.alert('trigger', { dedupKey: 'home', project: 'shop' })
  await world.settle()
  visitor = new Visitor(world)
})

async function press(act: string, fields: Record<string, string> = {}, path = INCIDENT) {
  const { text } = await visitor.get(path)
  const done = await visitor.press(text, path, { do: act, contact: 'wang', ...fields })
  await world.until(world.now + 2_000)
  return done
}

const callsTo = (phone: string) => world.calls.filter((call) => call.includes(phone)).length

describe('on the page of an incident somebody', () => {
  it('reads its layers, its policies, and from when to when it may be snoozed', async () => {
    const { text } = await visitor.get(INCIDENT)
    expect(text).toMatch(/<option value="0">Layer 1: lin<\/option><option value="1">Layer 2: wang<\/option>/)
    expect(text).toMatch(/<option value="default">default<\/option><option value="dba">dba<\/option>/)
    expect(text).not.toContain('<option value="night">')
    expect(text).toMatch(/type="datetime-local" name="until" [^>]*min="2026-11-22T02:14" max="2026-11-29T02:13"/)
    expect(text).not.toContain('Take out of')
  })

  it('pages from a layer on', async () => {
    expect((await press('escalate-layer', { layer: '1' })).status).toBe(303)
    expect(world.incident().escalation).toMatchObject({ phase: 'layer', layer: 1 })
    expect(callsTo('+8613800000002')).toBe(1)
  })

  it('hands it over to a policy, whose layers then stand there', async () => {
    expect((await press('hand-over-policy', { policy: 'dba' })).status).toBe(303)
    expect(world.incident()).toMatchObject({ handedToPolicy: 'dba', escalation: { phase: 'layer', layer: 0 } })
    expect(callsTo('+6590000003')).toBe(1)
    const { text } = await visitor.get(INCIDENT)
    expect(text).toContain('Escalated by 王磊 to the policy dba')
    expect(text).not.toContain('name="layer"')
  })

  it('snoozes it until a time by their own clock', async () => {
    visitor.cookies.set('fenghuo-zone', 'America/New_York')
    expect((await press('snooze-until', { until: '2026-11-22T09:00' })).status).toBe(303)
    expect(world.incident().ackEnd).toEqual({ at: Date.parse('2026-11-22T09:00:00-05:00'), snoozed: true })
  })

  it('merges it into another, and takes it out again', async () => {
    const merged = await press('merge', { into: '#1002' })
    expect(merged.answer.headers.get('location')).toBe(`${INCIDENT}?done=merged&of=1001`)
    expect(world.incident()).toMatchObject({
      mergedInto: { number: 1002, incident: 'shop#1#home', by: '王磊' },
      escalation: { phase: 'paused' },
    })
    const into = async () =>
      (await readTimeline({ project: 'shop', groupKey: 'home' }, world.io())).findLast(({ kind }) => kind === 'merged')
    expect(await into()).toMatchObject({ what: 'member', number: 1001 })

    expect((await visitor.get(INCIDENT)).text).toContain('Take out of #1002')
    expect((await press('split')).status).toBe(303)
    expect(world.incident().mergedInto).toBeUndefined()
    expect(world.incident().escalation.phase).toBe('layer')
    expect(await into()).toMatchObject({ what: 'member-gone', number: 1001 })
  })

  it.each<[string, Record<string, string>, string]>([
    ['escalate-layer', { layer: '2' }, 'There are 2 layers: nothing was done.'],
    ['escalate-layer', { layer: '-1' }, 'This page was too old'],
    [
      'hand-over-policy',
      { policy: 'night' },
      'cannot go to the policy night: nothing was done. It can go to: default, dba, chatOnly',
    ],
    ['hand-over-policy', { policy: 'chatOnly' }, 'The policy chatOnly reaches nobody for this severity'],
    ['snooze-until', { until: '2026-11-22T02:13' }, 'from 1 minute to 7 days ahead: nothing was done'],
    ['snooze-until', { until: '2026-11-29T02:14' }, 'from 1 minute to 7 days ahead'],
    ['snooze-until', { until: 'tomorrow' }, 'from 1 minute to 7 days ahead'],
    ['merge', { into: '1001' }, 'It cannot be merged into itself'],
    ['merge', { into: '7' }, 'There is no incident #7'],
    ['merge', { into: 'web' }, 'This page was too old'],
    ['split', {}, 'It is merged into none'],
  ])('asks for %s with %j in vain', async (act, fields, told) => {
    const before = structuredClone(world.incident())
    const refused = await press(act, fields)
    expect(refused.status).toBe(400)
    expect(refused.text).toContain(told)
    expect(world.incident()).toEqual(before)
  })

  it('merges it into none that is over, or merged itself', async () => {
    await press('merge', { into: '1001' }, '/incidents/1002')
    expect((await press('merge', { into: '1002' })).text).toContain('#1002 is merged into #1001 itself')
    await press('split', {}, '/incidents/1002')
    await world.alert('resolve', { dedupKey: 'home', project: 'shop' })
    expect((await press('merge', { into: '1002' })).text).toContain('#1002 is over already')
    expect(world.incident().mergedInto).toBeUndefined()
  })

  it('who may act in its project alone knows of no other to merge it into', async () => {
    const access = { secret: 'secret', access: [{ role: 'responder', tokens: ['t'.repeat(32)], projects: ['pay'] }] }
    const program = new Visitor(world, { access: access as never })
    const bearer = { authorization: `Bearer ${'t'.repeat(32)}` }
    const refused = await program.json('/api/v1/incidents/1001/actions', { do: 'merge', as: 'lin', into: 1002 }, bearer)
    expect(refused).toMatchObject({ status: 400, text: expect.stringContaining('"unknown"') })
  })
})

describe('a program', () => {
  const act = (body: Record<string, unknown>) => visitor.json('/api/v1/incidents/1001/actions', { as: 'wang', ...body })

  it.each<[Record<string, unknown>, Record<string, unknown>]>([
    [{ do: 'escalate', layer: 1 }, { escalation: { beginsAt: 1 } }],
    [{ do: 'hand-over', policy: 'dba' }, { handedToPolicy: 'dba' }],
    [{ do: 'hand-over', policy: 'default', layer: 1 }, { escalation: { beginsAt: 1 } }],
    [
      { do: 'hand-over', policy: 'dba', to: ['lin'] },
      { handedToPolicy: 'dba', handedTo: ['lin'] },
    ],
    [{ do: 'merge', into: 1002 }, { mergedInto: { number: 1002 } }],
  ])('may ask for %j', async (body, expected) => {
    expect((await act(body)).status).toBe(200)
    expect(world.incident()).toMatchObject(expected)
  })

  it.each<[Record<string, unknown>, string, string]>([
    [{ do: 'escalate', layer: 2 }, 'layer', '只有 2 层'],
    [{ do: 'hand-over' }, 'bad-request', 'to, policy: 至少写一个'],
    [{ do: 'hand-over', policy: 'dba', layer: 1 }, 'layer', '只有 1 层'],
    [{ do: 'hand-over', policy: 'night' }, 'policy', '不能转给策略 night'],
    [{ do: 'hand-over', policy: 'chatOnly' }, 'reaches-nobody', '策略 chatOnly'],
    [{ do: 'merge', into: 1001 }, 'itself', '不能并入自己'],
    [{ do: 'split' }, 'unmerged', '没有并入'],
  ])('is told why not of %j', async (body, code, told) => {
    const refused = await act(body)
    expect(refused.status).toBe(400)
    expect(JSON.parse(refused.text)).toMatchObject({ error: { code, message: { zh: expect.stringContaining(told) } } })
  })
})
