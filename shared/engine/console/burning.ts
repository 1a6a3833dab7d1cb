import type { Instant, VerdictWord } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVerdicts } from '../../store/verdicts.ts'

/** What a check sees of an incident. */
interface Burning {
  check: string
  verdict: VerdictWord
  since: Instant
}

/**
 * What its check still sees of an incident; undefined for one that is over there, or that comes from elsewhere: that is its sender's to
 * know. Rejects when the table does.
 */
export async function burningOf(
  { component, groupKey }: Pick<Incident, 'component' | 'groupKey'>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<Burning | undefined> {
  const [check] = component === undefined ? [] : await readVerdicts([component], io)
  if (component === undefined || check?.open[groupKey] === undefined) return undefined
  return { check: component, verdict: check.verdict, since: check.since }
}
