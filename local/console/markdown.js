import { h } from './dom.js'

/** What a message looks like in its chat, near enough: quotes, bold, links, and colours by name. */
export function markdown(lines) {
  return lines.map(({ is, pieces }) => {
    const inside = pieces.length > 0 ? pieces.map(piece) : '\u00a0'
    if (is === 'quote') return h('blockquote', {}, inside)
    return h('div', {}, is === 'head' ? h('strong', {}, inside) : inside)
  })
}

function piece({ text, colour, bold, href }) {
  if (href) return h('a', { href, target: '_blank', rel: 'noopener' }, text)
  if (bold) return h('strong', {}, text)
  return colour ? h('span', { class: colour }, text) : text
}
