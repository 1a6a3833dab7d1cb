import { expect } from 'vitest'
import type { CompiledCheck, CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import type { Fact } from '../../shared/contracts/fact.ts'
import type { Observation } from '../../shared/contracts/report.ts'
import type { VerdictWord } from '../../shared/contracts/words.ts'
import { watch } from '../../shared/engine/watch/watch.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import { readVerdicts } from '../../shared/store/verdicts.ts'
import { someCheck } from '../checks/records.ts'
import { at } from '../messages/notices.ts'
import { MemoryTable } from '../store/memory-table.ts'
import { PathWorld, policy } from './world.ts'

export const MINUTE = 60_000

const letters: Record<string, VerdictWord> = { u: 'up', g: 'degraded', d: 'down', '?': 'unknown' }

/** Checks of one shape: `web`, `db`, `api`, run from these vantages. */
export const checksFrom = (names: string[], from: string[], changes: Partial<CompiledCheck> = {}) =>
  names.map((name) => someCheck({ name, title: name, from, ...changes }))

/** A table that tells what was written to it. */
class TellingTable extends MemoryTable {
  readonly writes: string[] = []

  override putIfVersion(...args: Parameters<MemoryTable['putIfVersion']>) {
    this.writes.push(`${args[0].pk} v${args[0].version}`)
    return super.putIfVersion(...args)
  }

  override put(...args: Parameters<MemoryTable['put']>) {
    for (const { pk } of args[0]) this.writes.push(`${pk} put`)
    return super.put(...args)
  }
}

/** The path as probes and watch see it: they report each minute what the test says, and every alert is told to the chat. */
export class Probes extends PathWorld {
  override readonly checks = new TellingTable()
  private runs = 0
  private read = 0

  constructor(changes: Partial<CompiledConfig>) {
    const chat = policy({ channels: { critical: ['chat'], error: ['chat'], warning: ['chat'], info: ['chat'] } })
    super({ policies: { default: chat }, ...changes })
    this.now = at('02:00')
  }

  /**
   * The next minute: each vantage reports, then watch looks. `{ sg: 'uud' }` is a letter per check in the order of the
   * configuration (`u` up, `g` degraded, `d` down, `?` unknown, `-` not run); one letter is for all. Gives what was told.
   */
  async minute(seen: Record<string, string>, fault?: Fact): Promise<string[]> {
    this.now = Math.floor(this.now / MINUTE) * MINUTE + MINUTE
    for (const [vantage, text] of Object.entries(seen)) {
      this.now += 1_000
      await this.sees(vantage, text, fault)
    }
    this.now += 9_000
    await this.look()
    return this.told()
  }

  /** The same for several minutes. */
  async minutes(count: number, seen: Record<string, string>): Promise<string[]> {
    const told: string[] = []
    for (let minute = 0; minute < count; minute++) told.push(...(await this.minute(seen)))
    return told
  }

  sees(vantage: string, text: string, fault?: Fact) {
    const checks = this.config.checks.filter(({ isPassive }) => !isPassive)
    return this.reports(
      vantage,
      checks.flatMap(({ id }, index) => {
        const letter = text.length === 1 ? text : (text[index] ?? expect.fail(`${text} says nothing of ${id}`))
        if (letter === '-') return []
        const outcome = letters[letter] ?? expect.fail(letter)
        return [{ check: id, outcome, latencyMs: 20, ...(fault === undefined ? {} : { fault }) }]
      }),
    )
  }

  /** One run's report, now. */
  reports(vantage: string, observations: Omit<Observation, 'project' | 'at'>[]) {
    return this.evaluate(this.body(vantage, observations))
  }

  body(vantage: string, observations: Omit<Observation, 'project' | 'at'>[]) {
    const { now } = this
    const runner = { function: 'probe', version: '1', startedAt: now, finishedAt: now, coldStart: false }
    return {
      v: 1,
      kind: 'report',
      vantage,
      runner: { ...runner, run: `run-${this.runs++}` },
      observations: observations.map((one) => ({ project: 'pay', at: now, ...one })),
    }
  }

  look(): Promise<void> {
    return watch(
      { config: this.config, backlog: this.backlog, deadLetters: [] },
      this.io({ leaseUntil: this.now + 55_000 }),
    )
  }

  /** What the chat was told since the last look: `opened pay/web`, `resolved pay/web:degraded`. */
  async told(): Promise<string[]> {
    await this.settle()
    const told = this.messages.slice(this.read).map(({ message: { notice } }) => {
      return `${notice.kind} ${notice.incident.split('#').at(-1)}`
    })
    this.read = this.messages.length
    return told
  }

  async verdict(id: string): Promise<VerdictWord | undefined> {
    return (await readVerdicts([id], this.io()))[0]?.verdict
  }

  /** Every incident there is, in the order in which they began: `pay/web critical open`. */
  get all(): string[] {
    return [...this.incidents.rows.values()].flatMap(({ pk, sk, state }) => {
      if (!pk.startsWith('incident#') || sk !== 'state' || state === undefined) return []
      const { groupKey, severity, status } = JSON.parse(state) as Incident
      return [`${groupKey} ${severity} ${status}`]
    })
  }
}
