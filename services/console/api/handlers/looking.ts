import { roles } from '../../../../shared/contracts/compiled-config.ts'
import { DAY_MS, WEEK_MS } from '../../../../shared/contracts/milliseconds.ts'
import { viewOnCall } from '../../../../shared/engine/console/view-oncall.ts'
import type { Rights } from '../../access/rights.ts'
import type { Handlers } from '../asked.ts'
import type { looking } from '../contract/looking.ts'
import { noSuchCheck } from '../no-such-check.ts'
import { pageOf } from '../paging.ts'
import { refusal } from '../refusal.ts'
import { checkResource, scheduleResource } from '../resources.ts'

export const lookingHandlers: Handlers<keyof typeof looking> = {
  async listProjects({ query, rights }, { config, people }) {
    const mine = Object.keys(config.projects).filter((project) => rights.can('viewer', project))
    const { shown, next } = pageOf(mine, (name) => name, query)
    const projects = shown.map(async (name) => ({
      name,
      title: config.projects[name]?.title ?? name,
      role: roleIn(name, rights),
      ...(await people(name)),
    }))
    return { body: { projects: await Promise.all(projects), ...next } }
  },

  async listChecks({ query, rights }, { measured }) {
    const { checks } = await measured()
    const { project = undefined } = query
    const mine = checks.filter((one) => rights.can('viewer', one.project) && (project ?? one.project) === one.project)
    const { shown, next } = pageOf(mine, ({ id }) => id, query)
    return { body: { checks: shown.map(checkResource), ...next } }
  },

  async readCheck({ params: { project, name }, rights }, { measured }) {
    const id = `${project}/${name}`
    const found = (await measured()).checks.find((one) => one.id === id)
    if (found !== undefined && rights.can('viewer', found.project)) return { body: checkResource(found) }
    throw noSuchCheck(id)
  },

  async listSchedules({ query, rights, io }, { config, directory }) {
    const mine = Object.keys(config.projects).filter((project) => rights.can('viewer', project))
    const at = query.at === undefined ? io.now() : Date.parse(query.at)
    const from = query.from === undefined ? at : Date.parse(query.from)
    if (Math.abs(at - io.now()) > YEAR_MS) throw refusal(400, 'bad-time', (say) => say.farAway)
    if (from > at || at - from > WEEK_MS) throw refusal(400, 'bad-time', (say) => say.notAWeek)
    const { shown, next } = pageOf(await viewOnCall(mine, directory, from, at), ({ name }) => name, query)
    return { body: { schedules: shown.map(scheduleResource), ...next } }
  },

  async readLedger(_, { ledger }) {
    const people = (await ledger()).map(({ name, channels }) => ({
      name,
      channels: channels.map(({ channel, proven }) => ({
        channel,
        ...(proven && { at: new Date(proven.at).toISOString(), by: proven.by }),
      })),
    }))
    return { body: { people } }
  },
}

/** Who looks further asks for what nobody has planned, and each turn until then is counted. */
const YEAR_MS = 366 * DAY_MS

/** The most that somebody may do in a project in which they may look. */
function roleIn(project: string, { can }: Rights) {
  return roles.findLast((role) => can(role, project)) ?? 'viewer'
}
