import type { CompiledCopy, CompiledStatusPage } from '../contracts/status-page.ts'
import { asWritten, type Bilingual } from '../contracts/words.ts'
import type { ReadProject } from './file.ts'
import type { StatusPage } from './status-schema.ts'

/** How long an incident lasts that is told of by itself, unless the page says otherwise, ms. */
const AUTOMATIC_AFTER_MS = 300_000

/** A page of `status` with its names resolved; `usualUrl`: where the console shows it, if that is known. */
export function compileStatusPage(
  page: StatusPage,
  projects: Record<string, ReadProject>,
  usualUrl: string | undefined,
): CompiledStatusPage {
  const { title, languages, logo, token, url = usualUrl, incidents, after, components, copy, subscribe } = page
  return {
    title: inEach(title),
    languages: [...new Set(languages)],
    ...(logo && { logo }),
    components: Object.fromEntries(
      Object.entries(components).map(([key, { title: called, checks }]) => [
        key,
        { title: inEach(called), checks: [...new Set(checks.flatMap((one) => checksOf(one, projects)))] },
      ]),
    ),
    ...(token && { token }),
    ...(url && { url: url.replace(/\/+$/, '') }),
    ...(subscribe && { subscribe: [...new Set(subscribe)] }),
    ...(copy && { copy: compileCopy(copy) }),
    ...(incidents === 'automatic' && { automaticAfterMs: after ?? AUTOMATIC_AFTER_MS }),
  }
}

function compileCopy({ bucket, region, prefix = '', url }: NonNullable<StatusPage['copy']>): CompiledCopy {
  const folder = prefix.replace(/\/+$/, '')
  return {
    bucket,
    region,
    prefix: folder === '' ? '' : `${folder}/`,
    ...(url && { url: `${url.replace(/\/+$/, '')}/` }),
  }
}

function inEach(text: string | Bilingual): Bilingual {
  return typeof text === 'string' ? asWritten(text) : text
}

function checksOf(named: string, projects: Record<string, ReadProject>): string[] {
  if (named.includes('/')) return [named]
  return Object.keys(projects[named]?.checks ?? {}).map((check) => `${named}/${check}`)
}
