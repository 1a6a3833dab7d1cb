import { DAY_MS } from '../evaluation/history.ts'
import type { Post } from '../incidents/status/post.ts'
import type { Subscriber } from './subscribers.ts'

/** What is older is news to nobody, ms. */
const NEWS_MS = 2 * DAY_MS

/** What a subscriber remembers a post by. */
export function postName({ of, at }: Pick<Post, 'of' | 'at'>): string {
  return `${of}/${at}`
}

/** Those that are still news, the oldest first. */
export function newsIn(posts: Post[], now: number): Post[] {
  return posts.filter(({ at }) => at > now - NEWS_MS).toSorted((one, other) => one.at - other.at)
}

/** What a subscriber is to be sent: what was told since they said yes, and they were not. */
export function unsentTo({ since, told }: Pick<Subscriber, 'since' | 'told'>, news: Post[]): Post[] {
  return news.filter((post) => post.at >= since && !told.includes(postName(post)))
}
