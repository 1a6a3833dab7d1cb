import type { SubscriberView } from '../../../../shared/engine/status/view-subscribers.ts'
import { subscriberWords } from '../../../../shared/messages/console/subscribers.ts'
import { words } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice, Time } from '../layout.tsx'
import { Paging } from '../paging.tsx'
import { SystemNav } from './parts.tsx'

const SUBSCRIBERS = '/system/subscribers'

export interface SubscribersProps {
  view: View
  /** Of each page that can be subscribed to, by its name: what it is called, and how many there are. */
  pages: { slug: string; title: string; active: number; asked: number }[]
  shown: SubscriberView[]
  page: number
  /** Of this list. */
  count: number
  mayRemove: boolean
  notice?: Notice | undefined
}

/** Who has subscribed to each status page: by what, whether they have said yes, and when they were last sent something. */
export function SubscribersPage({ view, pages, shown, page, count, mayRemove, notice }: SubscribersProps) {
  const say = subscriberWords[view.language]
  return (
    <Layout view={view} title={say.title} notice={notice} asks={notice !== undefined}>
      <h1>{say.title}</h1>
      <SystemNav view={view} />
      <p class="quiet">{say.how}</p>
      {pages.length === 0 && <p>{say.noPages}</p>}
      {pages.map(({ slug, title, active, asked }) => {
        const own = shown.filter((one) => one.page === slug)
        return (
          <section class="card" aria-labelledby={`page-${slug}`}>
            <h2 id={`page-${slug}`}>
              <a href={`/status/${slug}`}>{title}</a>
            </h2>
            <p class="quiet">{active + asked === 0 ? say.none : say.count(active, asked)}</p>
            {own.length > 0 && <Subscribers view={view} subscribers={own} mayRemove={mayRemove} />}
          </section>
        )
      })}
      <Paging view={view} path={SUBSCRIBERS} page={page} pages={count} />
    </Layout>
  )
}

interface ListProps {
  view: View
  subscribers: SubscriberView[]
  mayRemove: boolean
}

/** Lines that wrap: a table of addresses and times is wider than a phone. */
function Subscribers({ view, subscribers, mayRemove }: ListProps) {
  const say = subscriberWords[view.language]
  const { colon } = words[view.language]
  return (
    <ul class="list">
      {subscribers.map((one) => (
        <li>
          <b dir="auto">
            {one.address ?? say.unreadable} <span class="quiet">{say.ways[one.way]}</span>
          </b>
          <span>
            {say.states[one.state]} <Time view={view} at={one.since} />
          </span>
          <span>
            {say.sent}
            {colon}
            {one.sentAt === undefined ? <span class="quiet">{say.never}</span> : <Time view={view} at={one.sentAt} />}
          </span>
          {one.failures > 0 && (
            <span>
              <span class="word warning">{say.failures(one.failures)}</span>
            </span>
          )}
          {mayRemove && <Remove view={view} of={one} />}
        </li>
      ))}
    </ul>
  )
}

function Remove({ view, of: { page, name, address } }: { view: View; of: SubscriberView }) {
  const say = subscriberWords[view.language]
  return (
    <form method="post" action={SUBSCRIBERS}>
      <input type="hidden" name="t" value={view.token(SUBSCRIBERS)} />
      <input type="hidden" name="page" value={page} />
      <button type="submit" name="name" value={name} aria-label={say.removeOf(address ?? say.unreadable)}>
        {say.remove}
      </button>
    </form>
  )
}
