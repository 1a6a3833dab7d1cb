import type { VerdictWord } from '../contracts/words.ts'

/** What each vantage makes of each check: check id → vantage → its confirmed word. */
export type VerdictsByCheck = Map<string, Map<string, VerdictWord>>

/** With fewer checks in common a bad check can't be told from a bad vantage. */
export const FEWEST_CHECKS = 3

/**
 * The vantages that are faulty: most of the checks that others can see too fail from there, while most of the others see them up.
 * They have no vote, and are one notice, not a storm. What another vantage of the same group fails too is not their fault: when all
 * of a country fails, that is an outage though the rest of the world is fine.
 */
export function faultyVantages(words: VerdictsByCheck, groups: Record<string, string[]> = {}): Set<string> {
  return mostlyAlone(words, groups, (word) => word === 'down')
}

/** The vantages at which most checks fail or are slow, judged in the same way. */
export function slowVantages(words: VerdictsByCheck, groups: Record<string, string[]> = {}): Set<string> {
  return mostlyAlone(words, groups, (word) => word === 'down' || word === 'degraded')
}

function mostlyAlone(words: VerdictsByCheck, groups: Record<string, string[]>, isBad: (word: VerdictWord) => boolean) {
  const areMates = (a: string, b: string) =>
    Object.values(groups).some((group) => group.includes(a) && group.includes(b))
  const counts = new Map<string, { alone: number; compared: number }>()
  for (const byVantage of words.values()) {
    for (const [vantage, word] of byVantage) {
      const others = [...byVantage].filter(([other, said]) => other !== vantage && said !== 'unknown')
      if (word === 'unknown' || others.length === 0) continue
      const count = counts.get(vantage) ?? { alone: 0, compared: 0 }
      const fine = others.filter(([, said]) => said === 'up').length
      const isShared = others.some(([other, said]) => isBad(said) && areMates(vantage, other))
      count.compared++
      if (isBad(word) && fine > others.length / 2 && !isShared) count.alone++
      counts.set(vantage, count)
    }
  }
  const faulty = [...counts].filter(([, { alone, compared }]) => compared >= FEWEST_CHECKS && alone > compared / 2)
  return new Set(faulty.map(([vantage]) => vantage))
}
