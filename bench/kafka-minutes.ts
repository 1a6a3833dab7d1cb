import type { Report } from '../shared/contracts/report.ts'
import { kafkaSamples, type PartitionOffsets } from '../shared/evaluation/kafka-sample.ts'

const minuteMs = 60_000

/** What a consumer reads in a minute. */
const read = 1000

/** The same report so many minutes later: from partitions that go on as `goOn` says, each with the minute. */
export function later(report: Report, minute: number, goOn: typeof busy): Report {
  const after = minute * minuteMs
  const { startedAt, finishedAt, run } = report.runner
  return {
    ...report,
    runner: {
      ...report.runner,
      run: `${minute}-${run}`,
      startedAt: startedAt + after,
      finishedAt: finishedAt + after,
    },
    observations: report.observations.map((observation) => {
      const { at } = observation
      if (observation.samples === undefined) return { ...observation, at: at + after }
      const samples = kafkaSamples.parse(observation.samples)
      const groups = samples.groups.map((group) => ({
        ...group,
        at: group.at + after,
        topics: group.topics.map(({ topic, partitions }) => ({
          topic,
          partitions: partitions.map((partition) => goOn(partition, minute)),
        })),
      }))
      return { ...observation, at: at + after, samples: { ...samples, groups } }
    }),
  }
}

/** Keeps up, with a lag that comes and goes by one. */
export function busy([partition, offset, end, isHeld]: PartitionOffsets, minute: number): PartitionOffsets {
  const moved = typeof offset === 'number' ? offset + minute * read : offset
  return [partition, moved, end === null ? null : end + minute * read - (minute % 2), isHeld]
}

/** Has read everything, and nothing more is written. */
export function idle([partition, , end, isHeld]: PartitionOffsets): PartitionOffsets {
  return [partition, end, end, isHeld]
}
