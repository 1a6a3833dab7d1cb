import { type Deed, INCIDENTS, REQUESTS } from '../../../../shared/engine/console/view-audit.ts'
import { type AuditWords, auditWords } from '../../../../shared/messages/console/audit.ts'
import type { VendorWords } from '../../../../shared/messages/failure.ts'
import { timelineText } from '../../../../shared/messages/timeline.ts'
import { words } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { pathOf } from '../actions.tsx'
import { Layout, Time } from '../layout.tsx'
import { Paging } from '../paging.tsx'
import { SystemNav } from './parts.tsx'

export interface AuditProps {
  view: View
  /** `2026-11-28`, and those beside it; no day after today. */
  day: string
  before: string
  after: string | undefined
  /** Whose deeds are looked for; empty: everybody's. */
  who: string
  /** With the numbers and ids at which who did it is known now. */
  deeds: { deed: Deed; at: string[] }[]
  /** Whether all incidents of the day were looked through. */
  isAll: boolean
  /** Whether the day may have older requests. */
  hasOlder: boolean
  page: number
  pages: number
  vendors: VendorWords
}

/** Who did what on a day, and from where. */
export function AuditPage({ view, day, before, after, who, deeds, isAll, hasOlder, page, pages, vendors }: AuditProps) {
  const say = auditWords[view.language]
  const at = (that: string) => `/system/audit?day=${that}${who === '' ? '' : `&who=${encodeURIComponent(who)}`}`
  return (
    <Layout view={view} title={say.title}>
      <h1>{say.title}</h1>
      <SystemNav view={view} />
      <p class="quiet">{say.how}</p>
      <form method="get" action="/system/audit" class="fields card" data-keep="">
        <label>
          {say.day} <input type="date" name="day" value={day} />
        </label>
        <label>
          {say.who} <input type="search" name="who" value={who} autocomplete="off" />
        </label>
        <button type="submit">{say.show}</button>
      </form>
      {!isAll && <p class="notice bad">{say.some(INCIDENTS)}</p>}
      {hasOlder && <p class="notice bad">{say.newest(REQUESTS)}</p>}
      {deeds.length === 0 && <p>{say.none}</p>}
      {deeds.length > 0 && (
        <ol class="card timeline">
          {deeds.map(({ deed, at: known }) => (
            <li>
              <Time view={view} at={deed.at} />
              <span dir="auto">
                <DeedText view={view} deed={deed} known={known} vendors={vendors} />
              </span>
            </li>
          ))}
        </ol>
      )}
      <Paging view={view} path={at(day)} page={page} pages={pages} />
      <p class="pages">
        <a href={at(before)}>{say.before}</a>
        {after !== undefined && <a href={at(after)}>{say.after}</a>}
      </p>
    </Layout>
  )
}

/** What became of what was not done, or of what nobody knows whether it was. */
function becameText(status: number | undefined, say: AuditWords): string {
  if (status === undefined) return say.unknown
  return status < 500 ? say.refused(status) : say.broken(status)
}

interface DeedProps {
  view: View
  deed: Deed
  known: string[]
  vendors: VendorWords
}

function DeedText({ view, deed, known, vendors }: DeedProps) {
  const { language, timezone } = view
  const say = auditWords[language]
  if (deed.kind === 'told')
    return (
      <>
        <a href={pathOf(deed)}>#{deed.number}</a> {timelineText(deed.entry, language, timezone, vendors)}
        {known.length > 0 && <span class="quiet"> {say.knownAt(known.join(words[language].list))}</span>}
      </>
    )
  const { who, name = who, via, from, action, path, status, changes = [] } = deed.entry
  const isDone = status !== undefined && status < 400
  const became = isDone ? say.done : becameText(status, say)
  const parts = [say.doors[via], say.from(from), became]
  return (
    <>
      <b>{name}</b> {name !== who && <span class="quiet">{who}</span>} <code>{action}</code> {path}{' '}
      <span class={isDone ? 'quiet' : 'word warning'}>{parts.join(words[language].comma)}</span>
      {changes.length > 0 && (
        <ul>
          {changes.map((line) => (
            <li dir="auto">{line}</li>
          ))}
        </ul>
      )}
    </>
  )
}
