import type { View } from '../view.ts'

/** Which page somebody asks for, from 1. */
export function pageIn(asked: string | undefined): number {
  const page = Math.floor(Number(asked))
  return page >= 1 && page <= 100_000 ? page : 1
}

/** Leads to the pages before and after. */
export function Paging({ view, path, page, pages }: { view: View; path: string; page: number; pages: number }) {
  if (pages <= 1) return null
  return (
    <p class="pages">
      {page > 1 && <a href={`${path}?page=${page - 1}`}>{view.say.previous}</a>}
      <span>
        {page} / {pages}
      </span>
      {page < pages && <a href={`${path}?page=${page + 1}`}>{view.say.next}</a>}
    </p>
  )
}
