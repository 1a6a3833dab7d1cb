import { setTimeout as wait } from 'node:timers/promises'
import type { Benchmark, Run } from './benchmark.ts'
import { type Harness, inHarness } from './harness.ts'
import { inTurn } from './in-turn.ts'
import { seedMs } from './seed.ts'
import { makeTenants, type Tenant } from './tenants.ts'

/** How long every vendor takes to answer. */
const latencyMs = 50

/** Our own limit and Connect's are two calls a second; Connect stops as many. */
const betweenCallsMs = 600

export const noAnswerNextDial: Benchmark = {
  name: 'no-answer-next-dial',
  summary:
    'from the end of a call that nobody took to the next person’s phone, and from the deadline when no event comes',
  goals: { unansweredMs: 1000, answeredWithoutKeyMs: 3000, afterDeadlineMs: 1000 },
  async measure(runs, progress) {
    const shape = { layers: 2, projects: 1, channels: ['phone', 'sms', 'chat'] as Tenant['channels'] }
    // 30 s is the shortest that a policy may have.
    const tenants = {
      unanswered: makeTenants(runs + 1, { ...shape, name: 'unanswered', from: 1, ackTimeout: '5m' }),
      noKey: makeTenants(runs, { ...shape, name: 'nokey', from: 1001, ackTimeout: '5m' }),
      unheard: makeTenants(runs, { ...shape, name: 'unheard', from: 2001, ackTimeout: '30s' }),
    }
    return inHarness(Object.values(tenants).flat(), latencyMs, async (harness) => {
      const { connect } = harness.vendors
      const noAnswer = (tenant: Tenant) => afterEvent(harness, tenant, async (contactId) => connect.noAnswer(contactId))
      const noKey = (tenant: Tenant) =>
        afterEvent(harness, tenant, async (contactId) => {
          await connect.answer(contactId)
          await harness.idle()
          connect.hangUp(contactId)
        })
      const [warmUp, ...others] = tenants.unanswered
      if (warmUp) await noAnswer(warmUp)
      progress(`${runs} calls that are never answered`)
      const unanswered = await inTurn(others, noAnswer)
      progress(`${runs} calls that are answered without a key`)
      const answered = await inTurn(tenants.noKey, noKey)
      progress(`${runs} calls of which nothing is ever heard: 30 s until their deadline`)
      const unheard = await afterDeadlines(harness, tenants.unheard)
      return runsOf(unanswered, answered, unheard)
    })
  },
}

function runsOf(unanswered: number[], answered: number[], unheard: number[]): Run[] {
  return unanswered.flatMap((unansweredMs, run) => {
    const [answeredWithoutKeyMs, afterDeadlineMs] = [answered[run], unheard[run]]
    if (answeredWithoutKeyMs === undefined || afterDeadlineMs === undefined) return []
    const figures = { unansweredMs, answeredWithoutKeyMs, afterDeadlineMs }
    const ratios = { unansweredToSeed: unansweredMs / seedMs, answeredToSeed: answeredWithoutKeyMs / seedMs }
    return [{ figures, ratios }]
  })
}

/** From the contact event that tells of the call's end to the next person's call, ms. */
async function afterEvent(
  harness: Harness,
  { phones: [first = '', second = ''], projects: [project = ''] }: Tenant,
  play: (contactId: string) => Promise<void>,
): Promise<number> {
  await wait(betweenCallsMs)
  const [rings, ends, nextRings] = [
    harness.vendors.rings(first),
    harness.vendors.ends(first),
    harness.vendors.rings(second),
  ]
  await harness.alert(project, 'no answer')
  const { call } = await rings
  await harness.idle()
  await play(call.contactId)
  const [endedAt, next] = await Promise.all([ends, nextRings])
  await harness.idle()
  await harness.settle(project, 'no answer')
  return next.at - endedAt
}

/**
 * From the layer's deadline to the next person's call, ms, while the first phone still rings and no event ever comes: the
 * call is stopped before the next one is made. All wait side by side.
 */
async function afterDeadlines(harness: Harness, tenants: Tenant[]): Promise<number[]> {
  const nextCalls: Promise<number>[] = []
  for (const { phones, projects } of tenants) {
    const [first = '', second = ''] = phones
    const [project = ''] = projects
    harness.vendors.unheard.add(first)
    await wait(betweenCallsMs)
    const [rings, nextRings] = [harness.vendors.rings(first), harness.vendors.rings(second)]
    await harness.alert(project, 'no event')
    await rings
    await harness.idle()
    const { deadlineAt } = (await harness.incident(project, 'no event')).escalation
    nextCalls.push(nextRings.then((next) => performance.timeOrigin + next.at - deadlineAt))
  }
  const measured = await Promise.all(nextCalls)
  await harness.idle()
  for (const { projects } of tenants) {
    await wait(betweenCallsMs)
    await harness.alert(projects[0] ?? '', 'no event', 'resolve')
  }
  await harness.idle()
  return measured
}
