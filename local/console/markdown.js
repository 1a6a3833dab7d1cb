import { h } from './dom.js'

const inline = /<font color="(\w+)">(.*?)<\/font>|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|<@([^>]+)>/g

/** What markdown looks like in chats, near enough: quotes, bold, links, and colours by name. */
export function markdown(text) {
  return text.split('\n').map((line) => {
    const quote = /^>\s?(.*)$/.exec(line)
    const head = /^#{1,6}\s+(.*)$/.exec(line)
    if (quote) return h('blockquote', {}, inlines(quote[1]))
    if (head) return h('div', {}, h('strong', {}, inlines(head[1])))
    return h('div', {}, inlines(line.replace(/^[-*]\s+/, '· ')) || '\u00a0')
  })
}

function inlines(text) {
  const parts = []
  let end = 0
  for (const match of text.matchAll(inline)) {
    parts.push(text.slice(end, match.index), styled(match))
    end = match.index + match[0].length
  }
  return [...parts, text.slice(end)]
}

function styled([, colour, coloured, label, href, bold, person]) {
  if (colour) return h('span', { class: colour }, coloured)
  if (label) return link(label, href)
  if (bold) return h('strong', {}, bold)
  return h('strong', {}, `@${person}`)
}

function link(label, href) {
  return /^https?:\/\//.test(href) ? h('a', { href, target: '_blank', rel: 'noopener' }, label) : label
}
