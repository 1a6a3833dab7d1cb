import { OWN_PROJECT } from '../../shared/contracts/compiled-config.ts'
import { inEach, tryEach } from '../../shared/contracts/in-each.ts'
import { incidentMatchers } from '../../shared/contracts/matcher.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { severities } from '../../shared/contracts/words.ts'
import { silenceOf } from '../../shared/engine/console/action.ts'
import type { Incident } from '../../shared/incidents/incident.ts'
import type { Silence } from '../../shared/incidents/pause/silence.ts'
import { listIncidents } from '../../shared/store/incidents.ts'
import { readSilences } from '../../shared/store/silences.ts'
import type { ConfigOptions } from '../configuration.ts'
import { contactsOf, storeOf } from '../engine.ts'
import { findTargets } from '../every-region.ts'
import { findIncident, titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import type { Target, TargetOptions } from '../target.ts'
import { projectsWritten } from '../written-config.ts'
import type { SilenceKeeper } from './keeper.ts'
import { endSilenceAt, makeSilence } from './making.ts'

/** Keeps silences in each region of a deployment. */
export function tablesKeeper(options: TargetOptions & ConfigOptions, io: CliIo): SilenceKeeper {
  return {
    matchersOf: async (number) => incidentMatchers((await findIncident(number, options, io)).found),
    async make(wanted) {
      const targets = findTargets(options, io)
      const silence = { ...wanted, ...(await authorOf(wanted.by, targets, options, io)) }
      const covered = await makeSilence(silence, targets, io)
      return { silence, covers: covered.map((one) => ({ number: one.number, title: titleOf(one, io) })) }
    },
    move: (id, end) => endSilenceAt(id, end, findTargets(options, io), io),
    async list() {
      const everywhere = await inEach(findTargets(options, io), (target) => readSilences(storeOf(target, io)))
      const [{ target, result }] = everywhere.done
      const open = result.length === 0 ? [] : await listIncidents('open', LISTED, storeOf(target, io))
      return result.map((silence) => ({ silence, quiet: quietBy(silence, open) }))
    },
  }
}

/**
 * What whoever makes it is called: a contact of any project by their name, everybody else by what was given. A table that does not tell stops
 * no silence.
 */
async function authorOf(
  by: string,
  targets: [Target, ...Target[]],
  options: ConfigOptions,
  io: CliIo,
): Promise<Pick<Silence, 'by' | 'contact'>> {
  const projects = [...projectsWritten(options, io), OWN_PROJECT]
  const { done } = await tryEach(targets, async (target) => {
    const contacts = contactsOf(target)
    return Promise.all(projects.map(async (project) => (await contacts.read(project))?.directory.contacts ?? {}))
  })
  const known = done.flatMap(({ result }) => result).find((people) => ownProperty(people, by) !== undefined)
  const name = known?.[by]?.name
  return name === undefined ? { by } : { by: name, contact: by }
}

/** More open incidents than these are not looked through for a list. */
const LISTED = 1_000

function quietBy({ id }: Silence, open: Incident[]): number[] {
  const quiet = open.filter((one) => silenceOf(one) === id)
  return quiet.toSorted((a, b) => rank(a) - rank(b) || a.number - b.number).map(({ number }) => number)
}

function rank({ severity }: Incident): number {
  return severities.indexOf(severity)
}
