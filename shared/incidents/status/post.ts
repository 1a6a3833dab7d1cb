import type { Impact, PostState } from '../../contracts/status-page.ts'
import type { Shape } from '../../contracts/versions.ts'
import type { Bilingual, Instant } from '../../contracts/words.ts'
import type { IncidentReference } from '../reference.ts'

/** What somebody, or a page by itself, has told outsiders of an incident or of planned work: a line of its history. */
export interface Post {
  /** The same of all that is told of one thing. It says nothing of what that is called inside. */
  of: string
  at: Instant
  state: PostState
  /** In the languages in which it was written; none: by the page's own words. */
  text: Partial<Bilingual>
  /** What it is called. Absent: by the page's own words. */
  heading?: Partial<Bilingual>
  /** Absent of planned work. */
  impact?: Impact
  /** Which of the page's components it is about. */
  components: string[]
  /** Planned work: from when to when. */
  planned?: { from: Instant; until: Instant }
  /** Which incident it is about. Never shown. */
  incident?: IncidentReference
}
/** The version, and form, in which what outsiders were told is kept. */
export const postShape: Shape<Post> = { current: 1 }

/** All that outsiders were told of one thing. */
export interface Told extends Omit<Post, 'at' | 'text'> {
  /** When the first was told. */
  since: Instant
  /** Absent: it goes on. */
  resolvedAt?: Instant
  /** The newest first. */
  posts: Pick<Post, 'at' | 'state' | 'text'>[]
}

/** What outsiders were told, by what it was about: what was begun last comes first. What its newest post says holds. */
export function toldIn(posts: Post[]): Told[] {
  const all = [...Map.groupBy(posts, ({ of }) => of).values()].map((own) => toldOf(own))
  return all.toSorted((one, other) => other.since - one.since)
}

/** When something more is told of it: after what was told last, whatever the clocks say. */
export function toldNext({ posts }: Pick<Told, 'posts'>, at: Instant): Instant {
  return Math.max(at, (posts[0]?.at ?? 0) + 1)
}

/** What tells that it is over. */
export function endOf(told: Told, text: Partial<Bilingual>, at: Instant): Post {
  const { since: _, posts: __, resolvedAt: ___, ...last } = told
  return { ...last, at: toldNext(told, at), state: 'resolved', text }
}

function toldOf(own: Post[]): Told {
  const posts = own.toSorted((one, other) => other.at - one.at)
  const [newest] = posts as [Post, ...Post[]]
  const { at: _, text: __, ...last } = newest
  const heading = posts.find((one) => one.heading !== undefined)?.heading
  const planned = posts.find((one) => one.planned !== undefined)?.planned
  return {
    ...last,
    ...(heading && { heading }),
    ...(planned && { planned }),
    since: posts.at(-1)?.at ?? newest.at,
    ...(newest.state === 'resolved' && { resolvedAt: newest.at }),
    posts: posts.map(({ at, state, text }) => ({ at, state, text })),
  }
}
