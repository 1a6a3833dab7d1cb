/** A mail as its reader sees it. */
export interface Mail {
  from: string
  to: string[]
  subject: string
  text: string
  /** Absent when the mail is plain text only. */
  html?: string
  /** Names in lower case, values unfolded and decoded. */
  headers: Record<string, string>
}

interface Part {
  headers: Record<string, string>
  body: Buffer
}

/** Reads a mail of RFC 5322 and MIME: encoded words, quoted-printable, base64, multipart; text in UTF-8 or ASCII. */
export function parseMail(raw: Buffer): Mail {
  const top = split(raw)
  const leaves = flatten(top)
  const text = leaves.find((part) => mediaType(part) === 'text/plain')
  const html = leaves.find((part) => mediaType(part) === 'text/html')
  return {
    from: top.headers.from ?? '',
    to: (top.headers.to ?? '').split(/,\s*/).filter((address) => address !== ''),
    subject: top.headers.subject ?? '',
    text: text ? content(text) : '',
    ...(html && { html: content(html) }),
    headers: top.headers,
  }
}

function split(raw: Buffer): Part {
  const end = raw.indexOf('\r\n\r\n')
  const head = (end < 0 ? raw : raw.subarray(0, end)).toString('utf8').replace(/\r\n[ \t]+/g, ' ')
  const headers: Record<string, string> = {}
  for (const line of head.split('\r\n')) {
    const colon = line.indexOf(':')
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = decodeWords(line.slice(colon + 1).trim())
  }
  return { headers, body: end < 0 ? Buffer.alloc(0) : raw.subarray(end + 4) }
}

function flatten(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers['content-type'] ?? '')?.[1]
  if (!mediaType(part).startsWith('multipart/') || boundary === undefined) return [part]
  return `\r\n${part.body.toString('latin1')}`
    .split(`\r\n--${boundary}`)
    .slice(1)
    .filter((piece) => !piece.startsWith('--'))
    .flatMap((piece) => flatten(split(Buffer.from(piece.replace(/^[ \t]*\r\n/, ''), 'latin1'))))
}

function mediaType(part: Part): string {
  return (part.headers['content-type'] ?? 'text/plain').split(';')[0]?.trim().toLowerCase() ?? ''
}

function content(part: Part): string {
  const encoding = part.headers['content-transfer-encoding']?.toLowerCase()
  const latin1 = part.body.toString('latin1')
  if (encoding === 'base64') return unixLines(Buffer.from(latin1, 'base64'))
  if (encoding === 'quoted-printable') return unixLines(quotedPrintable(latin1.replace(/=[ \t]*\r\n/g, '')))
  return unixLines(part.body)
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  )
}

function unixLines(bytes: Buffer): string {
  return bytes.toString('utf8').replaceAll('\r\n', '\n').trimEnd()
}

/** RFC 2047; the space between two encoded words is no part of the text, and a character may be cut by it. */
function decodeWords(value: string): string {
  return value.replace(/=\?utf-8\?[bq]\?[^?]*\?=(?:\s+=\?utf-8\?[bq]\?[^?]*\?=)*/gi, (run) => {
    const words = [...run.matchAll(/=\?utf-8\?([bq])\?([^?]*)\?=/gi)]
    const bytes = words.map(([, way = '', data = '']) =>
      way.toLowerCase() === 'b' ? Buffer.from(data, 'base64') : quotedPrintable(data.replaceAll('_', ' ')),
    )
    return Buffer.concat(bytes).toString('utf8')
  })
}
