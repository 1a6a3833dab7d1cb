import * as z from 'zod/mini'
import { text } from './bounded.ts'

const number = z.int().check(z.positive())
/** Project and title, as people read them. */
const title = text(0, 400)

/**
 * What came of a text by which somebody acts. `late`: `name` was first. `unmoved`: it pages nobody now. `burning`: it goes on, and was not
 * closed. `not-yours`: the sender is no contact of its project. `which`: several are meant. `unclear`: it asks for nothing that is known.
 */
export const replyAnswer = z.discriminatedUnion('result', [
  z.object({
    result: z.literal('done'),
    act: z.enum(['acknowledge', 'pass', 'snooze', 'give-back', 'resolve']),
    number,
    title,
    /** Of `snooze`: when it pages again. */
    until: z.optional(z.int()),
  }),
  /** Others have to take it, too. */
  z.object({ result: z.literal('partly'), number, title, who: text(0, 400) }),
  z.object({ result: z.literal('late'), number, title, name: text(0, 64) }),
  z.object({ result: z.enum(['over', 'unmoved', 'burning']), number, title }),
  z.object({ result: z.enum(['unknown', 'not-yours']), number }),
  z.object({ result: z.literal('which'), numbers: z.array(number).check(z.maxLength(5)) }),
  z.object({ result: z.enum(['none', 'unclear', 'nobody']) }),
])
export type ReplyAnswer = z.infer<typeof replyAnswer>
