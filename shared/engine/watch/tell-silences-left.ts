import { forEachAtMost } from '../../contracts/at-most.ts'
import { MINUTE_MS } from '../../contracts/milliseconds.ts'
import type { Instant } from '../../contracts/words.ts'
import { isActive, type Silence } from '../../incidents/pause/silence.ts'
import { readSilences } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import type { EvaluationConfig } from '../verdicts/update-verdicts.ts'
import { raiseOwn } from './raise-own.ts'
import type { OnCallPeople } from './tell-gaps.ts'

/** Leave begins at full hours as a rule, and each look reads the rows of what is muted. */
const EVERY_MINUTES = 5

/** A look that nobody took is made up for so long. */
const LATE_MS = 15 * MINUTE_MS

/**
 * The groups of what is muted hear it once when whoever made a silence goes on leave while it lasts. What reads matchers is loaded where
 * there is one.
 */
export async function tellSilencesLeft(people: OnCallPeople, config: EvaluationConfig, io: EngineIo): Promise<void> {
  const now = io.now()
  if (Math.floor(now / MINUTE_MS) % EVERY_MINUTES !== 0) return
  const silences = (await readSilences(io)).filter((silence) => isActive(silence, now))
  if (silences.length === 0) return
  const { leavesOf, mayConcern } = await import('../../incidents/pause/muted.ts')
  const told = new Set<string>()
  await forEachAtMost(Object.keys(config.projects), async (project) => {
    const concerned = silences.filter(({ matchers }) => mayConcern(matchers, project))
    const directory = concerned.length > 0 ? await people.directory(project) : undefined
    if (directory === undefined) return
    for (const silence of concerned) {
      const leaves = leavesOf(silence, { ...directory, timezone: people.timezone })
      const at = leaves.map(({ start, end }) => leftAt(silence, start, end)).find((time) => isDue(time, now))
      // A group of several projects hears it once.
      const robots = config.projects[project]?.chat ?? []
      const news = robots.filter((robot) => !told.has(`${silence.id} ${robot}`))
      if (at === undefined || news.length === 0) continue
      for (const robot of news) told.add(`${silence.id} ${robot}`)
      const { id, by, comment, endsAt, maintenance } = silence
      await raiseOwn(
        {
          project,
          key: ['silence-left', id, at],
          at,
          severity: 'warning',
          once: true,
          tells: news.map((chat) => ({ chat })),
        },
        {
          code: 'silence-left',
          args: {
            ...{ silence: id, by, comment, until: endsAt, timezone: people.timezone },
            ...(maintenance && { maintenance }),
          },
        },
        config,
        io,
      )
    }
  })
}

/** When a silence and its author's leave come together; whoever makes or changes one while on leave knows of it. */
function leftAt({ startsAt, endsAt, changedAt }: Silence, start: Instant, end: Instant): Instant | undefined {
  const at = Math.max(start, startsAt)
  return at > changedAt && at < Math.min(end, endsAt) ? at : undefined
}

function isDue(at: Instant | undefined, now: Instant): boolean {
  return at !== undefined && at <= now && now - at < LATE_MS
}
