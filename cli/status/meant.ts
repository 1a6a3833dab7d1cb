import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { ownProperty } from '../../shared/contracts/own-property.ts'
import { type CompiledStatusPage, HEADING_CHARACTERS, POST_CHARACTERS } from '../../shared/contracts/status-page.ts'
import { didYouMean } from '../../shared/contracts/suggest.ts'
import { asWritten, type Bilingual } from '../../shared/contracts/words.ts'
import { CommandError } from '../failure.ts'

/** What is told in both languages, or in one. */
export interface Written {
  zh?: string
  en?: string
}

/** The text for outsiders. Throws a `CommandError` where there is none, or one that is too long. */
export function textMeant(text: string | undefined, { zh, en }: Written): Partial<Bilingual> {
  const meant = { ...(text !== undefined && asWritten(text)), ...(zh && { zh }), ...(en && { en }) }
  const all = Object.values(meant)
  if (all.length === 0 || all.some((one) => one.trim() === ''))
    throw new CommandError({
      en: 'there is nothing to tell: write a text, or --zh and --en',
      zh: '没有要发布的内容：写一段文字，或用 --zh 和 --en',
    })
  if (all.some((one) => one.length > POST_CHARACTERS))
    throw new CommandError({
      en: `the text is longer than ${POST_CHARACTERS} characters`,
      zh: `内容超过 ${POST_CHARACTERS} 字`,
    })
  return meant
}

/** The heading, which is one line. Throws a `CommandError` for what is too long. */
export function headingMeant(title: string | undefined): { heading?: Bilingual } {
  if (title === undefined) return {}
  if (title.length <= HEADING_CHARACTERS && /^[^\p{Cc}]*\S[^\p{Cc}]*$/u.test(title))
    return { heading: asWritten(title) }
  throw new CommandError({
    en: `--title is one line of at most ${HEADING_CHARACTERS} characters`,
    zh: `--title 为一行，至多 ${HEADING_CHARACTERS} 字`,
  })
}

/** A page by its name. Throws a `CommandError` that says which there are. */
export function pageMeant(name: string, { status = {} }: CompiledConfig): CompiledStatusPage {
  const page = ownProperty(status, name)
  if (page !== undefined) return page
  const known = Object.keys(status)
  const guess = didYouMean(name, known)
  throw new CommandError({
    en: `no status page is named ${name}${guess.en}; fenghuo.yml has ${known.join(', ') || 'none: write `status`'}`,
    zh: `没有名为 ${name} 的状态页${guess.zh}；fenghuo.yml 中有：${known.join('、') || '无，请写 `status`'}`,
  })
}

/** Components by their names. Throws a `CommandError` for one that a page does not have. */
export function componentsMeant(names: string[], name: string, { components }: CompiledStatusPage): string[] {
  const known = Object.keys(components)
  const wrong = names.find((one) => !known.includes(one))
  if (wrong === undefined) return [...new Set(names)]
  const guess = didYouMean(wrong, known)
  throw new CommandError({
    en: `page ${name} has no component ${wrong}${guess.en}; there are: ${known.join(', ')}`,
    zh: `状态页 ${name} 没有组件 ${wrong}${guess.zh}；有：${known.join('、')}`,
  })
}
