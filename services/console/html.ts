import type { Child } from 'hono/jsx'

/** A page as it is sent. */
export function html(page: Child): string {
  return `<!doctype html>${page}`
}

/** A path of ours, and of nobody else: `//` would lead to another host. */
export function localPath(asked: string | null | undefined): string {
  return asked && /^\/(?![/\\])[\w\-./?=&%]*$/.test(asked) ? asked : '/'
}
