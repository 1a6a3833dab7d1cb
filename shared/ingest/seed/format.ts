import type * as z from 'zod'
import { seedEvent } from '../../contracts/alert.ts'
import { plainAnswers } from '../answers.ts'
import type { Format } from '../format.ts'
import { isRecord } from '../plain.ts'
import { readSeedEvent } from './read.ts'

/** The short message of the seed, an escalation by Amazon Connect whose senders name a project and nothing else. */
export const seed: Format<z.infer<typeof seedEvent>> = {
  format: 'seed',
  routes: ['/seed/{key}', '/seed'],
  schema: seedEvent,
  matches: (body) => isRecord(body) && 'projectName' in body,
  projectOf: ({ projectName }) => projectName,
  toAlerts(body, { project }) {
    const read = readSeedEvent({ ...body, projectName: project.name }, project.title)
    if ('refused' in read) return [{ action: 'trigger', summary: project.title, source: 'seed', details: body }]
    const { project: _, notes: __, ...draft } = read.value
    return [draft]
  },
  answers: plainAnswers({ taken: 202, busy: 503 }),
}
