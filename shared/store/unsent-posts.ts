import { DAY_MS } from '../contracts/milliseconds.ts'
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
function unsentTo({ since, told }: Pick<Subscriber, 'since' | 'told'>, news: Post[]): Post[] {
  return news.filter((post) => post.at >= since && !told.includes(postName(post)))
}

/** What a subscriber is to be sent next: whether they want to be told, or an update; undefined: nothing. */
export function nextFor(
  subscriber: Pick<Subscriber, 'state' | 'since' | 'told'>,
  news: Post[],
): 'ask' | Post | undefined {
  if (subscriber.state === 'gone') return undefined
  if (subscriber.state === 'asked') return subscriber.told.includes('asked') ? undefined : 'ask'
  return unsentTo(subscriber, news)[0]
}
