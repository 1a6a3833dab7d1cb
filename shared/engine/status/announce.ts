import type { Bilingual, Instant } from '../../contracts/words.ts'
import { endOf, toldIn } from '../../incidents/status/post.ts'
import type { StoreIo } from '../../store/io.ts'
import { keepPost, readPosts } from '../../store/status-posts.ts'
import type { EngineIo } from '../io.ts'

/** Work that is planned, as outsiders are told of it. */
export interface Announcement {
  /** Its name, the same in each region. */
  of: string
  text: Partial<Bilingual>
  heading?: Partial<Bilingual>
  components: string[]
  planned: { from: Instant; until: Instant }
}

type Io = Pick<StoreIo, 'incidents' | 'log' | 'now'> & Pick<EngineIo, 'token'>

/** Announces planned work on a page, once: of what is known by this name what was told since then stays. Rejects when the table does. */
export async function announce(page: string, work: Announcement, io: Io): Promise<void> {
  if ((await readPosts(page, io)).some(({ of }) => of === work.of)) return
  await keepPost(page, { ...work, at: io.now(), state: 'identified' }, io.token(), io)
}

/**
 * Says that something which was told on a page is over, or is not to come. False: nothing of this name goes on there, nor, if `isAgain`, has
 * it been ended: whoever asks once more does not know whether that was done. Rejects when the table does.
 */
export async function endTold(
  page: string,
  of: string,
  { text, isAgain }: { text: Partial<Bilingual>; isAgain?: boolean },
  io: Io,
): Promise<boolean> {
  const told = toldIn(await readPosts(page, io)).find((one) => one.of === of)
  if (told === undefined) return false
  if (told.resolvedAt !== undefined) return isAgain === true
  await keepPost(page, endOf(told, text, io.now()), io.token(), io)
  return true
}
