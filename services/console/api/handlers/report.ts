import { DAY_MS } from '../../../../shared/contracts/milliseconds.ts'
import { viewReport } from '../../../../shared/engine/console/view-report.ts'
import type { Handlers } from '../asked.ts'
import type { report } from '../contract/report.ts'
import { refusal } from '../refusal.ts'
import { mayNot } from '../who.ts'

/** What is over is remembered for so long, ms. */
const REMEMBERED_MS = 180 * DAY_MS

export const reportHandlers: Handlers<keyof typeof report> = {
  async readReport({ query, rights, io }, { config, directory, recorded: read }) {
    const { project } = query
    const [from, to] = [Date.parse(query.since), io.now()]
    if (from >= to || to - from > REMEMBERED_MS) throw refusal(400, 'bad-time', (say) => say.since)
    if (project !== undefined && !rights.can('viewer', project)) throw mayNot()
    const mine = Object.keys(config.projects).filter((one) => rights.can('viewer', one))
    if (project !== undefined && !mine.includes(project)) throw refusal(404, 'not-found', (say) => say.noProject(mine))
    const [{ recorded, isWhole: whole }, directories] = await Promise.all([
      read(from, project === undefined ? mine : [project]),
      Promise.all(mine.map((one) => directory(one))),
    ])
    const found = viewReport(recorded, { from, to }, directories, config.timezone)
    const iso = (at: number) => new Date(at).toISOString()
    return { body: { from: iso(from), to: iso(to), ...found, whole } }
  },
}
