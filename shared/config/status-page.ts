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

/** Who signs in clouds that know nothing of the function's own role, unless the page says otherwise. */
const KEYS = {
  aliyun: { keyId: '${ALIBABA_CLOUD_ACCESS_KEY_ID}', keySecret: '${ALIBABA_CLOUD_ACCESS_KEY_SECRET}' },
  tencent: { keyId: '${TENCENTCLOUD_SECRET_ID}', keySecret: '${TENCENTCLOUD_SECRET_KEY}' },
}

function compileCopy(copy: NonNullable<StatusPage['copy']>): CompiledCopy {
  const { cloud, bucket, region, prefix = '', url, keyId, keySecret } = copy
  const folder = prefix.replace(/\/+$/, '')
  return {
    ...(cloud !== 'aws' && {
      store: { cloud, ...KEYS[cloud], ...(keyId && { keyId }), ...(keySecret && { keySecret }) },
    }),
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
