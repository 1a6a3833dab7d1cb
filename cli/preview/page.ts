import { type MarkupLine, markupLines, type Piece } from '../../local/markup.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { escapeHtml } from '../../shared/messages/escape-html.ts'
import type { Bubble } from './show.ts'

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:24px;font:15px/1.6 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif;background:light-dark(#ebebee,#111)}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(340px,100%),1fr));gap:20px}
section{min-width:0}h2{margin:0 0 6px;font-size:14px;font-weight:600}small{font-weight:400;opacity:.65}
article+article{margin-top:8px}article{padding:14px 16px;border-radius:4px 14px 14px 14px;background:light-dark(#fff,#26262a);white-space:pre-wrap;overflow-wrap:anywhere}
blockquote{margin:0;padding-left:9px;border-left:2px solid light-dark(#ddd,#444)}a{color:light-dark(#1d4ed8,#93c5fd)}
.warning,p{color:light-dark(#b91c1c,#f87171)}.info{color:light-dark(#15803d,#4ade80)}.comment{opacity:.65}
p{margin:6px 0 0;font-size:13px}@media(max-width:500px){body{padding:14px}}`

/** One HTML page with what each channel sends, side by side: no script, nothing loaded. */
export function pageOf(bubbles: Bubble[], title: string, language: Language): string {
  const sections = bubbles.map(({ type, title: name, messages, why }) => {
    const shown = messages.map(shownMessage).join('')
    const refused = why === undefined ? '' : `<p>${escapeHtml(why)}</p>`
    return `<section><h2>${escapeHtml(name)} <small>${escapeHtml(type)}</small></h2>${shown}${refused}</section>`
  })
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title><style>${STYLE}</style>`
  return `<!doctype html>\n<html lang="${language}"><head>${head}</head><body><main>\n${sections.join('\n')}\n</main></body></html>\n`
}

function shownMessage({ text, format }: Bubble['messages'][number]): string {
  return `<article>${format === 'markdown' ? markupLines(text).map(shownLine).join('') : escapeHtml(text)}</article>`
}

function shownLine({ is, pieces }: MarkupLine): string {
  const inside = pieces.map(shownPiece).join('') || '&nbsp;'
  if (is === 'quote') return `<blockquote>${inside}</blockquote>`
  return `<div>${is === 'head' ? `<strong>${inside}</strong>` : inside}</div>`
}

function shownPiece({ text, colour, bold, href }: Piece): string {
  const shown = escapeHtml(text)
  if (href) return `<a href="${escapeHtml(href)}">${shown}</a>`
  if (bold) return `<strong>${shown}</strong>`
  return colour ? `<span class="${colour}">${shown}</span>` : shown
}
