import type { Child } from 'hono/jsx'

/** A page as it is sent. */
export function html(page: Child): string {
  return `<!doctype html>${page}`
}

/** A path of ours, and of nobody else, as an address has it: `//` would lead to another host, as `\` and what browsers leave out could. */
export function localPath(asked: string | null | undefined): string {
  if (!asked || !/^\/(?![/\\])[^\s\\#\p{Cc}]*$/u.test(asked)) return '/'
  return asked.replace(/[^ -~]+/g, encodeURIComponent)
}
