import { compose } from './compose.ts'
import { cutBytes } from './cut.ts'
import { emailHtml } from './email-html.ts'
import type { Message } from './message.ts'
import { plain } from './plain.ts'

/** A message as a mail whose text and HTML have at most `maxBytes` each. The subject is one line. */
export function emailOf(message: Message, maxBytes: number): { subject: string; text: string; html: string } {
  const composition = compose(message)
  return {
    subject: `[烽火] ${composition.title}`,
    text: cutBytes(`${plain(composition)}\n`, maxBytes),
    html: emailHtml(composition, message, maxBytes),
  }
}
