import { asWritten, type Bilingual } from '../../contracts/words.ts'

/** `skipped`: nothing can tell from here, or there is nothing to look at. */
export type Status = 'ok' | 'warning' | 'fault' | 'skipped'

/** What is said of a thing, and what to do about it where that is anything. */
export interface Said {
  status: Status
  detail: Bilingual
  remedy?: Bilingual
}

/** What was found. */
export interface Found extends Said {
  /** Whose finding it is and which, such as `connect.not-active`: stays the same however it is said. */
  code: string
  /** In place of the examination's own. */
  subject?: Bilingual
}

/** One question about one thing. What it rejects with is a fault of that thing. */
export interface Examination {
  subject: Bilingual
  ask(signal: AbortSignal): Promise<Found | Found[]>
}

/** What is as it should be. */
export function ok(detail: Bilingual): Said {
  return { status: 'ok', detail }
}

/** What works, and may not for long; `remedy`: what to do. */
export function warning(detail: Bilingual, remedy: Bilingual): Said {
  return { status: 'warning', detail, remedy }
}

/** What does not work; `remedy`: what to do. */
export function fault(detail: Bilingual, remedy: Bilingual): Said {
  return { status: 'fault', detail, remedy }
}

/** What was not examined, and why; `remedy`: what would let it be. */
export function skipped(detail: Bilingual, remedy?: Bilingual): Said {
  return { status: 'skipped', detail, ...(remedy && { remedy }) }
}

/**
 * Makes the findings of an owner, such as a channel, by their codes and arguments: `all` says from a code's arguments how bad that is,
 * what it is and what to do.
 */
export function findingsOf<Given extends Record<string, unknown[]>>(
  owner: string,
  all: { readonly [Code in keyof Given]: (...given: Given[Code]) => Said },
) {
  return <Code extends keyof Given & string>(code: Code, ...given: Given[Code]): Found => ({
    code: `${owner}.${code}`,
    ...all[code](...given),
  })
}

/** A command as it is typed: the same in each language. */
export function typed(command: `npx ${string}` | `bin/fenghuo.js ${string}` | `aws ${string}`): Bilingual {
  return asWritten(command)
}

/** Stops an examination with what is already known to be wrong. */
export class FoundError extends Error {
  readonly found: Found
  constructor(found: Found) {
    super(found.detail.en)
    this.found = found
  }
}
