import type * as z from 'zod/mini'
import type { Role } from '../../../../shared/contracts/compiled-config.ts'
import { inBoth } from '../../../../shared/contracts/words.ts'
import type { PersonName } from '../../../../shared/engine/console/action.ts'
import { mayChange } from '../../../../shared/engine/overrides/may-change.ts'
import { swapWords } from '../../../../shared/messages/console/swaps.ts'
import { readSwaps, type Swap } from '../../../../shared/store/swaps.ts'
import type { Rights } from '../../access/rights.ts'
import { shownSwaps } from '../../shown-swaps.ts'
import type { ApiDeps, Asked, Handlers } from '../asked.ts'
import type { swaps } from '../contract/swaps.ts'
import { idOf } from '../id-of.ts'
import { refused } from '../override-refused.ts'
import { pageOf } from '../paging.ts'
import { Refusal, refusal } from '../refusal.ts'
import type { swap as swapSchema } from '../schemas/swaps.ts'
import { actorIn, mayNot, peopleOf } from '../who.ts'

const iso = (at: number) => new Date(at).toISOString()

export const swapHandlers: Handlers<keyof typeof swaps> = {
  async listSwaps({ query, rights, io, origin }, deps) {
    const [all, projectsOf] = await Promise.all([shownSwaps(io, deps, () => `${origin}/oncall`), schedulesIn(deps)])
    const mine = all.filter(({ schedule }) => maySee(projectsOf(schedule), rights))
    const { shown, next } = pageOf(mine, nameOf, query)
    return { body: { swaps: shown.map(swapResource), ...next } }
  },

  async askSwap(asked, deps) {
    const { body, note } = asked
    note('swap asked')
    const by = await actorOf(asked, deps)
    note('swap asked', by)
    const { as: _, yours, note: why, ...rest } = body
    const wanted = { ...rest, by: by.contact, ...(yours && { yours }), ...(why && { note: why }) }
    const { askSwap } = await import('../../../../shared/engine/overrides/swaps.ts')
    const swap = await refused(askSwap(wanted, await swappingOf(by.name, asked, deps)))
    note(`swap asked ${swap.id}: ${swap.schedule} ${swap.by}, ${swap.to}`, by)
    return { body: swapResource(swap) }
  },

  async answerSwap(asked, deps) {
    const { params, body, rights, io, note } = asked
    const { answer } = body
    note(`swap ${answer} ${params.id}`)
    const [found, projectsOf] = await Promise.all([known(params.id, io), schedulesIn(deps)])
    const projects = found === undefined ? [] : projectsOf(found.schedule)
    if (found === undefined || !maySee(projects, rights)) throw refusal(404, 'not-found', (say) => say.noSwap)
    const mayAnswer =
      projects.length === 0 ? rights.can('admin') : mayChange(projects, (one) => rights.can('admin', one))
    if (!mayAnswer) throw mayNot()
    const by = await actorOf(asked, deps)
    const { answerSwap } = await import('../../../../shared/engine/overrides/swaps.ts')
    const done = await refused(answerSwap(params.id, answer, () => true, await swappingOf(by.name, asked, deps)))
    const { swap } = done
    if (swap === undefined) throw refusal(404, 'not-found', (say) => say.noSwap)
    note(`swap ${answer} ${params.id}: ${swap.schedule} ${swap.by}, ${swap.to}`, by)
    if (done.result === 'done') {
      const missed = done.missed.map(({ target }) => target.region)
      return { body: { swap: swapResource((await known(params.id, io)) ?? swap), missed } }
    }
    // Whoever repeats a request that was not answered has answered already.
    const isTheirs = swap.state === answer && swap.answered?.by === by.name
    if (isTheirs) return { body: { swap: swapResource(swap), missed: [] } }
    const { result } = done
    throw new Refusal(
      409,
      result,
      inBoth((language) => swapWords[language][result]),
    )
  },
}

/** A swap of a schedule that is gone, be it for a while, is everybody's who may look at all: it is to be withdrawn, or to be waited for. */
function maySee(projects: string[], { can }: Rights): boolean {
  return projects.length === 0 ? can('viewer') : projects.some((project) => can('viewer', project))
}

/** The projects that go by a schedule; none: it is gone. */
async function schedulesIn({ config, directory }: ApiDeps): Promise<(schedule: string) => string[]> {
  const rows = await Promise.all(
    Object.keys(config.projects).map(async (project) => ({ project, schedules: (await directory(project)).schedules })),
  )
  return (schedule) => rows.flatMap(({ project, schedules }) => (Object.hasOwn(schedules, schedule) ? [project] : []))
}

type Asking = Asked<'askSwap' | 'answerSwap'>

/** The contact in whose name it is done, of the projects in which the token is an admin's. */
async function actorOf({ body, rights }: Asking, deps: ApiDeps): Promise<PersonName> {
  const own = Object.keys(deps.config.projects).filter((project) => rights.can('admin', project))
  return actorIn(body.as, await peopleOf(own, deps))
}

async function swappingOf(by: string, asked: Asking, deps: ApiDeps) {
  const { rights, io, origin } = asked
  const may = (role: Role) => (project: string) => rights.can(role, project)
  return {
    regions: await deps.regions(),
    making: {
      projects: Object.keys(deps.config.projects),
      by,
      now: io.now(),
      newId: () => idOf(asked),
      timezone: deps.config.timezone,
      mayAct: may('admin'),
      mayLook: may('viewer'),
    },
    io,
    url: `${origin}/oncall`,
  }
}

async function known(id: string, io: Asked<'answerSwap'>['io']): Promise<Swap | undefined> {
  return (await readSwaps(io)).find((one) => one.id === id)
}

/** The newest come first. */
function nameOf({ at, id }: Swap): string {
  return `${String(Number.MAX_SAFE_INTEGER - at).padStart(16, '0')}${id}`
}

function swapResource(known: Swap): z.infer<typeof swapSchema> {
  const { shifts: _, busyUntil: __, accepting: ___, letter: ____, answered, at, until, ...swap } = known
  return {
    ...swap,
    at: iso(at),
    until: iso(until),
    ...(answered && { answered: { at: iso(answered.at), by: answered.by } }),
  }
}
