import { setTimeout as wait } from 'node:timers/promises'
import { type Arena, inArena } from './arena.ts'
import type { Benchmark, Run } from './benchmark.ts'
import { type Crew, makeCrews } from './crew.ts'
import { seedMs } from './seed.ts'

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
    const shape = { layers: 2, projects: 1, channels: ['phone', 'sms', 'chat'] as Crew['channels'] }
    // 30 s is the shortest that a policy may have.
    const crews = {
      unanswered: makeCrews(runs + 1, { ...shape, name: 'unanswered', from: 1, ackTimeout: '5m' }),
      noKey: makeCrews(runs, { ...shape, name: 'nokey', from: 1001, ackTimeout: '5m' }),
      unheard: makeCrews(runs, { ...shape, name: 'unheard', from: 2001, ackTimeout: '30s' }),
    }
    return inArena(Object.values(crews).flat(), latencyMs, async (arena) => {
      const { connect } = arena.vendors
      const noAnswer = (crew: Crew) => afterEvent(arena, crew, async (contactId) => connect.noAnswer(contactId))
      const noKey = (crew: Crew) =>
        afterEvent(arena, crew, async (contactId) => {
          await connect.answer(contactId)
          await arena.idle()
          connect.hangUp(contactId)
        })
      const [warmUp, ...others] = crews.unanswered
      if (warmUp) await noAnswer(warmUp)
      progress(`${runs} calls that are never answered`)
      const unanswered = await inTurn(others, noAnswer)
      progress(`${runs} calls that are answered without a key`)
      const answered = await inTurn(crews.noKey, noKey)
      progress(`${runs} calls of which nothing is ever heard: 30 s until their deadline`)
      const unheard = await afterDeadlines(arena, crews.unheard)
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
  arena: Arena,
  { phones: [first = '', second = ''], projects: [project = ''] }: Crew,
  play: (contactId: string) => Promise<void>,
): Promise<number> {
  await wait(betweenCallsMs)
  const [rings, ends, nextRings] = [arena.vendors.rings(first), arena.vendors.ends(first), arena.vendors.rings(second)]
  await arena.alert(project, 'no answer')
  const { call } = await rings
  await arena.idle()
  await play(call.contactId)
  const [endedAt, next] = await Promise.all([ends, nextRings])
  await arena.idle()
  await arena.settle(project, 'no answer')
  return next.at - endedAt
}

/**
 * From the layer's deadline to the next person's call, ms, while the first phone still rings and no event ever comes: the
 * call is stopped before the next one is made. All wait side by side.
 */
async function afterDeadlines(arena: Arena, crews: Crew[]): Promise<number[]> {
  const nextCalls: Promise<number>[] = []
  for (const { phones, projects } of crews) {
    const [first = '', second = ''] = phones
    const [project = ''] = projects
    arena.vendors.unheard.add(first)
    await wait(betweenCallsMs)
    const [rings, nextRings] = [arena.vendors.rings(first), arena.vendors.rings(second)]
    await arena.alert(project, 'no event')
    await rings
    await arena.idle()
    const { deadlineAt } = (await arena.incident(project, 'no event')).escalation
    nextCalls.push(nextRings.then((next) => performance.timeOrigin + next.at - deadlineAt))
  }
  const measured = await Promise.all(nextCalls)
  await arena.idle()
  for (const { projects } of crews) {
    await wait(betweenCallsMs)
    await arena.alert(projects[0] ?? '', 'no event', 'resolve')
  }
  await arena.idle()
  return measured
}

async function inTurn<T, R>(items: T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = []
  for (const item of items) results.push(await work(item))
  return results
}
