import { ownProperty } from '../../contracts/own-property.ts'
import type { CompiledStatusPage } from '../../contracts/status-page.ts'
import type { Bilingual, Language } from '../../contracts/words.ts'
import type { Post, Told } from '../../incidents/status/post.ts'
import { statusWords } from './words.ts'

type Page = Pick<CompiledStatusPage, 'components'>

/** What components are called, in one line; one that the page no longer has is left out. */
export function componentList(ids: string[], { components }: Page, language: Language): string {
  const titles = ids.flatMap((id) => ownProperty(components, id)?.title[language] ?? [])
  return titles.join(language === 'zh' ? '、' : ', ')
}

/** Whether an update of it says how far somebody is: what is planned has no such state until it is over. */
export function hasProgress({ planned }: Pick<Told, 'planned'>, { state }: Pick<Post, 'state'>): boolean {
  return planned === undefined || state === 'resolved'
}

/** What something that was told is called: by whoever told it, or by what it is about. */
export function headingOf(told: Told, page: Page, language: Language): string {
  const say = statusWords[language]
  const written = inEither(told.heading ?? {}, language)
  if (written !== undefined) return written
  const about = componentList(told.components, page, language)
  if (told.planned !== undefined)
    return about === '' ? say.work : `${say.work}${language === 'zh' ? '：' : ': '}${about}`
  const impact = told.impact ?? 'degraded'
  return about === '' ? say.all[impact] : say.heading(about, impact)
}

/** What an update says: as it was written, in the other language where that is all there is, or in the page's own words. */
export function textOf(
  { text, state }: Pick<Post, 'text' | 'state'>,
  { planned }: Pick<Told, 'planned'>,
  language: Language,
): string {
  const say = statusWords[language]
  return inEither(text, language) ?? (planned === undefined ? say.automatic[state] : say.workOver)
}

function inEither(text: Partial<Bilingual>, language: Language): string | undefined {
  return text[language] ?? text[language === 'zh' ? 'en' : 'zh']
}

/** `99.98%`, rounded down: what was not whole never reads as 100%. */
export function percent(share: number): string {
  return `${share === 1 ? '100' : (Math.floor(share * 10_000) / 100).toFixed(2)}%`
}
