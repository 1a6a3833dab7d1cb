import * as z from 'zod/mini'
import { HEADING_CHARACTERS, impacts, POST_CHARACTERS, postStates } from '../../../../shared/contracts/status-page.ts'
import { bilingual, next, time } from './parts.ts'

export const postState = z.enum(postStates)
export const impact = z.enum(impacts)

const said = z.optional(z.string().check(z.trim(), z.minLength(1), z.maxLength(POST_CHARACTERS)))
const line = z.optional(z.string().check(z.maxLength(HEADING_CHARACTERS), z.regex(/^[^\p{Cc}]*\S[^\p{Cc}]*$/u)))

/** What somebody writes for outsiders: readers of a language in which it is not written get the other one. */
export const text = z.strictObject({ zh: said, en: said })
export const heading = z.optional(z.strictObject({ zh: line, en: line }))
/** Of a status page, as the configuration names them. */
export const components = z.optional(z.array(z.string()).check(z.minLength(1), z.maxLength(100)))

/** What outsiders are told of one thing, on one page. */
const toldNow = z.object({
  page: z.string(),
  /** The same of all that is told of it. */
  id: z.string(),
  state: postState,
  /** Absent: of planned work. */
  impact: z.optional(impact),
  components: z.array(z.string()),
  /** What it is called, as its readers get that. */
  heading: bilingual,
  since: time,
  /** Of planned work. */
  from: z.optional(time),
  until: z.optional(time),
})

export const toldList = z.object({ told: z.array(toldNow), next })

/** Where something was told, or is over. */
export const toldThere = z.object({ page: z.string(), id: z.string() })

export const told = z.object({
  /** The status pages that its check is behind. */
  pages: z.array(
    z.object({
      page: z.string(),
      /** The same of all that is told of it there; absent: nothing was told yet. */
      id: z.optional(z.string()),
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
