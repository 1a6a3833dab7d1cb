import { BilingualError } from '../shared/contracts/bilingual-error.ts'
import { type Everywhere, inEach, tryEach } from '../shared/contracts/in-each.ts'
import { type AuditEntry, putDeed } from '../shared/store/audit.ts'
import { callerOf } from './caller.ts'
import { incidentsOf } from './engine.ts'
import { reasonOf } from './failure.ts'
import type { CliIo } from './io.ts'
import type { Target } from './target.ts'
import { commonWords } from './words/common.ts'

/** What a command is about to do. */
export interface Deed {
  action: string
  /** What it is about. */
  about: string
  /** In whose name, if not that of the user of this machine. */
  by?: { contact: string; name: string } | undefined
  /** What it changes, a line each; as far as that is known before. */
  changes?: string[]
}

/**
 * Does what a command is to do at the tables, and keeps in their audit that it is: under one name before it is done, and after with what
 * became of it. One that dies between has left that it had begun; a repeat is a deed of its own. `changed`: what was changed, where only
 * the end tells. That an audit does not answer stops nobody, and is said.
 */
export async function audited<T>(
  deed: Deed,
  targets: [Target, ...Target[]],
  io: CliIo,
  act: () => Promise<T>,
  changed?: (result: T) => string[],
): Promise<T> {
  const [first, ...others] = targets
  const entry = await entryOf(deed, first, io)
  const keep = (one: AuditEntry, where: Target[]) =>
    tryEach(where, (target) => putDeed(one, { incidents: incidentsOf(target) }))
  // The first is what the deed waits for: another region may not answer at all.
  const elsewhere = keep(entry, others)
  const begun = await keep(entry, [first])
  if (begun.done.length === 0) await elsewhere
  const end = async (status: number, changes = entry.changes) => {
    const reached = [...begun.done, ...(await elsewhere).done].map(({ target }) => target)
    const ended = await keep({ ...entry, status, ...(changes && { changes }) }, reached.length > 0 ? reached : targets)
    if (ended.done.length > 0 || reached.length > 0) return
    const { warning, notAudited } = commonWords[io.language]
    io.err(warning(notAudited(reasonOf(begun.missed[0]?.error, io.language))))
  }
  try {
    const result = await act()
    await end(200, changed?.(result))
    return result
  } catch (error) {
    await end(error instanceof BilingualError ? 409 : 500)
    throw error
  }
}

/** The same of what is done in each of several regions at once; rejects as `inEach` does. */
export function auditedInEach<T>(
  deed: Deed,
  targets: [Target, ...Target[]],
  io: CliIo,
  work: (target: Target) => Promise<T>,
): Promise<Everywhere<Target, T>> {
  return audited(deed, targets, io, () => inEach(targets, work))
}

async function entryOf({ action, about, by, changes }: Deed, target: Target, io: CliIo): Promise<AuditEntry> {
  const arn = await callerOf(target.env, io)
  return {
    ...{ at: io.now(), who: by?.contact ?? io.user, ...(by && { name: by.name }) },
    ...{ via: 'cli', from: [`${io.user}@${io.host}`, ...(arn === undefined ? [] : [arn])].join(', ') },
    ...{ action, path: about, ...(changes && { changes }) },
  }
}
