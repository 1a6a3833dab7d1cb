import type { CompiledConfig } from '../../contracts/compiled-config.ts'
import type { CompiledCopy, CompiledStatusPage } from '../../contracts/status-page.ts'
import { ownId } from '../../evaluation/own-condition.ts'
import type { StatusView } from '../../incidents/status/view.ts'
import { statusFeed } from '../../messages/status/feed.ts'
import { statusJson } from '../../messages/status/json.ts'
import { statusHtml } from '../../messages/status/page.ts'
import { recently } from '../../store/recently.ts'
import type { EngineIo } from '../io.ts'
import { type EvaluationConfig, updateOwnVerdict } from '../verdicts/update-verdicts.ts'
import { readComponentDays } from './component-days.ts'
import { stylePolicy } from './style-policy.ts'
import { type Days, viewStatus } from './view-status.ts'

/** A copy in which nothing has changed is put again after so long, ms: its reader sees how old it is. */
const AGAIN_MS = 300_000

/** Another region puts a copy when the newest is older than this, ms. */
const LEFT_MS = 3 * AGAIN_MS

/** So far a bucket's clock may be from ours, which tells whose copy the newest is, ms. */
const CLOCKS_MS = 30_000

/** Days change once an hour, and only today's grows. */
const DAYS_MS = 900_000

/** So many failures in a row are told of: every cloud has a bad moment at times. */
const FAILURES = 3

/** What a file of a copy is. */
export interface CopyFile {
  name: string
  type: string
  body: string
}

/** The buckets that copies are put into. */
export interface CopyStore {
  /** Rejects with an error that has a `code`. */
  put(copy: CompiledCopy, file: CopyFile): Promise<void>
  /** Where a folder of a bucket is read, with a slash at its end. */
  urlOf(copy: CompiledCopy): string
  /** When a file was put last, UTC ms; undefined where nobody can tell. */
  lastPut(copy: CompiledCopy, name: string): Promise<number | undefined>
}

type Config = EvaluationConfig & Pick<CompiledConfig, 'status' | 'maintenance' | 'vantages' | 'timezone'>

/**
 * Makes what puts a copy of each page that wants one where it is to be: when something in it has changed, and every few minutes. Of several
 * regions the first does, and another one where the first has not for long. What fails again and again is one trouble of Fenghuo's own.
 */
export function copyMaker(config: Config, store: CopyStore): (io: EngineIo) => Promise<void> {
  const done = new Map<string, { content: string; at: number }>()
  const failures = new Map<string, number>()
  let io: EngineIo
  const days = recently(
    (slug: string): Promise<Days> => readComponentDays(config.status?.[slug] ?? { components: {} }, config, io),
    DAYS_MS,
    () => io.now(),
  )

  const put = async (slug: string, page: CompiledStatusPage, copy: CompiledCopy) => {
    const view = await viewStatus(slug, page, { config, days: await days(slug) }, io)
    const content = contentOf(view)
    const last = done.get(slug)
    if (last?.content === content && io.now() - last.at < AGAIN_MS) return
    const { place } = io
    if (place !== undefined && place.own !== place.order[0]) {
      const at = await store.lastPut(copy, 'status.json')
      const isOwn = last !== undefined && at !== undefined && at <= last.at + CLOCKS_MS
      if (at !== undefined && io.now() - at < LEFT_MS && !isOwn) return
    }
    await Promise.all(
      filesOf(view, [slug, page], copy.url ?? store.urlOf(copy), config).map((file) => store.put(copy, file)),
    )
    done.set(slug, { content, at: io.now() })
  }

  const tell = async (slug: string, { bucket }: CompiledCopy, error?: unknown) => {
    const count = error === undefined ? 0 : (failures.get(slug) ?? 0) + 1
    failures.set(slug, count)
    const subject = { id: ownId({ of: 'status-copy', page: slug }), severity: 'warning' as const }
    if (count === 0) {
      const fact = { code: 'copy-stands', args: { page: slug, bucket } } as const
      await updateOwnVerdict(subject, 'up', fact, config, io)
    } else if (count >= FAILURES) {
      const fact = { code: 'copy-fails', args: { page: slug, bucket, error: codeOf(error) } } as const
      await updateOwnVerdict(subject, 'down', fact, config, io)
    }
  }

  const keep = async (slug: string, page: CompiledStatusPage) => {
    const { copy } = page
    if (copy === undefined) return
    const before = done.get(slug)?.at
    const error = await put(slug, page, copy).then(
      () => undefined,
      (reason: unknown) => ({ reason }),
    )
    if (error !== undefined) io.log({ level: 'warn', event: 'no copy', page: slug, error: String(error.reason) })
    if (error !== undefined || done.get(slug)?.at !== before) await tell(slug, copy, error?.reason)
  }

  return async (given) => {
    io = given
    // A bucket that does not answer keeps no other page's waiting.
    await Promise.all(Object.entries(config.status ?? {}).map(([slug, page]) => keep(slug, page)))
  }
}

/** What readers would see change: not the time, and not each minute's share of today. */
function contentOf({ at: _, components, ...rest }: StatusView): string {
  return JSON.stringify({ ...rest, components: components.map(({ id, state }) => ({ id, state })) })
}

function codeOf(error: unknown): string {
  const { code } = Object(error)
  return typeof code === 'string' ? code : 'unreachable'
}

/** The files of a copy. They refer to each other by name, so that they may lie anywhere. */
function filesOf(
  view: StatusView,
  [slug, page]: [string, CompiledStatusPage],
  base: string,
  { timezone }: Pick<Config, 'timezone'>,
): CopyFile[] {
  const pages = page.languages.flatMap((language) => {
    const other = page.languages.find((one) => one !== language)
    const feed = `${language}.rss`
    const showing = {
      language,
      timezone,
      json: 'status.json',
      feed,
      policy: stylePolicy,
      ...(other && { other: `${other}.html` }),
      ...(page.url && { live: page.url }),
    }
    const link = `${base}${language}.html`
    return [
      { name: `${language}.html`, type: 'text/html; charset=utf-8', body: statusHtml(view, page, showing) },
      {
        name: feed,
        type: 'application/rss+xml; charset=utf-8',
        body: statusFeed(view, page, { slug, language, link, self: base + feed }),
      },
    ]
  })
  const [first] = pages
  return [
    ...pages,
    ...(first === undefined ? [] : [{ ...first, name: 'index.html' }]),
    { name: 'status.json', type: 'application/json', body: statusJson(view, page) },
  ]
}
