import { bySeverity, type Severity } from './words.ts'

/** By what a queue is sorted: the worst first; among equals each project has its turn, in the order given. */
export interface Claim {
  project: string
  severity: Severity
  /** Before everything, whatever its severity. */
  first?: boolean
}

/** What waits for one person or robot, in the order in which it is told. Pure. */
export function inFairOrder<T>(waiting: T[], claimOf: (one: T) => Claim): T[] {
  const turns = new Map<string, number>()
  return waiting
    .map((one) => {
      const { project, severity, first = false } = claimOf(one)
      const queue = `${first} ${severity} ${project}`
      const turn = turns.get(queue) ?? 0
      turns.set(queue, turn + 1)
      return { one, severity, first, turn }
    })
    .sort((a, b) => Number(b.first) - Number(a.first) || bySeverity(a.severity, b.severity) || a.turn - b.turn)
    .map(({ one }) => one)
}
