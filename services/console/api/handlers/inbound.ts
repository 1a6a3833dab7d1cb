import { mapAtMost } from '../../../../shared/contracts/at-most.ts'
import { ownProperty } from '../../../../shared/contracts/own-property.ts'
import { inBoth } from '../../../../shared/contracts/words.ts'
import { inboundPageWords } from '../../../../shared/messages/console/inbound.ts'
import { readSeen } from '../../../../shared/store/inbound.ts'
import { inboundGuides } from '../../inbound-guides.data.ts'
import { tryOut, untried } from '../../try-inbound.ts'
import type { Handlers } from '../asked.ts'
import type { inbound } from '../contract/inbound.ts'
import { pageOf } from '../paging.ts'
import { Refusal, refusal } from '../refusal.ts'
import { mayNot } from '../who.ts'

/** Projects that are asked for side by side. */
const AT_ONCE = 8

export const inboundHandlers: Handlers<keyof typeof inbound> = {
  async listSenders({ query, rights, io }, { config, inbound: { url } }) {
    const { project: meant } = query
    const mine = Object.keys(config.projects).filter(
      (project) => rights.can('viewer', project) && (meant ?? project) === project,
    )
    const ways = mine.flatMap((project) => inboundGuides.map((guide) => ({ project, guide })))
    const { shown, next } = pageOf(ways, ({ project, guide }) => `${project}#${guide.format}`, query)
    const read = await mapAtMost(AT_ONCE, [...new Set(shown.map(({ project }) => project))], async (project) => ({
      project,
      seen: await readSeen(project, io),
    }))
    const seenOf = new Map(read.map(({ project, seen }) => [project, seen]))
    const senders = shown.map(({ project, guide: { format, title, routes } }) => {
      const heard = seenOf.get(project)?.[format]
      return {
        project,
        format,
        title,
        url: url + routes[0],
        ...(heard && { heard: { at: new Date(heard.at).toISOString(), alerts: heard.alerts } }),
      }
    })
    return { body: { senders, ...next } }
  },

  async testInbound({ params, body, rights, note }, deps) {
    const { config, inbound: way } = deps
    const { project: name, format } = params
    const project = ownProperty(config.projects, name)
    const guide = inboundGuides.find((one) => one.format === format)
    if (project === undefined || guide === undefined || !rights.can('viewer', name))
      throw refusal(404, 'not-found', (say) => say.noFormat)
    if (!rights.can('responder', name)) throw mayNot()
    note(`test ${format}`)
    const { severity = 'critical', inbound: options = {} } = project
    const why = untried(guide, { hasOptions: Object.hasOwn(options, format) })
    if (why !== undefined) throw refused(why, (language) => inboundPageWords[language][why])
    const wakes = guide.wakes[severity]
    if (wakes !== undefined && !body.sure)
      throw refused('not-sure', (language) => inboundPageWords[language].wakes(wakes))
    const key = way.keyOf?.(name) ?? body.key
    if (key === undefined) throw refused('no-key', (language) => inboundPageWords[language].noKey)
    const text = inboundPageWords[config.language].sample
    const { last, isOpen: open } = await tryOut(guide, { key, url: way.url, text }, deps)
    if ('lost' in last) return { body: { result: 'lost', answer: last.lost, open } }
    const { isTaken, status, answer } = last
    return { body: { result: isTaken ? 'taken' : 'refused', status, answer, open } }
  },
}

function refused(code: string, said: Parameters<typeof inBoth>[0]): Refusal {
  return new Refusal(400, code, inBoth(said))
}
