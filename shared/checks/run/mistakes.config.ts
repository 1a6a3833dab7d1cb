import type * as z from 'zod'

/** What is wrong with the value of a key. */
export type Mistake = [key: string, message: string]

/** Names what is wrong with a check, each at its key. */
export function nameMistakes(mistakes: Mistake[], context: z.RefinementCtx): void {
  for (const [key, message] of mistakes) context.addIssue({ code: 'custom', path: [key], message })
}
