import type { SubscriptionWay } from '../../contracts/status-page.ts'
import type { Language } from '../../contracts/words.ts'
import { escapeHtml } from '../escape-html.ts'
import { statusWords } from './words.ts'

/** The longest address of mail (RFC 5321, 4.5.3.1.3), and of a webhook, in characters. */
export const MAIL_CHARACTERS = 254
export const HOOK_CHARACTERS = 1_000

const FIELD = {
  mail: `id="email" name="email" type="email" autocomplete="email" maxlength="${MAIL_CHARACTERS}"`,
  webhook: `id="url" name="url" type="url" pattern="https://.+" maxlength="${HOOK_CHARACTERS}"`,
}

/** Where somebody writes the address to which updates are sent, for each way; `below`: the page's own address, from where the forms stand. */
export function subscribeForms(ways: SubscriptionWay[], language: Language, below = ''): string {
  const say = statusWords[language]
  const action = `${escapeHtml(below)}subscribe?lang=${language}`
  const forms = ways.map((way) => {
    const [id, label] = way === 'mail' ? ['email', say.email] : ['url', say.webhook]
    return `<form class="card" method="post" action="${action}"><p class="soft">${say.how[way]}</p><label for="${id}">${label}</label><input ${FIELD[way]} required><button type="submit">${say.subscribe}</button></form>`
  })
  return `<section><h2>${say.subscribe}</h2>${forms.join('')}</section>`
}

/** The one button of a page that a mail or request has led to: programs that look at links press none. */
export function answerForm(use: 'confirm' | 'leave', query: string, language: Language): string {
  return `<form method="post" action="${escapeHtml(`${use}?${query}`)}"><button type="submit">${statusWords[language][use]}</button></form>`
}

/** Leads to the page itself. */
export function backLink(link: string, language: Language): string {
  const address = new URL(link)
  address.searchParams.set('lang', language)
  return `<p><a class="button" href="${escapeHtml(address.href)}">${statusWords[language].back}</a></p>`
}

/** A key that is shown once, in one piece to be copied. */
export function keyShown(key: string): string {
  return `<p><code>${escapeHtml(key)}</code></p>`
}
