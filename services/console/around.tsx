import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'
import { latencyAround, type Stretch, stretchAround } from '../../shared/engine/console/view-around.ts'
import { maintenanceOf, phaseNames } from '../../shared/engine/console/view-check.ts'
import { checkOf, type IncidentView } from '../../shared/engine/console/view-incident.ts'
import { checksWords } from '../../shared/messages/console/checks.ts'
import { recently } from '../../shared/store/recently.ts'
import type { ConsoleDeps } from './deps.ts'
import { inTime } from './in-time.ts'
import { hasPhases } from './pages/checks/chart-data.ts'
import { Charts, drawnOf } from './pages/checks/charts.tsx'
import type { View } from './view.ts'

/** The page renews itself every five seconds, for everybody who looks: a chart of minutes may be a little older. */
const FRESH_MS = 20_000
const KEPT = 20

/** The page of an incident does not wait for its chart, ms: it is there when the page renews itself. */
const PATIENCE_MS = 1_000

/** More stand on the page of the check. */
const MOST_CHARTS = 3

/** Makes what draws how long answers took around an incident, from each vantage; undefined where nothing is kept of that. */
export function chartsAround(deps: Pick<ConsoleDeps, 'config' | 'io'>) {
  const read = recently(
    async (asked) => {
      const [check, stretch] = JSON.parse(asked) as [Pick<CompiledCheck, 'id' | 'from' | 'project'>, Stretch]
      const { maintenanceCounts = false } = deps.config.projects[check.project] ?? {}
      return latencyAround(check, stretch, maintenanceCounts, deps.io())
    },
    FRESH_MS,
    () => deps.io().now(),
    KEPT,
  )
  return async ({ incident, strips }: IncidentView, view: View) => {
    const check = checkOf(incident, deps.config)
    if (check === undefined || strips === undefined) return undefined
    const stretch = stretchAround(incident, check, view.now)
    const { id, from, project } = check
    const series = await inTime(read(JSON.stringify([{ id, from, project }, stretch])), deps, PATIENCE_MS).catch(
      () => undefined,
    )
    if (series === undefined || series.length === 0) return undefined
    const words = checksWords[view.language]
    const drawn = drawnOf(series, MOST_CHARTS)
    return (
      <Charts
        view={view}
        words={words}
        of={{ ...stretch, windows: maintenanceOf(series, check), incidents: [incident] }}
        drawn={drawn}
        title={words.around}
      >
        {hasPhases(drawn) && (
          <ul class="legend">
            {phaseNames.map((name) => (
              <li>
                <i class={`layer ${name}`} /> {words.phase[name]}
              </li>
            ))}
          </ul>
        )}
        {series.length > drawn.length && <p class="quiet">{words.more(series.length - drawn.length)}</p>}
      </Charts>
    )
  }
}
