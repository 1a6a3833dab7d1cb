import type { SampleEvaluator } from '../../checks/kind.ts'
import { sampleEvaluators } from '../../checks/registered/sample-evaluators.ts'
import { mapAtMost } from '../../contracts/at-most.ts'
import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import type { VerdictWord } from '../../contracts/words.ts'
import { badness, type GroupDetail } from '../../evaluation/kafka-rules.ts'
import type { StoreIo } from '../../store/io.ts'
import { readVerdicts } from '../../store/verdicts.ts'

/** Groups that are read side by side. */
const AT_ONCE = 16

/** The samples of more are not read for one page: of those that are beyond, verdicts say that they are fine, or no worse than these. */
const MOST = 1_000

/** A consumer group as a check sees it from a vantage. */
export interface GroupView {
  check: CompiledCheck
  vantage: string
  group: string
  /** Absent: nothing has been read of it yet. */
  detail?: GroupDetail
}

/** The consumer groups of some checks, the worst first. Rejects when the table does. */
export async function viewKafka(
  { checks }: Pick<CompiledConfig, 'checks'>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<GroupView[]> {
  const places = checks.flatMap((check) => {
    const evaluator = sampleEvaluators[check.kind]
    return evaluator === undefined ? [] : check.from.map((vantage) => ({ check, vantage, evaluator }))
  })
  const found = await mapAtMost(AT_ONCE, places, async ({ check, vantage, evaluator }) => {
    const groups = await evaluator.groupsAt(check, vantage, io)
    return groups.map((group) => ({ check, vantage, evaluator, group }))
  })
  const groups = await mapAtMost(
    AT_ONCE,
    await worstOf(found.flat(), io),
    async ({ check, vantage, evaluator, group }) => {
      const detail = await evaluator.groupAt(check, vantage, group, io)
      return { check, vantage, group, ...(detail && { detail }) }
    },
  )
  return groups.toSorted(worseGroup)
}

/** A consumer group of a check as one vantage sees it; undefined: none is known there by this name. Rejects when the table does. */
export async function viewGroup(
  { id, vantage, group }: { id: string; vantage: string; group: string },
  { checks }: Pick<CompiledConfig, 'checks'>,
  io: Pick<StoreIo, 'checks' | 'log'>,
): Promise<GroupView | undefined> {
  const check = checks.find((one) => one.id === id && one.from.includes(vantage))
  if (check === undefined) return undefined
  const evaluator = sampleEvaluators[check.kind]
  if (evaluator === undefined || !(await evaluator.groupsAt(check, vantage, io)).includes(group)) return undefined
  const detail = await evaluator.groupAt(check, vantage, group, io)
  return { check, vantage, group, ...(detail && { detail }) }
}

interface Found {
  check: CompiledCheck
  vantage: string
  evaluator: SampleEvaluator
  group: string
}

/** As many as are read, the worst by their verdicts where there are more. */
async function worstOf(found: Found[], io: Pick<StoreIo, 'checks' | 'log'>): Promise<Found[]> {
  if (found.length <= MOST) return found
  const idOf = ({ check, evaluator, group }: Found) =>
    check.findsGroups ? evaluator.ofGroup(check, group).id : check.id
  const verdicts = await readVerdicts([...new Set(found.map(idOf))], io)
  const known = new Map(verdicts.map(({ id, verdict }) => [id, verdict]))
  const rank = (one: Found) => badnessOf[known.get(idOf(one)) ?? 'unknown']
  return found.toSorted((one, other) => rank(other) - rank(one)).slice(0, MOST)
}

const badnessOf: Record<VerdictWord, number> = { down: 3, degraded: 2, unknown: 1, up: 0 }

function worseGroup({ detail: one }: GroupView, { detail: other }: GroupView): number {
  const rank = (detail?: GroupDetail) => badness(detail?.worst ?? 'OK')
  return rank(other) - rank(one) || (other?.lag ?? 0) - (one?.lag ?? 0)
}
