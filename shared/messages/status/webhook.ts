import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Instant } from '../../contracts/words.ts'
import type { Post, Told } from '../../incidents/status/post.ts'
import { toldJson, updateJson } from './json.ts'

interface Links {
  /** Where the page is. */
  url: string
  /** Where a POST ends the subscription. */
  unsubscribe: string
}

/** Asks the owner of a webhook whether it wants to be told: by Standard Webhooks, as each update. */
export function confirmationEvent(
  page: Pick<CompiledStatusPage, 'title'>,
  { url, confirm }: Pick<Links, 'url'> & { confirm: string },
  at: Instant,
): string {
  return event('subscription.confirm', at, { page: { title: page.title, url }, confirm })
}

/** Tells a program an update, as the page's JSON has it. */
export function updateEvent(
  told: Told,
  post: Pick<Post, 'at' | 'text' | 'state'>,
  page: CompiledStatusPage,
  { url, unsubscribe }: Links,
): string {
  const data = {
    page: { title: page.title, url },
    incident: { ...toldJson(told, page), url: `${url}#${told.of}` },
    update: updateJson(post, told),
    unsubscribe,
  }
  return event('status.updated', post.at, data)
}

function event(type: string, at: Instant, data: unknown): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
}
