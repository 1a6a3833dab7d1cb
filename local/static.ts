import { readFile } from 'node:fs/promises'
import type { ServerResponse } from 'node:http'
import { extname } from 'node:path'
import { Refused } from './http.ts'

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
}

/** Where the page of the demo and of the phones is; what it loads lies beside it. */
const PAGE = '/demo'

/** Whether a path is that page's, or of what it loads. */
export function isStatic(path: string): boolean {
  return path === PAGE || /^\/[\w-]+\.(css|js|svg)$/.test(path)
}

/** Serves a file of the page. The page loads nothing from elsewhere, and nothing may frame it. */
export async function serveStatic(path: string, response: ServerResponse): Promise<void> {
  const name = path === PAGE ? 'index.html' : path.slice(1)
  const type = types[extname(name)]
  if (!type || !/^[\w-]+\.\w+$/.test(name)) throw new Refused(404, 'there is nothing here')
  const content = await readFile(new URL(`console/${name}`, import.meta.url)).catch(() => undefined)
  if (!content) throw new Refused(404, 'there is nothing here')
  response.writeHead(200, {
    'content-type': type,
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'",
    'x-content-type-options': 'nosniff',
  })
  response.end(content)
}
