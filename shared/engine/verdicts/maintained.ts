import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import { whenDown } from '../../incidents/pause/when-down.ts'
import type { MaintainedAt } from '../../store/history.ts'

/** Says over which checks maintenance lies at a time. What reads windows is loaded where there are any. */
export async function maintainedOf({
  checks,
  maintenance = {},
}: Pick<CompiledConfig, 'checks' | 'maintenance'>): Promise<MaintainedAt> {
  if (Object.keys(maintenance).length === 0) return () => new Set()
  const [{ activeWindows }, { compileMatchers }] = await Promise.all([
    import('../../incidents/pause/windows.ts'),
    import('../../incidents/pause/matcher.ts'),
  ])
  return (at) => {
    const matches = activeWindows(maintenance, at).map(({ match }) => compileMatchers(match))
    if (matches.length === 0) return new Set()
    return new Set(checks.filter((check) => matches.some((isFor) => isFor(whenDown(check)))).map(({ id }) => id))
  }
}
