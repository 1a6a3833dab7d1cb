import type { Role } from '../../../../shared/contracts/compiled-config.ts'
import { inBoth } from '../../../../shared/contracts/words.ts'
import type { makeOverrides } from '../../../../shared/engine/overrides/make.ts'
import { overrideText } from '../../../../shared/oncall/override.ts'
import type { Override } from '../../../../shared/oncall/plan.ts'
import type { ApiDeps, Asked, Handlers } from '../asked.ts'
import type { overrides } from '../contract/overrides.ts'
import { idOf } from '../id-of.ts'
import { refused } from '../override-refused.ts'
import { overrideIn, overrideResource } from '../override-resource.ts'
import { pageOf } from '../paging.ts'
import { actorIn, peopleOf } from '../who.ts'

export const overrideHandlers: Handlers<keyof typeof overrides> = {
  async listOverrides({ query, rights, io }, deps) {
    const all = await aheadIn((project) => rights.can('viewer', project), deps, io.now())
    const nameOf = ({ override }: (typeof all)[number]) =>
      `${override.from} ${override.made?.id} ${overrideText(override)}`
    const { shown, next } = pageOf(all, nameOf, query)
    return { body: { overrides: shown.map(({ override, projects }) => overrideResource(override, projects)), ...next } }
  },

  async makeOverride(asked, deps) {
    const { body, rights, io, note } = asked
    const mayAct = (project: string) => rights.can('responder', project)
    note('override')
    const by = actorIn(body.as, await peopleOf(Object.keys(deps.config.projects).filter(mayAct), deps))
    note('override', by)
    const id = idOf(asked)
    const before = await aheadIn(mayAct, deps, io.now())
    // Whoever repeats a request that was not answered has made it: read anew, `now` would be another time. Not every region may have it.
    const known = before.find(({ override }) => override.made?.id === id)?.override
    const [{ makeOverrides }, { shiftsBy }] = await Promise.all([
      import('../../../../shared/engine/overrides/make.ts'),
      import('../../../../shared/engine/overrides/shifts.ts'),
    ])
    const making = { ...askingOf(asked, deps), by: by.name, now: io.now(), newId: () => id }
    const made = await refused(
      makeOverrides([known ?? overrideIn(body)], await deps.regions(), { ...making, timezone: deps.config.timezone }),
    )
    const [override = overrideIn(body)] = made.overrides
    note(`override: ${overrideText(override)}`, by)
    const same = before.find((one) => overrideText(one.override) === overrideText(override))
    const missed = made.missed.map(({ target }) => target.region)
    if (made.changed.length === 0 && same !== undefined) return { body: { ...unchanged(same), missed } }
    const projects = made.changed.map(({ project }) => project)
    const shifts = made.changed
      .flatMap(({ row }) => shiftsBy(override, row.directory, io.now()))
      .flatMap(({ schedule, changes }) =>
        changes.map(({ from, ...change }) => ({ schedule, from: new Date(from).toISOString(), ...change })),
      )
    // Projects that go by one schedule have it alike.
    const each = new Map(shifts.map((shift) => [JSON.stringify(shift), shift]))
    return {
      body: {
        override: overrideResource(override, projects),
        changed: true,
        shifts: [...each.values()],
        unreached: await unreachedOf(override, made, asked, deps),
        missed,
      },
    }
  },

  async removeOverride(asked, deps) {
    const { params, note } = asked
    note('override away')
    const { removeOverride } = await import('../../../../shared/engine/overrides/remove.ts')
    const gone = await refused(removeOverride(params.id, await deps.regions(), askingOf(asked, deps)))
    note(`override away: ${overrideText(gone.override)}`)
    const projects = gone.changed.map(({ project }) => project)
    const missed = gone.missed.map(({ target }) => target.region)
    return { body: { override: overrideResource(gone.override, projects), missed } }
  },
}

/** What is ahead in some projects: rotations and calendars are loaded for whoever asks. */
async function aheadIn(isMeant: (project: string) => boolean, { config, directory }: ApiDeps, now: number) {
  const { overridesAhead } = await import('../../../../shared/engine/overrides/list.ts')
  const projects = Object.keys(config.projects).filter(isMeant)
  const rows = projects.map(async (project) => ({ project, row: { directory: await directory(project) } }))
  return overridesAhead(await Promise.all(rows), now)
}

/** Whoever it brings in and a layer has no address for. */
async function unreachedOf(
  override: Override,
  { changed, known }: Made,
  { io }: Pick<Asked<'makeOverride'>, 'io'>,
  { config }: ApiDeps,
) {
  const [{ unreachedBy }, { unreachedText }] = await Promise.all([
    import('../../../../shared/oncall/unreached.ts'),
    import('../../../../shared/messages/unreached.ts'),
  ])
  const rows = changed.map(({ row }) => row.directory)
  return unreachedBy(override, { rows, known }, config, io.now()).map((one) => ({
    contact: one.contact,
    text: inBoth((language) => unreachedText(one, language)),
  }))
}

type Made = Pick<Awaited<ReturnType<typeof makeOverrides>>, 'changed' | 'known'>
type Ahead = Awaited<ReturnType<typeof aheadIn>>[number]

function unchanged({ override, projects }: Ahead) {
  return { override: overrideResource(override, projects), changed: false, shifts: [], unreached: [], missed: [] }
}

function askingOf({ rights }: Pick<Asked<'makeOverride'>, 'rights'>, { config }: ApiDeps) {
  const may = (role: Role) => (project: string) => rights.can(role, project)
  return { projects: Object.keys(config.projects), mayAct: may('responder'), mayLook: may('viewer') }
}
