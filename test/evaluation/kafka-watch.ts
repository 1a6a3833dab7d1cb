import { groupFault } from '../../shared/checks/kafka-lag/group-fault.ts'
import type { Fact } from '../../shared/contracts/fact.ts'
import { evaluateGroup, type GroupVerdict } from '../../shared/evaluation/kafka-lag.ts'
import type { GroupOffsets, KafkaLimits, PartitionOffsets } from '../../shared/evaluation/kafka-sample.ts'
import { slotShape } from '../../shared/evaluation/kafka-slot.ts'
import { isQuiet, isSame, SLOTS, type Slot } from '../../shared/evaluation/kafka-window.ts'
import { factIn } from '../../shared/messages/facts.ts'

export const { pack, unpack } = slotShape.packing

export const MINUTE = 60_000
const start = Date.UTC(2026, 10, 21, 3, 41)

const noLimits: KafkaLimits = { lag: [], allowed: [] }

/** A group as evaluation follows it: a sample a minute, ten slots kept, those without news left out. */
export class Watch {
  slots: Slot[] = []
  minute = -1
  last: GroupOffsets | undefined
  readonly limits: KafkaLimits

  constructor(limits: Partial<KafkaLimits> = {}) {
    this.limits = { ...noLimits, ...limits }
  }

  /** A sample of the partitions of topics, a minute (or more) after the one before. */
  sees(topics: Record<string, PartitionOffsets[]>, { afterMin = 1, state = 'Stable' } = {}): GroupVerdict {
    this.minute += afterMin
    const sample: GroupOffsets = {
      group: 'orders',
      at: start + this.minute * MINUTE,
      state,
      members: state === 'Stable' ? 4 : 0,
      topics: Object.entries(topics).map(([topic, partitions]) => ({ topic, partitions })),
    }
    this.last = sample
    const { slot, verdict } = evaluateGroup(this.slots, sample, this.limits, MINUTE)
    const before = this.slots.at(-1)
    // What is stored is read again as it was.
    if (before === undefined || !isQuiet(slot) || !isSame(slot, before))
      this.slots = [...this.slots, unpack(pack(slot))].slice(-SLOTS)
    return verdict
  }

  /** One partition, so many times. */
  partition(times: number, of: (index: number) => [offset: number, end: number], isHeld = true): GroupVerdict {
    let verdict: GroupVerdict | undefined
    for (let index = 0; index < times; index++) {
      const [offset, end] = of(index)
      verdict = this.sees({ paid: [[0, offset, end, isHeld]] }, { state: isHeld ? 'Stable' : 'Empty' })
    }
    if (verdict === undefined) throw new Error('nothing was seen')
    return verdict
  }

  told(verdict: GroupVerdict): string {
    if (this.last === undefined) throw new Error('nothing was seen')
    return factIn('en', groupFault('ckafka', this.last, verdict) as Fact)
  }
}
