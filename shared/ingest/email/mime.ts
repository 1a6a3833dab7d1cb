import PostalMime from 'postal-mime'

/** More of a mail's text is shown to nobody; in characters. */
const TEXT_CHARACTERS = 32_000

/** Of HTML, most of which is no text. */
const HTML_CHARACTERS = 300_000

/** A mail's subject and text. Where it has none in plain text, that of its HTML. Rejects for what is no mail. */
export async function readMail(raw: Buffer): Promise<{ subject: string; text: string }> {
  const { subject = '', text, html = '' } = await PostalMime.parse(raw, { maxNestingDepth: 20 })
  return { subject, text: (text?.trim() || textOf(html.slice(0, HTML_CHARACTERS))).slice(0, TEXT_CHARACTERS) }
}

const named: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&nbsp;': ' ' }

/** What people would read of an HTML text, roughly: in one pass, since it is a stranger's. */
function textOf(html: string): string {
  const parts: string[] = []
  let at = 0
  while (at < html.length) {
    const open = html.indexOf('<', at)
    parts.push(html.slice(at, open < 0 ? undefined : open))
    if (open < 0) break
    const [name = ''] = /^\/?[a-z0-9]*/i.exec(html.slice(open + 1, open + 12)) ?? []
    const isHidden = /^(?:script|style)$/i.test(name)
    const from = isHidden ? html.indexOf(`</${name}`, open) : open
    const close = from < 0 ? -1 : html.indexOf('>', from)
    if (close < 0) break
    parts.push(/^(?:br|\/p|\/div|\/tr|\/li|\/h\d)$/i.test(name) ? '\n' : ' ')
    at = close + 1
  }
  const text = parts.join('').replace(/&(?:amp|lt|gt|quot|nbsp);/g, (entity) => named[entity] ?? entity)
  const lines = text.split('\n').map((line) => line.replace(/\s+/g, ' ').trim())
  return lines.filter((line) => line !== '').join('\n')
}
