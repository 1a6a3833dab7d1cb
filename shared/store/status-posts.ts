import { DAY_MS } from '../contracts/milliseconds.ts'
import { type Post, postShape } from '../incidents/status/post.ts'
import type { StoreIo } from './io.ts'
import { STATUS_POSTS, statusPostKey } from './keys.ts'
import { held, statesIn } from './shape.ts'

/** What is told of something that lasts for months is still there for the days that are shown. */
const KEPT_MS = 200 * DAY_MS

/** All that outsiders were told on a page and is not forgotten, the oldest first. Rejects when the table does. */
export async function readPosts(page: string, io: Pick<StoreIo, 'incidents' | 'log'>): Promise<Post[]> {
  const rows = await io.incidents.query(statusPostKey(page, 0, '').pk, STATUS_POSTS)
  return statesIn(rows, postShape, io.incidents, io.log).map(({ state }) => state)
}

/** Keeps what outsiders are told; the same once more changes nothing. `id` tells apart what is told at the same time. */
export async function keepPost(page: string, post: Post, id: string, io: Pick<StoreIo, 'incidents'>): Promise<void> {
  const expiresAt = Math.floor((post.at + KEPT_MS) / 1000)
  await io.incidents.put([{ ...statusPostKey(page, post.at, id), ...held(post, postShape), expiresAt }])
}
