/** Rounded down: what failed once is not 100%. A dash where nothing is known. */
export function percent(share: number | undefined): string {
  if (share === undefined) return '–'
  return `${share === 1 ? '100' : (Math.floor(share * 10_000) / 100).toFixed(2)}%`
}

/** Where the page of a check is: group names may have any character. */
export function checkPath(id: string): string {
  return `/checks/${id.split('/').map(encodeURIComponent).join('/')}`
}

/** A target as it may be shown: without a name and a password before the host. */
export function shownTarget(target: string | undefined): string {
  return (target ?? '').replace(/\/\/[^/@\s]*@/, '//')
}
