import type { Language } from '../../shared/contracts/words.ts'
import type { Bubble } from './show.ts'

const STYLE = `:root{color-scheme:light dark}body{margin:0;padding:24px;font:15px/1.6 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif;background:light-dark(#ebebee,#111)}
main{display:grid;grid-template-columns:repeat(auto-fill,minmax(340px,1fr));gap:20px}
section{min-width:0}h2{margin:0 0 6px;font-size:14px;font-weight:600}
pre{margin:0;padding:14px 16px;border-radius:4px 14px 14px 14px;background:light-dark(#fff,#26262a);white-space:pre-wrap;overflow-wrap:anywhere;font:inherit}
p{margin:6px 0 0;font-size:13px;color:light-dark(#b91c1c,#f87171)}`

/** One HTML page with a bubble for each channel, side by side: no script, nothing loaded. */
export function pageOf(bubbles: Bubble[], title: string, language: Language): string {
  const sections = bubbles.map(({ type, title: name, text, why }) => {
    const shown = text === undefined ? '' : `<pre>${escaped(text)}</pre>`
    const refused = why === undefined ? '' : `<p>${escaped(why)}</p>`
    return `<section><h2>${escaped(name)} <small>${escaped(type)}</small></h2>${shown}${refused}</section>`
  })
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style>`
  return `<!doctype html>\n<html lang="${language}"><head>${head}</head><body><main>\n${sections.join('\n')}\n</main></body></html>\n`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
