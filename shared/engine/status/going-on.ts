import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import { type Told, toldIn } from '../../incidents/status/post.ts'
import type { StoreIo } from '../../store/io.ts'
import { readPosts } from '../../store/status-posts.ts'

/** Something that outsiders are told of now, or that is planned, and where. */
export interface GoingOn {
  name: string
  page: CompiledStatusPage
  one: Told
}

/** What outsiders are told now on each page, and what is planned and not over. Rejects when the table does. */
export async function goingOn(
  pages: Record<string, CompiledStatusPage>,
  io: Pick<StoreIo, 'incidents' | 'log' | 'now'>,
): Promise<GoingOn[]> {
  const all = Object.entries(pages).map(async ([name, page]) =>
    toldIn(await readPosts(name, io))
      .filter(({ resolvedAt, planned }) => resolvedAt === undefined && (planned?.until ?? Infinity) > io.now())
      .map((one) => ({ name, page, one })),
  )
  return (await Promise.all(all)).flat()
}
