import { compose } from './compose.ts'
import type { Message } from './message.ts'
import { plain } from './plain.ts'

/** A message as plain text e-mail. The subject is one line. */
export function emailText(message: Message): { subject: string; text: string } {
  const composition = compose(message)
  return { subject: `[烽火] ${composition.title}`, text: `${plain(composition)}\n` }
}
