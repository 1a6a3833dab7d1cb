import type { CompiledCheck, CompiledConfig } from '../../contracts/compiled-config.ts'
import { GROUP_PREFIX } from '../../contracts/group.ts'
import { STORM_KEY } from '../../contracts/storm.ts'
import { verdictShape } from '../../evaluation/verdict-state.ts'
import { alikeText } from '../../incidents/alert-group.ts'
import type { Incident } from '../../incidents/incident.ts'
import type { KeyFate } from '../../incidents/key-fate.ts'
import { type Home, readHome } from '../../store/alert-groups.ts'
import { readIncident } from '../../store/incidents.ts'
import type { StoreIo } from '../../store/io.ts'
import { verdictKey } from '../../store/keys.ts'
import { stateIn } from '../../store/shape.ts'
import { memberOf, readMembers } from '../../store/storm-members.ts'

type Store = Pick<StoreIo, 'incidents' | 'checks' | 'log'>

/** The newest incident of a key in one of some projects, or what became of the alert without one. `key` may be a check's name. */
export async function fateOf(
  key: string,
  projects: string[],
  { checks }: Pick<CompiledConfig, 'checks'>,
  store: Store,
): Promise<{ incident: Incident } | { fate: KeyFate }> {
  const check = checks.find(({ id, name, project }) => projects.includes(project) && (id === key || name === key))
  const keys = [...new Set([key, ...(check ? [check.id] : [])])]
  const fates: KeyFate[] = []
  for (const project of projects)
    for (const groupKey of keys) {
      const incident = await readIncident({ project, groupKey }, store.incidents)
      const home = await readHome(project, groupKey, store)
      const isOwn = home === undefined || (incident !== undefined && incident.openedAt >= home.member.takenAt)
      if (incident !== undefined && incident.generation > 0 && isOwn) return { incident }
      if (incident !== undefined)
        fates.push({ code: 'resolved-first', args: { key: groupKey, project, at: incident.openedAt } })
      const joined =
        (home && (await groupFate(project, groupKey, home, store))) ?? (await stormOf(project, groupKey, store))
      if (joined !== undefined) fates.unshift(joined)
    }
  const [fate] = fates
  return { fate: fate ?? (check && (await checkFate(check, store))) ?? { code: 'never-came', args: { key, projects } } }
}

/** What became of an alert in its group, whose incident may have come above the storm limit. */
async function groupFate(
  project: string,
  key: string,
  { name, group, member: { open } }: Home,
  store: Store,
): Promise<KeyFate | undefined> {
  const groupKey = GROUP_PREFIX + name
  const incident = await readIncident({ project, groupKey }, store.incidents)
  if (incident === undefined || incident.generation === 0) return stormOf(project, groupKey, store, key)
  const args = { key, project, number: incident.number, by: alikeText(group.alike), open }
  return { code: 'in-group', args }
}

/** The newest storm of a project, if an alert of this key has joined it. */
async function stormOf(
  project: string,
  groupKey: string,
  { incidents }: Store,
  key = groupKey,
): Promise<KeyFate | undefined> {
  const storm = await readIncident({ project, groupKey: STORM_KEY }, incidents)
  if (storm === undefined) return undefined
  const member = (await readMembers(project, storm.generation, { incidents })).get(memberOf(groupKey))
  return member && { code: 'in-storm', args: { key, project, number: storm.number, open: member.open } }
}

async function checkFate({ id, dependsOn }: CompiledCheck, { checks }: Store): Promise<KeyFate> {
  const verdictOf = async (check: string) => stateIn(await checks.get(verdictKey(check)), verdictShape, checks)?.verdict
  const parent = dependsOn === undefined ? undefined : await verdictOf(dependsOn)
  if (dependsOn !== undefined && parent !== undefined && parent !== 'up')
    return { code: 'check-waits', args: { key: id, on: dependsOn } }
  const verdict = await verdictOf(id)
  return verdict === undefined
    ? { code: 'check-unseen', args: { key: id } }
    : { code: 'check-well', args: { key: id, verdict } }
}
