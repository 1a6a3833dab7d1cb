import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { CommandError } from '../../cli/failure.ts'
import { SilenceOver } from '../../cli/silence/keeper.ts'
import { runSilenced } from '../../cli/silence/while-running.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { startOfTest, type Terminal, terminal } from './terminal.ts'

const MINUTE_MS = 60_000

/** The only silence that is kept; it ends at 02:43. */
let silence: Silence
let here: Terminal
let now: number
let told: string[]
let interrupt: () => void
/** Somebody who waits for a time. */
let alarm: { at: number; ring(): void } | undefined
const clock = () => new Date(now + 8 * 3_600_000).toISOString().slice(11, 16)

beforeEach(() => {
  now = startOfTest
  told = []
  alarm = undefined
  interrupt = () => expect.fail('nobody listens')
  silence = {
    id: '1f0c2a7e',
    matchers: [[{ name: 'project', is: '=', value: 'pay' }]],
    startsAt: now,
    endsAt: now + 30 * MINUTE_MS,
    by: 'lin',
    comment: './deploy.sh',
    changedAt: now,
  }
  here = terminal({
    now: () => now,
    err: (lines) => void told.push(`${clock()} ${lines}`),
    wait: (ms, signal) =>
      new Promise((done, fail) => {
        alarm = { at: now + ms, ring: done }
        signal?.addEventListener('abort', () => fail(signal.reason))
      }),
    onInterrupt(stop) {
      interrupt = stop
      return () => {
        interrupt = () => expect.fail('nobody listens')
      }
    },
  })
})
afterEach(() => here.remove())

const keeper = {
  matchersOf: () => expect.fail('it is made already'),
  make: () => expect.fail('it is made already'),
  list: async () => [{ silence, quiet: [] }],
  async move(_: string, end: (one: Silence) => number) {
    if (silence.endsAt <= now) throw new SilenceOver(silence.id)
    silence = { ...silence, endsAt: end(silence) }
    return silence
  },
}
const run = (program: () => Promise<number>, kept = keeper) =>
  runSilenced(
    ['./deploy.sh', '--password=secret'],
    program,
    made(async () => silence),
    kept,
    here.io,
  )
const made = (make: () => Promise<Silence>) => ({ wanted: silence, make })

/** Has the clock go on, and whoever waits for a time hear of it. */
async function pass(minutes: number): Promise<void> {
  const end = now + minutes * MINUTE_MS
  for (;;) {
    await new Promise((done) => setImmediate(done))
    if (alarm === undefined || alarm.at > end) break
    const { at, ring } = alarm
    alarm = undefined
    now = at
    ring()
  }
  now = end
}

describe('a silence while a program runs', () => {
  it('is lifted when the program ends, whose exit code is given', async () => {
    const code = await run(async () => {
      await pass(10)
      return 3
    })
    expect([code, silence.endsAt, told]).toEqual([
      3,
      startOfTest + 10 * MINUTE_MS,
      ['02:23 note: 1f0c2a7e is over. What still burns pages now.'],
    ])
  })

  it('is lifted when the program could not be started, and says so', async () => {
    const failed = (code: string) => run(() => Promise.reject(Object.assign(new Error(`spawn ${code}`), { code })))
    expect(await failed('ENOENT')).toBe(127)
    expect(silence.endsAt).toBe(now)
    expect(told[0]).toBe('02:13 error: ./deploy.sh could not be started: spawn ENOENT')
    expect(await failed('EACCES')).toBe(126)
  })

  it('is lifted when somebody stops it before the program runs', async () => {
    const stopped = made(async () => {
      interrupt()
      return silence
    })
    const code = await runSilenced(['./deploy.sh'], () => expect.fail('it runs'), stopped, keeper, here.io)
    expect([code, silence.endsAt]).toEqual([130, now])
  })

  it('is lifted when it was made by half, and nothing runs', async () => {
    const half = (kept: typeof keeper, why = new Error('lost')) =>
      runSilenced(
        ['./deploy.sh'],
        () => expect.fail('it runs'),
        made(() => Promise.reject(why)),
        kept,
        here.io,
      )
    const refused = new CommandError({ en: 'refused', zh: '拒绝' })
    await expect(half({ ...keeper, move: () => expect.fail('nothing is kept') }, refused)).rejects.toThrow('refused')
    await expect(half(keeper)).rejects.toThrow('lost')
    expect([silence.endsAt, told]).toEqual([now, []])

    const none = new CommandError({ en: 'no silence has the id 1f0c2a7e', zh: '没有 ID 为 1f0c2a7e 的静默' })
    await expect(half({ ...keeper, move: () => Promise.reject(none) })).rejects.toThrow('lost')
    expect(told).toEqual([])
    await expect(half({ ...keeper, move: () => Promise.reject(new Error('no answer')) })).rejects.toThrow('lost')
    expect(told).toEqual([expect.stringMatching(/warning: silence 1f0c2a7e was not ended here: no answer\. /)])
  })

  it('does not leave before it is lifted, however impatient somebody is', async () => {
    const patient = {
      ...keeper,
      move(...args: Parameters<typeof keeper.move>) {
        interrupt()
        return keeper.move(...args)
      },
    }
    expect(await run(async () => 143, patient)).toBe(143)
    expect(silence.endsAt).toBe(now)
    expect(interrupt).toThrow('nobody listens')
  })

  it.each([
    [0, 2],
    [3, 3],
  ])('that could not be lifted makes a program’s %i %i, and says how long it lasts', async (ended, given) => {
    const lost = { ...keeper, move: () => Promise.reject(new Error('no answer')) }
    expect(await run(async () => ended, lost)).toBe(given)
    expect(told).toEqual([
      expect.stringMatching(/^02:13 warning: silence 1f0c2a7e was not ended here: no answer\. It is over at 02:43 /),
    ])
  })

  it('that is over already needs no lifting', async () => {
    const code = await run(async () => {
      silence = { ...silence, endsAt: now }
      await pass(40)
      return 0
    })
    expect([code, told]).toEqual([0, []])
  })

  it('says that it ends before the program has, and when it did', async () => {
    await run(async () => {
      await pass(60)
      return 0
    })
    expect(told).toEqual([
      expect.stringMatching(/^02:38 warning: silence 1f0c2a7e ends at 02:43, and \.\/deploy\.sh still runs: /),
      expect.stringMatching(/^02:43 warning: silence 1f0c2a7e is over, and \.\/deploy\.sh still runs: /),
    ])
  })

  it('says it of the end that somebody gave it meanwhile, and each time', async () => {
    await run(async () => {
      await pass(10)
      silence = { ...silence, endsAt: startOfTest + 60 * MINUTE_MS }
      await pass(48)
      silence = { ...silence, endsAt: startOfTest + 90 * MINUTE_MS }
      await pass(28)
      return 0
    })
    expect(told.map((line) => line.replace(/,.*/, ''))).toEqual([
      '03:08 warning: silence 1f0c2a7e ends at 03:13',
      '03:38 warning: silence 1f0c2a7e ends at 03:43',
      '03:39 note: 1f0c2a7e is over. What still burns pages now.',
    ])
  })

  it('says it as it was made where nobody knows what it is now', async () => {
    await run(
      async () => {
        await pass(60)
        return 0
      },
      { ...keeper, list: () => Promise.reject(new Error('no answer')) },
    )
    expect(told).toHaveLength(2)
  })

  it('that lasts for weeks waits no longer than timers can', async () => {
    silence = { ...silence, endsAt: now + 60 * 24 * 60 * MINUTE_MS }
    await run(async () => {
      await pass(1)
      expect(alarm?.at).toBe(startOfTest + 24 * 60 * MINUTE_MS)
      return 0
    })
  })
})
