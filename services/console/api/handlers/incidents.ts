import { inBoth, type Language } from '../../../../shared/contracts/words.ts'
import type { Action } from '../../../../shared/engine/console/action.ts'
import { fateOf } from '../../../../shared/engine/console/fate-of-key.ts'
import { takeAction } from '../../../../shared/engine/console/take-action.ts'
import { type Unfit, unfitFor, unfitText } from '../../../../shared/engine/console/unfit.ts'
import { type IncidentView, viewIncident } from '../../../../shared/engine/console/view-incident.ts'
import { viewList } from '../../../../shared/engine/console/view-list.ts'
import { viewPostMortem } from '../../../../shared/engine/console/view-post-mortem.ts'
import { whyIncident } from '../../../../shared/engine/console/why-incident.ts'
import { fateText } from '../../../../shared/messages/why.ts'
import { readableIncident } from '../../access/readable.ts'
import { canInAll } from '../../access/rights.ts'
import type { People } from '../../pages/actions.tsx'
import { areKnown } from '../../people.ts'
import { vendorsLate } from '../../vendors.ts'
import type { ApiDeps, Asked, Handlers } from '../asked.ts'
import type { incidents } from '../contract/incidents.ts'
import { badCursor } from '../paging.ts'
import { postMortemResource, runsResource } from '../post-mortem-resource.ts'
import { noSuchIncident, readableByNumber } from '../readable-incident.ts'
import { Refusal, refusal } from '../refusal.ts'
import { incidentResource, reasonResource, wholeResource, whyResource } from '../resources.ts'
import { actorIn, mayNot } from '../who.ts'

export const incidentHandlers: Handlers<keyof typeof incidents> = {
  async listIncidents({ query: { status, limit, cursor }, rights, io, reading }) {
    const page = await viewList(status, limit, cursor, io)
    if (page === undefined) throw badCursor()
    const mine = page.incidents.filter(({ project }) => rights.can('viewer', project))
    const listed = mine.map((one) => incidentResource(one, reading))
    return { body: { incidents: listed, ...(page.next !== undefined && { next: page.next }) } }
  },

  async readIncident(asked, deps) {
    return { body: wholeResource(await readable(asked, deps), await vendorsLate(), asked.reading) }
  },

  async readStrips(asked, deps) {
    const { strips } = await readable(asked, deps)
    if (strips === undefined) return { body: { vantages: [] } }
    return { body: { until: new Date(strips.until).toISOString(), vantages: strips.of.map(runsResource) } }
  },

  async readPostMortem(asked, deps) {
    const seen = await readable(asked, deps)
    const [known, vendors] = await Promise.all([viewPostMortem(seen, asked.reading.now, asked.io), vendorsLate()])
    return { body: postMortemResource(seen, known, vendors, asked.reading) }
  },

  async whyIncident(asked, { config, directory }) {
    const { rights, io, reading } = asked
    const incident = await readableByNumber(asked)
    const mayTell = (projects: string[] | undefined) => canInAll('viewer', projects, rights)
    const why = await whyIncident(incident, { config, directory, mayTell }, io)
    return { body: whyResource(incident, why, await vendorsLate(), reading) }
  },

  async readFate({ query: { key, project }, rights, io, reading }, { config }) {
    if (project !== undefined && !rights.can('viewer', project)) throw mayNot()
    const mine = Object.keys(config.projects).filter((one) => rights.can('viewer', one))
    const found = await fateOf(key, project === undefined ? mine : [project], config, io)
    if ('incident' in found) return { body: { number: found.incident.number } }
    const textIn = (language: Language) => fateText(found.fate, language, reading.now, reading.timezone)
    return { body: { fate: reasonResource(found.fate, textIn) } }
  },

  async takeAction(asked, deps) {
    const { body, params, rights, io, reading, once } = asked
    const { incident } = await readable(asked, deps)
    if (!rights.can('responder', incident.project)) throw mayNot()
    const { as, seen, ...action } = body
    asked.note(action.do)
    const those = await deps.people(incident.project)
    const by = actorIn(as, those)
    asked.note(action.do, by)
    if (action.do === 'hand-over') {
      if (action.to === undefined && action.policy === undefined)
        throw refusal(400, 'bad-request', (say) => say.toNobody)
      if (!areKnown(action.to, those)) throw unknownNames(those)
    }
    const mayAct = (project?: string) => rights.can('responder', project)
    const { config, directory } = deps
    const unfit = await unfitFor(action as Action, incident, { config, directory, mayAct, io })
    if (unfit !== undefined) throw unfitRefusal(unfit)
    const who = {
      number: params.number,
      by,
      via: 'api' as const,
      ...(seen !== undefined && { seen }),
      ...(once !== undefined && { once }),
    }
    const acted = await takeAction(action as Action, who, io)
    if (acted.result === 'unknown') throw noSuchIncident(params.number)
    const missed = acted.result === 'done' ? acted.missed : undefined
    const answer = {
      result: acted.result,
      incident: incidentResource(acted.incident, reading),
      ...(missed && { missed }),
    }
    return { ...(acted.result !== 'done' && { status: 409 as const }), body: answer }
  },
}

async function readable(
  { params, rights, io }: Pick<Asked<'readIncident'>, 'params' | 'rights' | 'io'>,
  { config }: ApiDeps,
): Promise<IncidentView> {
  const seen = readableIncident(await viewIncident(params.number, config, io), rights)
  if (seen === undefined) throw noSuchIncident(params.number)
  return seen
}

function unfitRefusal(unfit: Unfit): Refusal {
  return new Refusal(
    400,
    unfit.code,
    inBoth((language) => unfitText(unfit, language)),
  )
}

function unknownNames({ contacts, schedules }: People): Refusal {
  const known = [...Object.keys(contacts), ...schedules].join(', ')
  return refusal(400, 'no-contact', (say) => say.nobody('to', known))
}
