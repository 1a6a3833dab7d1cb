import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { checksOf, contactsOf, incidentsOf } from '../../cli/engine.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readIncident, readTimeline } from '../../shared/store/incidents.ts'
import { logNothing } from '../store/log-nothing.ts'
import { page } from './paging.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { startOfTest } from './terminal.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
  await contactsOf(stack.target).write('pay', { contacts: people, schedules: {}, overrides: [] })
})
afterAll(() => stack.stop())
const paged = (facts?: Parameters<typeof page>[1]) => page(stack, facts)
const current = (incident: Incident) => readIncident(incident, incidentsOf(stack.target))

describe('fenghuo ack', () => {
  let incident: Incident
  beforeEach(async () => {
    incident = await paged()
  })

  it('stops the escalation in the name of a contact, and leaves the telling to page', async () => {
    const { number } = incident
    expect(await stack.terminal.run('ack', String(number), '--as', 'lin')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is yours, 林悦. The group hears of it.`,
      err: '',
    })
    expect(await current(incident)).toMatchObject({
      status: 'acknowledged',
      acknowledged: { at: startOfTest, via: 'cli', by: { contact: 'lin', name: '林悦' } },
      escalation: { phase: 'over' },
    })
    const reference = `pay#1#${incident.groupKey}`
    expect(await stack.drain('escalation')).toEqual([
      { v: 1, kind: 'step', incident: reference, step: incident.step + 1 },
    ])
  })

  it("takes the machine's user when nobody is named", async () => {
    const { out } = await stack.terminal.run('ack', `#${incident.number}`, '--json')
    expect(JSON.parse(out)).toMatchObject({
      changed: true,
      incident: { status: 'acknowledged', acknowledged: { by: { contact: 'ubuntu', name: 'ubuntu' } } },
    })
  })

  it('says who was faster, and when', async () => {
    await stack.terminal.run('ack', String(incident.number), '--as', 'wang')
    const again = await stack.terminal.run('ack', String(incident.number), '--as', 'lin')
    expect(again).toEqual({
      code: 0,
      out: `#${incident.number} pay / 收银台 is acknowledged already: 王磊, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.acknowledged?.by?.contact).toBe('wang')
  })

  it('says that it is resolved', async () => {
    await stack.terminal.run('resolve', String(incident.number), '--as', 'wang')
    const late = await stack.terminal.run('ack', String(incident.number), '--as', 'lin')
    expect(late).toEqual({
      code: 1,
      out: `#${incident.number} pay / 收银台 is resolved already: 王磊, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.acknowledged).toBeUndefined()
  })

  it('names the contacts there are when --as names none, and does nothing', async () => {
    const result = await stack.terminal.run('ack', String(incident.number), '--as', 'li')
    expect(result).toMatchObject({
      code: 2,
      err: 'error: --as li: no such contact in project pay; there are: lin, wang',
    })
    expect((await current(incident))?.status).toBe('open')
  })

  it('knows the contacts of Fenghuo for a project without any', async () => {
    const other = await paged({ project: 'unheard-of' })
    await contactsOf(stack.target).write('fenghuo', { contacts: people, schedules: {}, overrides: [] })
    expect(await stack.terminal.run('ack', String(other.number), '--as', 'wang')).toMatchObject({ code: 0 })
  })

  it.each([
    { number: '9999', err: 'error: there is no incident #9999 at the local stack', reason: 'a number never given' },
    { number: 'abc', err: 'should be the number of an incident, such as 1024.', reason: 'no number' },
  ])('could not do it: $reason', async ({ number, err }) => {
    const result = await stack.terminal.run('ack', number)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toContain(err)
  })
})

describe('fenghuo resolve', () => {
  it('closes an incident once', async () => {
    const incident = await paged({ class: 'down' })
    const { number } = incident
    expect(await stack.terminal.run('resolve', String(number), '--as', 'lin')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is resolved. Everybody who was told hears of it, nobody by phone.`,
      err: '',
    })
    expect(await current(incident)).toMatchObject({
      status: 'resolved',
      resolved: { via: 'cli', by: { contact: 'lin' } },
    })
    expect(await stack.terminal.run('resolve', String(number), '--as', 'wang')).toEqual({
      code: 0,
      out: `#${number} pay / 收银台 is resolved already: 林悦, 02:13 (on the command line).`,
      err: '',
    })
    expect((await current(incident))?.resolved?.by?.contact).toBe('lin')
  })

  it.each([
    { reason: 'a check that still fails', verdict: 'down', isOpen: true, force: [], code: 2 },
    { reason: 'one that still fails, when it is meant', verdict: 'down', isOpen: true, force: ['--force'], code: 0 },
    { reason: 'one that has recovered meanwhile', verdict: 'up', isOpen: false, force: [], code: 0 },
  ])('of $reason: exit code $code', async ({ verdict, isOpen, force, code }) => {
    const incident = await paged({ class: 'down', component: 'pay/checkout' })
    const state = {
      id: 'pay/checkout',
      verdict,
      since: startOfTest - 120_000,
      open: isOpen ? { [incident.groupKey]: startOfTest } : {},
      lastAlertAt: startOfTest,
    }
    await checksOf(stack.target).put([{ pk: 'verdict#pay/checkout', sk: 'state', v: 1, state: JSON.stringify(state) }])
    const result = await stack.terminal.run('resolve', String(incident.number), '--as', 'lin', ...force)
    expect(result.code).toBe(code)
    expect((await current(incident))?.status).toBe(code === 0 ? 'resolved' : 'open')
    if (code !== 0)
      expect(result.err).toBe(
        `error: #${incident.number} pay / 收银台 goes on: pay/checkout is down since 02:11. It resolves by itself when that ends; ` +
          `bin/fenghuo.js ack ${incident.number} stops the calls until then. --force closes it all the same, and it pages again if it goes on for 10 minutes`,
      )
  })
})

describe('fenghuo note', () => {
  it('adds a line to the timeline and changes nothing else', async () => {
    const incident = await paged()
    const { number } = incident
    expect(await stack.terminal.run('note', String(number), '  rolled back to v41 ', '--as', 'lin')).toEqual({
      code: 0,
      out: `Noted in #${number} pay / 收银台, by 林悦.`,
      err: '',
    })
    expect(await current(incident)).toEqual(incident)
    expect((await readTimeline(incident, { incidents: incidentsOf(stack.target), log: logNothing })).at(-1)).toEqual({
      at: startOfTest,
      generation: 1,
      kind: 'note',
      by: '林悦',
      text: 'rolled back to v41',
    })
  })

  it('gives machines what was noted', async () => {
    const { number } = await paged()
    const { out } = await stack.terminal.run('note', String(number), 'x', '--as', 'lin', '--json')
    expect(JSON.parse(out)).toEqual({ number, by: { contact: 'lin', name: '林悦' }, text: 'x' })
  })

  it.each([
    { text: ' ', reason: 'an empty one' },
    { text: 'x'.repeat(1025), reason: 'a book' },
  ])('refuses $reason', async ({ text }) => {
    const { code, err } = await stack.terminal.run('note', '1001', text)
    expect(code).toBe(2)
    expect(err).toContain('should be 1 to 1024 characters.')
  })
})
