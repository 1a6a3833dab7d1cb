import { type Alert, alert } from '../../contracts/alert.ts'
import { type Read, readLeniently } from '../../contracts/lenient.ts'
import { DEFAULT_SEVERITY } from '../../contracts/words.ts'
import { digest, ESSENTIAL_FIELDS } from '../fenghuo/read.ts'

/** The seed's message: a project's name, and whatever its sender adds. */
export type SeedEvent = Record<string, unknown> & { projectName: string }

/**
 * The alert that the seed's message stands for; `title` is what a phone calls its project. Equal messages are one incident while nobody
 * has taken it, so that a redelivery or a storm is one call; after an acknowledgement the next one calls again, as the seed's every
 * message did.
 */
export function readSeedEvent({ projectName, ...details }: SeedEvent, title: string): Read<Alert> {
  const told = ['message', 'summary', 'alarm', 'eventName']
    .map((key) => details[key])
    .find((value): value is string => typeof value === 'string' && value.trim() !== '')
  const written = {
    action: 'trigger',
    dedupKey: 'seed',
    project: projectName,
    summary: told ?? projectName,
    source: 'seed',
    severity: DEFAULT_SEVERITY,
    title: title.slice(0, 40),
    ...(Object.keys(details).length === 0 ? {} : { details }),
  }
  const read = readLeniently<Alert>(alert, written, ESSENTIAL_FIELDS)
  if ('refused' in read) return read
  const { summary, details: kept } = read.value
  return { ...read, value: { ...read.value, dedupKey: `seed:${digest([projectName, summary, kept])}` } }
}
