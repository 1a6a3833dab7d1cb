import type { CheckKind } from '../kind.ts'
import type { KafkaLagSpec } from './spec.ts'

/** Most probes have no such check: what reads clusters is loaded when one runs, and what cuts a report in parts when one is too large. */
export const kafkaLag: CheckKind<KafkaLagSpec> = {
  kind: 'kafka-lag',
  async run({ spec }, io, deadline) {
    const { runKafkaLag } = await import('./kafka-lag.ts')
    return runKafkaLag(spec, io, deadline)
  },
  async inParts(observation, roomBytes) {
    const { inParts } = await import('./kafka-parts.ts')
    return inParts(observation, roomBytes)
  },
}
