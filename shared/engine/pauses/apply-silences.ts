import { forEachAtMost } from '../../contracts/at-most.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Incident } from '../../incidents/incident.ts'
import { isActive, type Silence } from '../../incidents/pause/silence.ts'
import { readSilences } from '../../store/silences.ts'
import type { EngineIo } from '../io.ts'
import { stepNow } from '../step-now.ts'
import { readOpen } from './read-open.ts'

/** What has changed is looked at for so long: watch runs once a minute, and lists lag. */
const RECENTLY_MS = 180_000

type IsSilencedBy = typeof import('../../incidents/pause/silenced.ts').isSilencedBy

/**
 * Has every open incident that silences now cover, or no longer do, take its step now: one that is being paged is called off, and one
 * whose silence was ended early, or made shorter, pages. What reads matchers is loaded where there is one to read.
 */
export async function applySilences(silences: Silence[], io: EngineIo): Promise<void> {
  if (silences.length === 0) return
  const { isSilencedBy } = await import('../../incidents/pause/silenced.ts')
  const incidents = await readOpen(io)
  const isConcerned = (incident: Incident) =>
    silences.some((silence) => concerns(silence, incident, io.now(), isSilencedBy))
  const concerned = incidents.filter(isConcerned)
  await forEachAtMost(concerned, (incident) => stepNow(incident, io))
}

/** Applies the silences that have begun, or were changed, a moment ago: whoever made one may have died before telling anybody. */
export async function applyRecentSilences(io: EngineIo): Promise<void> {
  const isRecent = (at: Instant) => at <= io.now() && io.now() - at < RECENTLY_MS
  const silences = await readSilences(io)
  await applySilences(
    silences.filter(({ startsAt, changedAt }) => isRecent(startsAt) || isRecent(changedAt)),
    io,
  )
}

function concerns(silence: Silence, incident: Incident, now: Instant, isSilencedBy: IsSilencedBy): boolean {
  const { status, escalation } = incident
  if (status !== 'open') return false
  const { phase, pause } = escalation
  if (phase === 'paused') return pause?.cause.code === 'silenced' && pause.cause.args.silence === silence.id
  return isActive(silence, now) && isSilencedBy(silence, incident)
}
