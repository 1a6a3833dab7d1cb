import { readMatcher } from '../../../../shared/config/read-matcher.ts'
import { type Matchers, projectsOf } from '../../../../shared/contracts/matcher.ts'
import { matchesEverything } from '../../../../shared/contracts/matches-everything.ts'
import { LONGEST_SILENCE_MS } from '../../../../shared/contracts/silence.ts'
import type { Instant } from '../../../../shared/contracts/words.ts'
import { moveSilencesEnd } from '../../../../shared/engine/console/end-silence.ts'
import { makeSilence } from '../../../../shared/engine/console/make-silence.ts'
import { type SilenceView, viewSilence, viewSilences } from '../../../../shared/engine/console/silences.ts'
import { viewMaintenance } from '../../../../shared/engine/console/view-maintenance.ts'
import { readSilence } from '../../../../shared/store/silences.ts'
import { canInAll } from '../../access/rights.ts'
import type { Asked, Handlers } from '../asked.ts'
import type { silences } from '../contract/silences.ts'
import { idOf } from '../id-of.ts'
import { pageOf } from '../paging.ts'
import { Refusal, refusal } from '../refusal.ts'
import { silenceResource, windowResource } from '../resources.ts'
import { actorIn, mayNot, peopleOf } from '../who.ts'

export const silenceHandlers: Handlers<keyof typeof silences> = {
  async listSilences({ query, rights, io }) {
    const all = (await viewSilences(io)).filter(({ projects }) => canInAll('viewer', projects, rights))
    const { shown, next } = pageOf(all, orderOf, query)
    return { body: { silences: shown.map(silenceResource), ...next } }
  },

  async listMaintenance({ query, rights, io }, { config }) {
    const all = viewMaintenance(config, io.now()).filter(({ projects }) => canInAll('viewer', projects, rights))
    const { shown, next } = pageOf(all, ({ name }) => name, query)
    return { body: { windows: shown.map(windowResource), ...next } }
  },

  async readSilence({ params, rights, io }) {
    const silence = await known(params.id, io)
    if (!canInAll('viewer', silence.projects, rights)) throw noSuchSilence()
    return { body: silenceResource(silence) }
  },

  async makeSilence(asked, deps) {
    const { body, rights, io, note } = asked
    const matchers = matchersIn(body.matchers, body.everything)
    const projects = projectsOf(matchers)
    if (!canInAll('responder', projects, rights)) throw mayNot()
    note('silence')
    const by = actorIn(body.as, await peopleOf(projects, deps))
    note('silence', by)
    const now = io.now()
    const startsAt = body.startsAt === undefined ? now : Date.parse(body.startsAt)
    const endsAt = Date.parse(body.endsAt)
    checkEnd(endsAt, startsAt, now)
    const id = idOf(asked)
    const { comment, link, maintenance } = body
    const author = { by: by.name, contact: by.contact }
    const made = {
      ...{ id, matchers, startsAt, endsAt, ...author, comment, changedAt: now },
      ...(link && { link }),
      ...(maintenance && { maintenance }),
    }
    // What was done to it since then stays.
    const missed = await makeSilence((await readSilence(id, io)) ?? made, io)
    return { body: { ...silenceResource(await known(id, io)), ...but(missed) } }
  },

  async changeSilence({ params, body, rights, io, note }) {
    const before = await known(params.id, io)
    if (!canInAll('viewer', before.projects, rights)) throw noSuchSilence()
    if (!canInAll('responder', before.projects, rights)) throw mayNot()
    const end = Date.parse(body.endsAt)
    note(end <= io.now() ? 'end-silence' : 'extend-silence')
    if (end > io.now()) checkEnd(end, before.startsAt, io.now())
    const moved = await moveSilencesEnd(params.id, end, io)
    if (moved === 'unknown') throw noSuchSilence()
    if (moved === 'over') throw refusal(409, 'over', (say) => say.silenceOver)
    return { body: { ...silenceResource(await known(params.id, io)), ...but(moved) } }
  },
}

function but(missed: string[]): { missed?: string[] } {
  return missed.length > 0 ? { missed } : {}
}

/** Those that count come before those that are over. */
function orderOf({ state, endsAt, id }: SilenceView): string {
  const over = state === 'over' ? 1 : 0
  const time = over === 1 ? Number.MAX_SAFE_INTEGER - endsAt : endsAt
  return `${over}${String(time).padStart(16, '0')}${id}`
}

async function known(id: string, io: Asked<'readSilence'>['io']): Promise<SilenceView> {
  const silence = await viewSilence(id, io)
  if (silence === undefined) throw noSuchSilence()
  return silence
}

function matchersIn(groups: string[][], isAllMeant: boolean): Matchers {
  const matchers = groups.map((group) =>
    group.map((text) => {
      const read = readMatcher(text)
      if ('words' in read) throw new Refusal(400, 'bad-matcher', read.words)
      return read.matcher
    }),
  )
  if (!isAllMeant && matchesEverything(matchers)) throw refusal(400, 'everything', (say) => say.everything)
  return matchers
}

function checkEnd(end: Instant, start: Instant, now: Instant): void {
  if (end <= Math.max(start, now)) throw refusal(400, 'bad-end', (say) => say.endsBefore('endsAt'))
  if (end - start > LONGEST_SILENCE_MS) throw refusal(400, 'bad-end', (say) => say.endsLate)
}

function noSuchSilence(): Refusal {
  return refusal(404, 'not-found', (say) => say.noSilence)
}
