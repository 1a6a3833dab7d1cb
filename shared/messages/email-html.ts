import type { Composition, Link } from './composition.ts'
import { bytes } from './cut.ts'
import { escapeHtml } from './escape-html.ts'
import { type Dialect, render } from './markup.ts'
import type { Message } from './message.ts'

/** Colours for a light and a dark screen; mail clients that know no media query show the light ones. */
const STYLE = `:root{color-scheme:light dark}
body{margin:0;padding:24px;background:#f4f4f5;color:#18181b;font:16px/1.6 -apple-system,"Segoe UI","PingFang SC","Microsoft YaHei",sans-serif}
main{max-width:560px;margin:auto;padding:24px;background:#fff;border-radius:8px}
h1{margin:0 0 16px;font-size:19px}p{margin:0 0 6px;overflow-wrap:anywhere}b{color:#b91c1c}i{font-style:normal;color:#15803d}
.button{display:inline-block;margin:14px 0;padding:12px 28px;border-radius:6px;background:#b91c1c;color:#fff;text-decoration:none}
footer{margin-top:18px;font-size:13px;color:#71717a}
@media(prefers-color-scheme:dark){body{background:#18181b;color:#e4e4e7}main{background:#27272a}b{color:#f87171}i{color:#4ade80}a{color:#93c5fd}
.button{background:#dc2626;color:#fff}footer{color:#a1a1aa}}`

/**
 * A composition as an HTML mail of at most `maxBytes`: light and dark, no picture, no script, nothing loaded from elsewhere. What can be
 * acknowledged has one button, the signed link; further links stand below.
 */
export function emailHtml(
  composition: Composition,
  { language, links }: Pick<Message, 'language' | 'links'>,
  maxBytes: number,
): string {
  const button = composition.links.find(({ href }) => href === links.acknowledge)
  const others = composition.links.filter((link) => link !== button)
  const head = `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>${STYLE}</style></head><body><main>`
  const pressed =
    button === undefined
      ? ''
      : `<p><a class="button" href="${attribute(button.href)}">${escapeHtml(button.text)}</a></p>`
  const foot = `${pressed}<footer>${escapeHtml(composition.footer)}</footer></main></body></html>`
  const body = render({ ...composition, links: others }, dialect, maxBytes - bytes(head) - bytes(foot), language)
  return `${head}${body}${foot}`
}

const dialect: Dialect = {
  escape: escapeHtml,
  bad: (text) => `<b>${text}</b>`,
  good: (text) => `<i>${text}</i>`,
  mention: ({ name }) => escapeHtml(name),
  link: ({ text, href }: Link) => `<a href="${attribute(href)}">${text}</a>`,
  head: (markup) => `<h1>${markup}</h1>`,
  line: (markup) => `<p>${markup}</p>`,
  footer: false,
}

/** An address that a mail may lead to; a link of another kind, such as `javascript:`, leads nowhere. */
function attribute(href: string): string {
  return /^https?:\/\//i.test(href) ? escapeHtml(href) : '#'
}
