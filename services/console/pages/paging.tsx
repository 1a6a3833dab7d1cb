import type { View } from '../view.ts'

/** The page that somebody asks for, from 1, with what is on it; the last one for whoever asks for one behind it. */
export function pageOf<One>(
  all: One[],
  size: number,
  asked: string | undefined,
): { shown: One[]; page: number; pages: number } {
  const pages = Math.max(1, Math.ceil(all.length / size))
  const number = Math.floor(Number(asked))
  const page = number >= 1 ? Math.min(pages, number) : 1
  return { shown: all.slice((page - 1) * size, page * size), page, pages }
}

/** Leads to the pages before and after. */
export function Paging({ view, path, page, pages }: { view: View; path: string; page: number; pages: number }) {
  if (pages <= 1) return null
  const mark = path.includes('?') ? '&' : '?'
  return (
    <p class="pages">
      {page > 1 && <a href={`${path}${mark}page=${page - 1}`}>{view.say.previous}</a>}
      <span>
        {page} / {pages}
      </span>
      {page < pages && <a href={`${path}${mark}page=${page + 1}`}>{view.say.next}</a>}
    </p>
  )
}
