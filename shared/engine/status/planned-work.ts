import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import { whenDown } from '../../incidents/pause/when-down.ts'
import type { PlannedWork } from '../../incidents/status/view.ts'

/** What is planned within so long is announced, ms. */
const AHEAD_MS = 7 * 86_400_000

/**
 * Windows of `maintenance`, now or soon, that lie over all checks of some component. What reads windows is loaded where there are any.
 */
export async function plannedWork(
  { components }: Pick<CompiledStatusPage, 'components'>,
  { checks, maintenance = {} }: Pick<CompiledConfig, 'checks' | 'maintenance'>,
  now: Instant,
): Promise<PlannedWork[]> {
  if (Object.keys(maintenance).length === 0) return []
  const [{ comingWindows }, { compileMatchers }] = await Promise.all([
    import('../../incidents/pause/windows.ts'),
    import('../../incidents/pause/matcher.ts'),
  ])
  return comingWindows(maintenance, now, AHEAD_MS).flatMap(({ match, ...when }) => {
    const fits = compileMatchers(match)
    const ids = new Set(checks.filter((check) => fits(whenDown(check))).map(({ id }) => id))
    const covered = Object.entries(components).filter(([, own]) => own.checks.every((id) => ids.has(id)))
    return covered.length === 0 ? [] : [{ ...when, components: covered.map(([id]) => id) }]
  })
}
