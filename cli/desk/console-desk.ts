import type { z } from 'zod/mini'
import type {
  acted as actedForm,
  incident as incidentForm,
  incidentList,
  incidentWhole,
} from '../../services/console/api/schemas.ts'
import { SHORTEST_SNOOZE_MS } from '../../shared/contracts/snooze.ts'
import type { Via } from '../../shared/incidents/notice.ts'
import { parseReference } from '../../shared/incidents/reference.ts'
import { CommandError } from '../failure.ts'
import { titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import type { ActingOptions } from '../target.ts'
import { type ConsoleClient, consoleClient, pagesOf } from './console-client.ts'
import { factsOf, historyOf } from './console-reading.ts'
import { whyAt, whyOfKeyAt } from './console-why.ts'
import { type Acted, type Asked, type Desk, type Listed, type Said, stillBurning } from './desk.ts'
import type { ConsolePlace } from './place.ts'

type Incident = z.infer<typeof incidentForm>

/** Works at a console, as a program does: in the name of a contact, and as far as the token may. */
export function consoleDesk(place: ConsolePlace, options: ActingOptions, io: CliIo): Desk {
  const client = consoleClient(place, io)
  const as = options.as ?? io.user
  const post = async (number: number, body: object) => {
    const { text } = await client.ask('POST', `/api/v1/incidents/${number}/actions`, { as, ...body })
    const { result, incident } = JSON.parse(text) as z.infer<typeof actedForm>
    const said = saidOf(incident, io)
    if (result === 'burning') throw stillBurning(said, { en: 'its check still fails', zh: '检查仍然失败' }, io)
    return { ...actedOf(said, incident, { changed: result === 'done', as }, io), result }
  }
  const merging = async (number: number, body: object) => {
    const { result, ...acted } = await post(number, body)
    if (result === 'unmoved') throw pagedElsewhere(acted.found, io)
    return acted
  }
  return {
    name: place.url,
    act: (number, asked) => post(number, bodyOf(asked, io)),
    merge: (number, into) => merging(number, { do: 'merge', into }),
    async split(number) {
      const { mergedInto: from } = await readAt(number, client)
      return { ...(await merging(number, { do: 'split' })), from }
    },
    list: (which, limit) => listAll(which, limit, client, io),
    async read(number) {
      const whole = await readAt(number, client)
      return {
        facts: factsOf(whole, saidOf(whole, io), io),
        history: historyOf(whole, io),
        machines: async () => JSON.parse((await client.ask('GET', `/incidents/${number}/post-mortem.json`)).text),
      }
    },
    async postMortem(number) {
      const { text } = await client.ask('GET', `/incidents/${number}/post-mortem.md`)
      return text.trimEnd()
    },
    why: (number) => whyAt(number, client, io),
    whyOfKey: (key, project) => whyOfKeyAt(key, project, client, io),
  }
}

async function readAt(number: number, client: ConsoleClient): Promise<z.infer<typeof incidentWhole>> {
  return JSON.parse((await client.ask('GET', `/api/v1/incidents/${number}`)).text)
}

/** Numbers and lives are each region's own. */
function pagedElsewhere(incident: Said, io: CliIo): CommandError {
  const title = titleOf(incident, io)
  return new CommandError({
    en: `${title} is paged by another region: do it at the console of that one`,
    zh: `${title} 由另一地域呼叫：请在那里的控制台操作`,
  })
}

function bodyOf(asked: Asked, io: CliIo): object {
  switch (asked.do) {
    case 'snooze':
      // Some of the shortest has passed since it was asked for.
      return { do: 'snooze', ms: Math.max(asked.until - io.now(), SHORTEST_SNOOZE_MS) }
    case 'escalate': {
      const { to, policy, layer } = asked
      const from = layer === undefined ? {} : { layer }
      return to === undefined && policy === undefined
        ? { do: 'escalate', ...from }
        : { do: 'hand-over', ...(to && { to }), ...(policy !== undefined && { policy }), ...from }
    }
    default:
      return asked
  }
}

function actedOf(said: Said, incident: Incident, { changed, as }: { changed: boolean; as: string }, io: CliIo): Acted {
  const { acknowledged, status } = said
  const by = acknowledged?.by?.contact === as ? acknowledged.by : { contact: as, name: as }
  // Several have to take it where it is open still.
  const partly = status === 'open' ? incident.standing[io.language] : undefined
  return { found: said, state: said, changed, by, partly, machines: incident }
}

/** Page by page: a page may be empty for whoever has a role in some projects alone. */
async function listAll(which: 'open' | 'resolved', limit: number, client: ConsoleClient, io: CliIo): Promise<Listed[]> {
  const listed: Listed[] = []
  const pages = pagesOf<z.infer<typeof incidentList>>('/api/v1/incidents', { status: which }, client)
  for await (const { incidents } of pages) {
    listed.push(...incidents.map((one) => listedOf(one, io)))
    if (listed.length >= limit) break
  }
  return listed.slice(0, limit)
}

function listedOf(of: Incident, io: CliIo): Listed {
  const { number, severity, project, title, openedAt, status, standing } = of
  const { [io.language]: who } = standing
  return {
    number,
    severity,
    project,
    title: title[io.language],
    openedAt: Date.parse(openedAt),
    status,
    who,
    machines: of,
  }
}

function saidOf({ id, number, project, title, status, acknowledged, resolved }: Incident, io: CliIo): Said {
  const { generation } = parseReference(id)
  return {
    number,
    generation,
    project,
    title: title[io.language],
    status,
    ...(acknowledged && { acknowledged: actionOf(acknowledged) }),
    ...(resolved && { resolved: actionOf(resolved) }),
  }
}

function actionOf({ at, via, by }: NonNullable<Incident['acknowledged']>) {
  return { at: Date.parse(at), via: via as Via, ...(by && { by }) }
}
