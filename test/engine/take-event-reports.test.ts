import { describe, expect, it } from 'vitest'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import { says } from '../facts.ts'
import { at } from '../messages/notices.ts'
import { PathWorld } from './world.ts'

const check = (id: string, changes: Partial<CompiledCheck> = {}): CompiledCheck => ({
  id,
  project: 'pay',
  name: id.split('/')[1] ?? '',
  title: '收银台',
  kind: 'http',
  spec: {},
  intervalMs: 60_000,
  timeoutMs: 5_000,
  confirm: { m: 2, n: 3 },
  severity: 'critical',
  from: ['aws/sg'],
  ...changes,
})

/** A world that watches `pay/web`, from where the changes say. */
class Watching extends PathWorld {
  runs = 0

  constructor(changes: Partial<CompiledCheck> = {}) {
    super({ checks: [check('pay/web', changes)] })
  }

  /** One run of a vantage's probe sees this of `pay/web`. */
  async report(time: string, outcome: VerdictWord, vantage = 'aws/sg', sentAt = at(time)): Promise<void> {
    this.now = Math.max(this.now, sentAt)
    await this.evaluate(this.body(time, outcome, vantage), sentAt)
  }

  body(time: string, outcome: VerdictWord, vantage = 'aws/sg') {
    const startedAt = at(time)
    return {
      v: 1,
      kind: 'report',
      vantage,
      runner: {
        function: 'probe',
        run: `run-${this.runs++}`,
        version: '1',
        startedAt,
        finishedAt: startedAt + 900,
        coldStart: false,
      },
      observations: [
        {
          check: 'pay/web',
          project: 'pay',
          at: startedAt,
          outcome,
          latencyMs: 20,
          ...(outcome === 'up' ? {} : { fault: says('HTTP 502') }),
        },
      ],
    }
  }

  async verdict(): Promise<VerdictWord | undefined> {
    return (await readVerdicts(['pay/web'], this.io()))[0]?.verdict
  }

  get opened(): boolean {
    return this.incidents.rows.has('incident#pay#pay/web\nstate')
  }
}

describe('reports', () => {
  it('down twice of three open one incident, up twice resolve it', async () => {
    const world = new Watching()
    await world.report('02:10', 'up')
    await world.report('02:11', 'up')
    await world.report('02:12', 'down')
    expect(world.opened).toBe(false)

    await world.report('02:13', 'down')
    expect(world.incident('pay', 'pay/web')).toMatchObject({
      status: 'open',
      title: '收银台',
      state: 'down',
      sightings: [{ vantage: 'aws/sg', verdict: 'down', fault: says('HTTP 502'), latencyMs: 20 }],
    })
    await world.report('02:14', 'up')
    expect(world.incident('pay', 'pay/web').status).toBe('open')
    await world.report('02:15', 'up')
    expect(world.incident('pay', 'pay/web').status).toBe('resolved')
    expect(world.left).toEqual([])
  })

  it('that come again, late, or from before change nothing', async () => {
    const world = new Watching()
    const [first, second] = [world.body('02:12', 'down'), world.body('02:11', 'down')]
    world.now = at('02:12')
    await world.evaluate(first, at('02:12'))
    await world.evaluate(first, at('02:12'))
    await world.evaluate(second, at('02:11'))
    await world.evaluate(second, at('02:12:30'))

    expect(world.opened).toBe(false)
  })

  it('that nobody could look at make nothing up, and nothing down', async () => {
    const world = new Watching()
    for (const time of ['02:10', '02:11', '02:12']) await world.report(time, 'unknown')

    expect(await world.verdict()).toBe('unknown')
    expect(world.opened).toBe(false)
  })

  it('of two vantages at once can’t both miss the majority', async () => {
    const world = new Watching({ from: ['aws/sg', 'aws/tokyo', 'aws/paris'] })
    for (const time of ['02:10', '02:11'])
      for (const vantage of ['aws/sg', 'aws/tokyo', 'aws/paris']) await world.report(time, 'up', vantage)
    await world.report('02:12', 'down', 'aws/sg')
    await world.report('02:12', 'down', 'aws/tokyo')
    expect(world.opened).toBe(false)

    await Promise.all([world.report('02:13', 'down', 'aws/sg'), world.report('02:13', 'down', 'aws/tokyo')])
    expect(world.incident('pay', 'pay/web').sightings.map(({ verdict }) => verdict)).toEqual(['down', 'down', 'up'])
    expect(world.queue).toHaveLength(1)
  })

  it('of a check that is not configured any more are kept to nobody’s harm', async () => {
    const world = new Watching()
    world.config.checks = []
    await world.report('02:10', 'down')
    await world.report('02:11', 'down')

    expect(world.opened).toBe(false)
    expect(world.left).toEqual([])
  })

  it('whose alert cannot be delivered come again, and then it is', async () => {
    const world = new Watching()
    await world.report('02:12', 'down')
    const { putIfVersion } = world.incidents
    world.incidents.putIfVersion = () => Promise.reject(new Error('table throttled'))
    const body = world.body('02:13', 'down')
    world.now = at('02:13')
    await expect(world.evaluate(body, at('02:13'))).rejects.toThrow('has to come again')
    expect(await world.verdict()).toBe('down')
    expect(world.opened).toBe(false)

    world.incidents.putIfVersion = putIfVersion
    world.now += 5_000
    await world.evaluate(body, at('02:13'))
    expect(world.opened).toBe(true)
    expect(world.left).toEqual([])
  })

  it('cost as many writes for fifty steady checks as for one', async () => {
    const writes = async (count: number): Promise<number> => {
      const world = new PathWorld({
        checks: Array.from({ length: count }, (_, index) => check(`pay/check-${index}`)),
      })
      let written = 0
      const report = (minute: number) => {
        const startedAt = at('02:00') + minute * 60_000
        world.now = startedAt
        return world.evaluate(
          {
            v: 1,
            kind: 'report',
            vantage: 'aws/sg',
            runner: {
              function: 'probe',
              run: `${minute}`,
              version: '1',
              startedAt,
              finishedAt: startedAt,
              coldStart: false,
            },
            observations: world.config.checks.map(({ id, project }) => ({
              check: id,
              project,
              at: startedAt,
              outcome: 'up',
            })),
          },
          startedAt,
        )
      }
      for (let minute = 0; minute < 25; minute++) await report(minute)
      for (const method of ['put', 'putIfVersion'] as const) {
        const original = world.checks[method].bind(world.checks) as (...args: unknown[]) => Promise<never>
        Object.assign(world.checks, {
          [method]: (...args: unknown[]) => {
            written++
            return original(...args)
          },
        })
      }
      await report(25)
      return written
    }

    expect(await writes(50)).toBe(await writes(1))
  })
})
