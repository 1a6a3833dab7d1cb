import * as z from 'zod/mini'
import { recordOf } from '../plain.ts'
import { firstText, textOf } from '../text.ts'

const actions = ['trigger', 'acknowledge', 'resolve'] as const

/** Only what leaves nothing to page is an error, in the words of PagerDuty; all else is mended. */
const action = z.pipe(
  z.transform((value) => textOf(value).trim().toLowerCase()),
  z.enum(actions, {
    error: ({ input }) =>
      input === ''
        ? "'event_action' is missing or blank"
        : "'event_action' is invalid (must be one of the following: 'trigger', 'acknowledge' or 'resolve')",
  }),
)

/** What a body is told that is no event at all. */
export const NO_EVENT = 'JSON parse error'

/** An event of the Events API v2 (PagerDuty developer documentation, "Send an Alert Event"). */
export const event = z
  .looseObject(
    {
      event_action: action,
    },
    { error: NO_EVENT },
  )
  .check(
    z.superRefine(({ event_action, dedup_key, payload }, context) => {
      const missing = (field: string, path: string[]) =>
        context.addIssue({ code: 'custom', path, message: `'${field}' is missing or blank` })
      if (event_action !== 'trigger' && firstText(dedup_key) === '') missing('dedup_key', ['dedup_key'])
      if (event_action === 'trigger' && firstText(recordOf(payload).summary) === '')
        missing('payload.summary', ['payload', 'summary'])
    }),
  )
export type Event = z.infer<typeof event>
