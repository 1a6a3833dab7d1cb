import * as z from 'zod/mini'
import { impacts, postStates } from '../../../../shared/contracts/status-page.ts'
import { bilingual, time } from './parts.ts'

export const postState = z.enum(postStates)
export const impact = z.enum(impacts)

export const told = z.object({
  /** The status pages that its check is behind. */
  pages: z.array(
    z.object({
      page: z.string(),
      /** In which it is read. */
      languages: z.array(z.enum(['zh', 'en'])),
      /** As it was told last; absent: nothing was told yet. */
      state: z.optional(postState),
      impact: z.optional(impact),
      /** The newest first; the texts as its readers get them. */
      posts: z.array(z.object({ at: time, state: postState, text: bilingual })),
    }),
  ),
})
