import { h } from './dom.js'

const inline = /<font color="(\w+)">(.*?)<\/font>|\[([^\]]+)\]\(([^)\s]+)\)|\*\*([^*]+)\*\*|<@([^>]+)>/g

/** What WeCom's and DingTalk's markdown looks like, near enough: quotes, bold, links, and WeCom's three colours. */
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

/** DingTalk's links carry the real one inside, so that it opens in the browser. */
function link(label, href) {
  const wrapped = /^dingtalk:\/\/.*[?&]url=([^&]+)/.exec(href)
  const target = wrapped ? decodeURIComponent(wrapped[1]) : href
  return /^https?:\/\//.test(target) ? h('a', { href: target, target: '_blank', rel: 'noopener' }, label) : label
}
