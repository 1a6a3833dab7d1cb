import type { HttpResponse } from './body.ts'

/** Browsers look no further for a page's own word (HTML standard, "prescan a byte stream"). */
const PRESCAN_BYTES = 1_024

/** Decodes what declares no charset and is not UTF-8: half of what is left of such pages is Chinese, and ASCII reads the same in it. */
const ELSE = 'gb18030'

/**
 * The text of a body in its own charset: by its byte order mark, the header, what the page says of itself (`<meta>`, the XML
 * declaration), or else UTF-8, or GB 18030 if it is not.
 */
export function textOf({ body, headers }: Pick<HttpResponse, 'body' | 'headers'>): string {
  const declared = markOf(body) ?? charsetIn(headers['content-type']) ?? ownWord(body)
  const decoder = decoderFor(declared) ?? decoderFor(isUtf8(body) ? 'utf-8' : ELSE) ?? new TextDecoder()
  return decoder.decode(body)
}

function decoderFor(charset: string | undefined) {
  if (charset === undefined) return undefined
  try {
    return new TextDecoder(charset)
  } catch {
    return undefined
  }
}

function markOf(body: Buffer): string | undefined {
  const mark = body.toString('latin1', 0, 3)
  if (mark === '\xef\xbb\xbf') return 'utf-8'
  if (mark.startsWith('\xfe\xff')) return 'utf-16be'
  return mark.startsWith('\xff\xfe') ? 'utf-16le' : undefined
}

function charsetIn(text: string | undefined): string | undefined {
  return /(?:^|[\s;])charset\s*=\s*["']?([\w:.+-]+)/i.exec(text ?? '')?.[1]
}

/** A page in UTF-16 could not be read so far: whoever says so means UTF-8 (HTML standard). */
function ownWord(body: Buffer): string | undefined {
  const start = body.toString('latin1', 0, PRESCAN_BYTES)
  const declaration = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([\w:.+-]+)/i.exec(start)?.[1]
  const metas = start.replace(/<!--.*?(-->|$)/gs, '').match(/<meta\s[^>]*>/gi) ?? []
  const found = declaration ?? metas.map((meta) => charsetIn(meta)).find((charset) => charset !== undefined)
  return found !== undefined && /^utf-?16/i.test(found) ? 'utf-8' : found
}

/** A character at the end may be cut in two. */
function isUtf8(body: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body, { stream: true })
    return true
  } catch {
    return false
  }
}
