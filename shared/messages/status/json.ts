import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import { type Instant, inBoth } from '../../contracts/words.ts'
import type { Told } from '../../incidents/status/post.ts'
import type { StatusView } from '../../incidents/status/view.ts'
import { day } from '../times.ts'
import { headingOf, textOf } from './said.ts'

/** All that a page shows, for programs: times in ISO 8601 by UTC, shares from 0 to 1, texts in both languages. */
export function statusJson(view: StatusView, page: CompiledStatusPage, oldFrom?: Instant): string {
  const told = (one: Told) => ({
    id: one.of,
    title: inBoth((language) => headingOf(one, page, language)),
    state: one.state,
    ...(one.impact && { impact: one.impact }),
    components: one.components,
    since: iso(one.since),
    ...(one.resolvedAt !== undefined && { resolvedAt: iso(one.resolvedAt) }),
    ...(one.planned && { from: iso(one.planned.from), until: iso(one.planned.until) }),
    updates: one.posts.map((post) => ({
      at: iso(post.at),
      state: post.state,
      text: inBoth((language) => textOf(post, one, language)),
    })),
  })
  return JSON.stringify({
    title: page.title,
    asOf: iso(view.at),
    ...(oldFrom !== undefined && { isOld: true }),
    state: view.state,
    components: view.components.map(({ id, state, days, uptime }) => ({
      id,
      title: page.components[id]?.title,
      state,
      uptime: uptime ?? null,
      days: days.map((share, index) => ({
        day: day(view.at - (days.length - 1 - index) * DAY_MS, 'UTC'),
        uptime: share ?? null,
      })),
    })),
    incidents: view.open.map(told),
    maintenance: view.planned.map(({ from, until, components, told: own }) => ({
      ...(own && told(own)),
      ...(from !== undefined && { from: iso(from) }),
      until: iso(until),
      components,
      isUnderWay: from === undefined,
    })),
    past: view.past.map(told),
  })
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
