import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { DAY_MS } from '../../shared/contracts/milliseconds.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import type { Instant } from '../../shared/contracts/words.ts'
import { viewReport } from '../../shared/engine/console/view-report.ts'
import { recordedSince } from '../../shared/engine/recorded.ts'
import { gapsBetween } from '../../shared/oncall/shifts.ts'
import { readSilences } from '../../shared/store/silences.ts'
import type { ConfigOptions } from '../configuration.ts'
import { storeOf } from '../engine.ts'
import { CommandError } from '../failure.ts'
import type { CliIo } from '../io.ts'
import { findPeople } from '../oncall/people.ts'
import { GAP_DAYS } from '../oncall/views.ts'
import { findTarget, type TargetOptions } from '../target.ts'
import { projectsWritten } from '../written-config.ts'
import type { Reported } from './text.ts'

/** By the tables of a deployment. Throws a `CommandError` for a project that fenghuo.yml does not have. */
export async function reportThere(
  from: Instant,
  options: ConfigOptions & TargetOptions & { project?: string },
  io: CliIo,
): Promise<Reported> {
  const to = io.now()
  const store = storeOf(findTarget(options, io), io)
  const { project: meant } = options
  if (meant !== undefined) checkProject(meant, options, io)
  const { directory, timezone } = await findPeople({ ...options, deployed: true }, io)
  const [{ recorded, isWhole }, silences] = await Promise.all([
    recordedSince(from, (project) => (meant ?? project) === project, store),
    readSilences(store),
  ])
  return {
    report: viewReport(recorded, { from, to }, [directory], timezone),
    ahead: {
      silences: silences.filter(({ endsAt }) => endsAt > to).toSorted((a, b) => a.endsAt - b.endsAt),
      gaps: Object.entries(directory.schedules).flatMap(([schedule, { timezone: zone }]) =>
        gapsBetween(directory, schedule, to, to + GAP_DAYS * DAY_MS).map((gap) => ({
          schedule,
          timezone: zone,
          ...gap,
        })),
      ),
    },
    to,
    isWhole,
  }
}

function checkProject(name: string, options: ConfigOptions, io: CliIo): void {
  const known = projectsWritten(options, io)
  if (name === OWN_PROJECT || known.includes(name) || known.length === 0) return
  const guess = didYouMean(name, known)
  throw new CommandError({
    en: `--project ${name}: no such project in fenghuo.yml${guess.en}; there are: ${[...known, OWN_PROJECT].join(', ')}`,
    zh: `--project ${name}：fenghuo.yml 里没有这个项目${guess.zh}；有：${[...known, OWN_PROJECT].join('、')}`,
  })
}
