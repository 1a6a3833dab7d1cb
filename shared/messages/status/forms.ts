import type { Language } from '../../contracts/words.ts'
import { escapeHtml } from '../escape-html.ts'
import { statusWords } from './words.ts'

/** Where somebody writes the address to which updates are mailed; its form goes below the page's own address. */
export function subscribeForm(slug: string, language: Language): string {
  const say = statusWords[language]
  return `<section><h2>${say.subscribe}</h2><form class="card" method="post" action="${escapeHtml(slug)}/subscribe?lang=${language}"><p class="soft">${say.subscribeHow}</p><label for="email">${say.email}</label><input id="email" name="email" type="email" autocomplete="email" maxlength="254" required><button type="submit">${say.subscribe}</button></form></section>`
}

/** The one button of a page that a mail has led to: programs that look at links press none. */
export function answerForm(use: 'confirm' | 'leave', query: string, language: Language): string {
  return `<form method="post" action="${escapeHtml(`${use}?${query}`)}"><button type="submit">${statusWords[language][use]}</button></form>`
}
