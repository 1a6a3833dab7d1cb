import { jsonIn } from '../../contracts/json-in.ts'
import type { CheckIo } from '../kind.ts'
import { type Answer, ask, type Lines, type Question } from '../network/ask-api.ts'
import { fact, isFault } from '../run/fault.ts'
import type { CheckFault } from '../words.ts'
import type { AccountResult } from './result.ts'

/** What asking needs. */
export interface Asking {
  io: CheckIo
  lines: Lines
  scope: AbortSignal
}

/** A refusal by the vendor. */
export interface Refused {
  code: string
  said: string
}

/** What an answer holds: the fields of what was asked for, or why it was refused; undefined if it is none of the vendor's. */
export type Read = (
  answer: Answer,
  fields: Record<string, unknown>,
) => Record<string, unknown> | { refused: Refused } | undefined

/** Asks once and reads the JSON that comes. Throws `NotTold` for whatever is not what was asked for. */
export async function call(
  action: string,
  question: Question,
  read: Read,
  isOfKey: (code: string) => boolean,
  { lines, scope }: Asking,
): Promise<Record<string, unknown>> {
  const answer = await ask(question, lines, scope).catch((error: unknown) => {
    throw isFault(error) ? new NotTold(notTold(action, error.fault)) : error
  })
  const found = read(answer, Object(jsonIn(answer.text)))
  if (found === undefined) {
    const fault = answer.status === 200 ? fact('api-answer-malformed') : fact('api-status', { status: answer.status })
    throw new NotTold(notTold(action, fault))
  }
  if (!isRefusal(found)) return found
  const { code: error, said } = found.refused
  if (isOfKey(error)) throw new NotTold({ outcome: 'down', fact: fact('account-key-refused', { action, error, said }) })
  throw new NotTold(notTold(action, fact('api-status', { status: answer.status, error })))
}

/** Ends one question with what there is to tell in place of an answer. */
class NotTold extends Error {
  readonly result: AccountResult

  constructor(result: AccountResult) {
    super('not told')
    this.result = result
  }
}

/** A number of an answer, which some write as text. Throws `NotTold` for what is none: no limit can be held against it. */
export function numberIn(value: unknown, action: string): number {
  const text = String(value)
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  throw malformed(action)
}

/** A text of an answer. Throws `NotTold` for what is none. */
export function textIn(value: unknown, action: string): string {
  if (typeof value === 'string') return value
  throw malformed(action)
}

function malformed(action: string): NotTold {
  return new NotTold(notTold(action, fact('api-answer-malformed')))
}

/** What one question has shown, or why the vendor does not answer it: the others are asked all the same. */
export async function answered(question: Promise<AccountResult | AccountResult[]>): Promise<AccountResult[]> {
  try {
    return [await question].flat()
  } catch (error) {
    if (error instanceof NotTold) return [error.result]
    throw error
  }
}

function notTold(action: string, fault: CheckFault): AccountResult {
  return { outcome: 'unknown', fact: fact('account-not-told', { action, fault }) }
}

function isRefusal(found: object): found is { refused: Refused } {
  return 'refused' in found
}
