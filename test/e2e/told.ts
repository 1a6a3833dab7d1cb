import { expect, vi } from 'vitest'
import type { Stack } from '../../local/stack.ts'
import { told as toldBy } from '../local/stack-of.ts'

/** How long clients and the stack may take for what they do by themselves. */
const waiting = { timeout: 60_000, interval: 250 }

/** What a group knows: incidents by what they say (`web-1 is down resolved`), and how many posts its chat has had. */
interface Told {
  incidents: string[]
  posts: number
}

const LAST = 'that was all'

/** All incidents but the last one of a test, and all posts to the chat but what is said of it. */
async function told(stack: Stack): Promise<Told & { isLast: boolean }> {
  const { incidents, messages } = await toldBy(stack)
  const posts = messages.filter(({ channel }) => channel === 'wecom-robot').map(({ text }) => text)
  const isOther = (text: string) => !text.includes(LAST)
  return {
    incidents: incidents
      .map(({ title, status }) => `${title.en} ${status}`)
      .filter(isOther)
      .toSorted(),
    posts: posts.filter(isOther).length,
    isLast: !posts.every(isOther),
  }
}

/** Waits for exactly these incidents, and so many posts. */
export async function becomes(stack: Stack, expected: Told): Promise<void> {
  await vi.waitFor(async () => expect(await told(stack)).toEqual({ ...expected, isLast: false }), waiting)
}

/**
 * The same for good: what comes last by the same way finds no more incidents and no more posts than these before it. A robot says
 * everything in its order.
 */
export async function endsWith(stack: Stack, expected: Told): Promise<void> {
  await becomes(stack, expected)
  const { url, keys } = stack.addresses.ingest
  const last = { id: LAST, summary: LAST, severity: 'critical' }
  const answer = await fetch(`${url}/events/${keys.pay}`, { method: 'POST', body: JSON.stringify(last) })
  expect(answer.status).toBe(202)
  await vi.waitFor(async () => expect(await told(stack)).toEqual({ ...expected, isLast: true }), waiting)
}
