/** A piece of a line; `colour`: the vendor's name of one, such as `warning`. */
export interface Piece {
  text: string
  colour?: string
  bold?: true
  /** Of http or https. */
  href?: string
}

export interface MarkupLine {
  is: 'text' | 'quote' | 'head'
  pieces: Piece[]
}

/** What chats take for markup: colours of WeCom, links and bold of Markdown, of Slack and of HTML, and mentions. */
const inline =
  /<font color="(?<colour>\w+)">(?<coloured>.*?)<\/font>|\[(?<label>[^\]]+)\]\((?<href>[^)\s]+)\)|<(?<url>https?:[^|>\s]+)\|(?<named>[^>]+)>|<a href="(?<address>[^"]+)">(?<anchor>.*?)<\/a>|\*\*(?<bold>.+?)\*\*|(?<![*\w\\])\*(?<starred>[^\s*](?:[^*]*[^\s*])?)\*(?![*\w])|<[@!](?<person>[^>]+)>|<at id=(?<id>[^>]+)><\/at>/g

/** A message in the markup of its chat as lines that can be shown, near enough to what the chat makes of it. */
export function markupLines(text: string): MarkupLine[] {
  return text.split('\n').map((line) => {
    const quote = /^>\s?(.*)$/.exec(line)?.[1]
    if (quote !== undefined) return { is: 'quote', pieces: piecesOf(quote) }
    const head = /^#{1,6}\s+(.*)$/.exec(line)?.[1]
    if (head !== undefined) return { is: 'head', pieces: piecesOf(head) }
    return { is: 'text', pieces: piecesOf(line.replace(/^[-*]\s+/, '· ')) }
  })
}

function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let end = 0
  for (const match of line.matchAll(inline)) {
    pieces.push({ text: plain(line.slice(end, match.index)) }, styled(match.groups ?? {}))
    end = match.index + match[0].length
  }
  return [...pieces, { text: plain(line.slice(end)) }].filter(({ text }) => text !== '')
}

function styled(found: Record<string, string | undefined>): Piece {
  const { colour, coloured, label, named, anchor, bold, starred, person, id } = found
  if (colour !== undefined) return { text: plain(coloured ?? ''), colour }
  const link = label ?? named ?? anchor
  if (link === undefined) return { text: plain(bold ?? starred ?? `@${person ?? id}`), bold: true }
  const href = found.href ?? found.url ?? found.address ?? ''
  return { text: plain(link), ...(/^https?:\/\//.test(href) && { href }) }
}

/** Without what keeps signs of others from being markup: Discord's backslashes, Slack's entities. */
function plain(text: string): string {
  return text
    .replace(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
}
