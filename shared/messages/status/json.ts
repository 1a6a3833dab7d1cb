import { DAY_MS } from '../../contracts/milliseconds.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import { type Instant, inBoth } from '../../contracts/words.ts'
import type { Post, Told } from '../../incidents/status/post.ts'
import { judgedOf, type StatusView } from '../../incidents/status/view.ts'
import { day } from '../times.ts'
import { headingOf, textOf } from './said.ts'

/** All that a page shows, for programs: times in ISO 8601 by UTC, shares from 0 to 1, texts in both languages. */
export function statusJson(view: StatusView, page: CompiledStatusPage, oldFrom?: Instant): string {
  const told = (one: Told) => ({ ...toldJson(one, page), updates: one.posts.map((post) => updateJson(post, one)) })
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
      ...judgedJson(days, view.at),
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

/** The first day that is known, and how many are: what `uptime` is over. */
function judgedJson(days: StatusView['components'][number]['days'], now: Instant): Record<string, unknown> {
  const { count, firstBack } = judgedOf(days)
  return { uptimeSince: count === 0 ? null : day(now - firstBack * DAY_MS, 'UTC'), uptimeDays: count }
}

/** Something that outsiders are told of, without what was said of it. */
export function toldJson(told: Told, page: Pick<CompiledStatusPage, 'components'>): Record<string, unknown> {
  return {
    id: told.of,
    title: inBoth((language) => headingOf(told, page, language)),
    state: told.state,
    ...(told.impact && { impact: told.impact }),
    components: told.components,
    since: iso(told.since),
    ...(told.resolvedAt !== undefined && { resolvedAt: iso(told.resolvedAt) }),
    ...(told.planned && { from: iso(told.planned.from), until: iso(told.planned.until) }),
  }
}

/** One update of it. */
export function updateJson(
  post: Pick<Post, 'at' | 'state' | 'text'>,
  told: Pick<Told, 'planned'>,
): Record<string, unknown> {
  return { at: iso(post.at), state: post.state, text: inBoth((language) => textOf(post, told, language)) }
}

function iso(at: Instant): string {
  return new Date(at).toISOString()
}
