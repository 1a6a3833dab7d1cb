import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Silence } from '../../incidents/pause/silence.ts'
import { whenDown } from '../../incidents/pause/when-down.ts'
import type { PlannedWork } from '../../incidents/status/view.ts'

/** What is planned within so long is announced, ms. */
const AHEAD_MS = 7 * 86_400_000

/**
 * Windows of `maintenance`, and what of `silences` is planned work, now or soon, that lie over all checks of some component. What reads them
 * is loaded where there are any.
 */
export async function plannedWork(
  { components }: Pick<CompiledStatusPage, 'components'>,
  { checks, maintenance = {} }: Pick<CompiledConfig, 'checks' | 'maintenance'>,
  silences: Silence[],
  now: Instant,
): Promise<PlannedWork[]> {
  const planned = silences.filter(
    (one) => one.maintenance && one.endsAt > now && one.startsAt < Math.min(one.endsAt, now + AHEAD_MS),
  )
  if (Object.keys(maintenance).length + planned.length === 0) return []
  const [{ comingWindows }, { compileMatchers }, { isSilencedBy }] = await Promise.all([
    import('../../incidents/pause/windows.ts'),
    import('../../incidents/pause/matcher.ts'),
    import('../../incidents/pause/silenced.ts'),
  ])
  const windows = comingWindows(maintenance, now, AHEAD_MS).map(({ match, ...when }) => ({
    fits: compileMatchers(match),
    when,
  }))
  const works = planned.map((one) => ({
    fits: (down: ReturnType<typeof whenDown>) => isSilencedBy(one, down),
    when: { ...(one.startsAt > now && { from: one.startsAt }), until: one.endsAt },
  }))
  return [...windows, ...works].flatMap(({ fits, when }) => {
    const ids = new Set(checks.filter((check) => fits(whenDown(check))).map(({ id }) => id))
    const covered = Object.entries(components).filter(([, own]) => own.checks.every((id) => ids.has(id)))
    return covered.length === 0 ? [] : [{ ...when, components: covered.map(([id]) => id) }]
  })
}
