import type * as z from 'zod/mini'
import { inBoth } from '../../../shared/contracts/words.ts'
import type { GoingOn } from '../../../shared/engine/status/going-on.ts'
import { headingOf } from '../../../shared/messages/status/said.ts'
import type { toldList } from './schemas/outsiders.ts'

/** What outsiders are told now of one thing, as programs read it. */
export type ToldNow = z.infer<typeof toldList>['told'][number]

/** Makes a `ToldNow`. */
export function toldResource({ name, page, one }: GoingOn): ToldNow {
  const { of, state, impact, components, since, planned } = one
  const iso = (at: number) => new Date(at).toISOString()
  return {
    ...{ page: name, id: of, state, components, since: iso(since) },
    ...(impact && { impact }),
    heading: inBoth((language) => headingOf(one, page, language)),
    ...(planned && { from: iso(planned.from), until: iso(planned.until) }),
  }
}
