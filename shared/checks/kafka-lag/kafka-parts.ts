import { portions } from '../../contracts/portions.ts'
import type { Observation } from '../../contracts/report.ts'
import type { GroupOffsets, KafkaSamples } from '../../evaluation/kafka-sample.ts'
import { jsonBytes } from '../run/json-bytes.ts'

/**
 * An observation of many consumer groups as several with some of the groups each, none over `roomBytes` of JSON unless one group is;
 * each of them names the groups of the others, so that none is thought to be gone. What names its group itself is left as it is.
 */
export function inParts(observation: Observation, roomBytes: number): Observation[] {
  const samples = observation.samples as KafkaSamples | undefined
  if (!samples?.found) return [observation]
  const names = samples.groups.map(({ group }) => group)
  const withNames = (groups: GroupOffsets[], elsewhere: string[]): Observation => ({
    ...observation,
    samples: { ...samples, elsewhere, groups } satisfies KafkaSamples,
  })
  const frame = jsonBytes(withNames([], names))
  return portions(samples.groups, roomBytes - frame, (group) => jsonBytes(group) + ','.length).map((groups) => {
    const own = new Set(groups.map(({ group }) => group))
    return withNames(
      groups,
      names.filter((name) => !own.has(name)),
    )
  })
}
