import { sampleEvaluators } from '../../checks/registered/sample-evaluators.ts'
import { mapAtMost } from '../../contracts/at-most.ts'
import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import { badness, type GroupDetail } from '../../evaluation/kafka-rules.ts'
import type { StoreIo } from '../../store/io.ts'

/** Groups that are read side by side. */
const AT_ONCE = 16

/** More are not read for one page. */
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
  const groups = await mapAtMost(AT_ONCE, found.flat().slice(0, MOST), async ({ check, vantage, evaluator, group }) => {
    const detail = await evaluator.groupAt(check, vantage, group, io)
    return { check, vantage, group, ...(detail && { detail }) }
  })
  return groups.toSorted(worseGroup)
}

function worseGroup({ detail: one }: GroupView, { detail: other }: GroupView): number {
  const rank = (detail?: GroupDetail) => badness(detail?.worst ?? 'OK')
  return rank(other) - rank(one) || (other?.lag ?? 0) - (one?.lag ?? 0)
}
