import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { contactsOf, incidentsOf } from '../../cli/engine.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readIncident } from '../../shared/store/incidents.ts'
import { page } from './paging.ts'
import { people, startTestStack, type TestStack } from './stack.ts'
import { fenghuoYml } from './terminal.ts'

let stack: TestStack
let incident: Incident
beforeAll(async () => {
  stack = await startTestStack('local')
  await contactsOf(stack.target).write('pay', { contacts: people, schedules: {}, overrides: [] })
  stack.terminal.write('fenghuo.yml', withPolicies(fenghuoYml))
})
afterAll(() => stack.stop())
beforeEach(async () => {
  incident = await page(stack, { layers: 2 })
})
/** `pay` may be handed over to `data`, and to one whose people nobody has applied; not to `night`. */
function withPolicies(text: string): string {
  const more = ['data', 'absent', 'night'].map(
    (name) =>
      `  ${name}: { layers: [{ page: ${name === 'absent' ? 'chen' : 'wang'} }], channels: { critical: [phone] } }\n`,
  )
  return text
    .replace('defaults:\n', `${more.join('')}defaults:\n`)
    .replace('    title: 支付\n', '    title: 支付\n    handOver: [data, absent]\n')
}

const run = (...args: string[]) => stack.terminal.run(...args)
const current = () => readIncident(incident, incidentsOf(stack.target))
const number = () => String(incident.number)
const title = () => `#${incident.number} pay / 收银台`

describe('fenghuo snooze', () => {
  it('takes an incident for a while', async () => {
    expect(await run('snooze', number(), '--for', '1h', '--as', 'lin')).toEqual({
      code: 0,
      out: `${title()} is yours, 林悦, until 03:13.`,
      err: '',
    })
    expect(await current()).toMatchObject({ status: 'acknowledged', ackEnd: { snoozed: true } })
    const until = '林悦, 02:13 (on the command line), pages again at 03:13'
    for (const args of [[], [number()]]) expect((await run('incidents', ...args)).out).toContain(until)
  })

  it('takes it until a time', async () => {
    expect((await run('snooze', number(), '--until', '09:00', '--as', 'lin')).out).toBe(
      `${title()} is yours, 林悦, until 09:00.`,
    )
    expect((await current())?.ackEnd?.at).toBe(Date.parse('2026-11-22T09:00:00+08:00'))
  })

  it.each([
    [['--until', '2026-11-30'], '--until 2026-11-30: should be from 1 minute to 7 days ahead'],
    [['--until', '2026-11-21'], '--until 2026-11-21: should be from 1 minute to 7 days ahead'],
    [['--until', 'soon'], '--until soon: write 18:00, "Sat 18:00" or "2026-12-05 18:00"'],
    [[], 'say how long with --for, or until when with --until'],
    [['--until', '09:00', '--for', '1h'], "option '--until <time>' cannot be used with option '--for <time>'"],
  ])('with %j is refused', async (options, told) => {
    expect(await run('snooze', number(), ...options)).toMatchObject({ code: 2, err: `error: ${told}` })
    expect((await current())?.status).toBe('open')
  })

  it.each(['30', '30s', '8d', 'soon'])('for %s is refused', async (text) => {
    expect(await run('snooze', number(), '--for', text)).toMatchObject({
      code: 2,
      err: `error: --for ${text}: write 30m, 2h or 1d, from 1m to 7d`,
    })
  })

  it('of what is over is refused', async () => {
    await run('resolve', number(), '--as', 'lin')
    expect(await run('snooze', number(), '--for', '1h')).toMatchObject({
      code: 2,
      err: `error: ${title()} is over already`,
    })
  })
})

it('fenghuo unack gives back what somebody has, and nothing else', async () => {
  expect(await run('unack', number())).toMatchObject({ code: 2, err: `error: ${title()} is nobody’s yet` })
  await run('ack', number(), '--as', 'lin')
  await stack.drain('escalation')

  expect((await run('unack', number(), '--as', 'lin')).out).toBe(
    `${title()} is given back, and pages again at once; what is silenced or held, after that.`,
  )
  const reopened = await current()
  expect(reopened).toMatchObject({ status: 'open', lapse: { why: 'given-back', by: { by: { contact: 'lin' } } } })
  expect(await stack.drain('escalation')).toContainEqual(
    expect.objectContaining({ kind: 'step', step: reopened?.step }),
  )
})

describe('fenghuo escalate', () => {
  it('pages the next layer, or another one', async () => {
    expect((await run('escalate', number(), '--as', 'wang')).out).toBe(`${title()} is escalated now.`)
    expect((await current())?.escalation.phase).toBe('next')
    await run('escalate', number(), '--layer', '2')
    expect((await current())?.escalation).toMatchObject({ phase: 'starting', beginsAt: 1 })
  })

  it('hands it to people whom the project knows', async () => {
    expect((await run('escalate', number(), '--to', 'wang')).out).toBe(`${title()} goes to wang now.`)
    expect((await current())?.handedTo).toEqual(['wang'])
    const unknown = await run('escalate', number(), '--to', 'wnag')
    expect(unknown).toMatchObject({ code: 2, err: expect.stringContaining('is named `wnag`') })
  })

  it('hands it to a policy of those that its project lists', async () => {
    expect((await run('escalate', number(), '--policy', 'data', '--to', 'lin', '--layer', '1')).out).toBe(
      `${title()} goes to lin, then by the policy data now.`,
    )
    expect(await current()).toMatchObject({ handedToPolicy: 'data', handedTo: ['lin'] })
    expect((await run('why', number())).out).toContain(
      'Escalated by ubuntu to lin, and to the policy data, from layer 1 on',
    )
  })

  it.each([
    ['night', 'an incident of pay goes to default, data, absent alone: list it under `handOver` of the project'],
    ['absent', 'reaches nobody for critical as the people of pay are at the local stack: see bin/fenghuo.js apply'],
  ])('refuses the policy %s', async (policy, told) => {
    const refused = await run('escalate', number(), '--policy', policy)
    expect(refused).toMatchObject({ code: 2, err: expect.stringContaining(`--policy ${policy}: ${told}`) })
    expect((await current())?.step).toBe(incident.step)
  })

  it('refuses a layer that is none', async () => {
    expect(await run('escalate', number(), '--layer', '3')).toMatchObject({
      code: 2,
      err: 'error: --layer 3: the last layer by which it is paged is 2; --to pages others',
    })
    expect((await current())?.step).toBe(incident.step)
    expect((await run('escalate', number(), '--layer', '0')).err).toContain(
      'should be the number of a layer, 1 the first.',
    )
  })
})
