// Made by `npx node cli/schema.ts` from shared/checks/registry.ts and the files of each folder; a test compares.

import { kafkaLagEvaluator } from '../kafka-lag/evaluate.ts'
import type { SampleEvaluator } from '../kind.ts'

/** What judges over time, of the kinds whose observations bring samples. */
export const sampleEvaluators: Record<string, SampleEvaluator> = {
  'kafka-lag': kafkaLagEvaluator,
}
