import { TimelineList } from '../../services/console/pages/incident.tsx'
import { Layout, type Notice } from '../../services/console/pages/layout.tsx'
import { Since, StandingLine, titleFor, Words } from '../../services/console/pages/pieces.tsx'
import type { View } from '../../services/console/view.ts'
import type { IncidentView } from '../../shared/engine/console/view-incident.ts'
import type { VendorWords } from '../../shared/messages/failure.ts'
import type { SentMessage } from '../journal.ts'
import type { Phone } from '../phones.ts'
import type { ChannelMode } from '../sandboxes.ts'
import { Messages } from './messages.tsx'
import { PhoneCard } from './phone.tsx'
import { Again, Sound } from './tools.tsx'
import { pageWords } from './words.ts'

export interface DemoProps {
  view: View
  demo: { broken: boolean; isWatched: boolean }
  /** Those that ring, are spoken into, or have rung. */
  phones: Phone[]
  /** The newest incident. */
  seen: Pick<IncidentView, 'incident' | 'timeline'> | undefined
  vendors: VendorWords
  channels: ChannelMode[]
  messages: SentMessage[]
  notice?: Notice | undefined
}

/** A service to break and to mend, and all that comes of it. */
export function DemoPage(props: DemoProps) {
  const { view, demo, phones, seen, vendors, channels, messages, notice } = props
  const say = pageWords[view.language]
  const ringing = phones.find(({ call }) => call?.state === 'ringing')
  const title = ringing === undefined ? say.demo : `☎ ${say.callFor(ringing.name ?? ringing.number)}`
  return (
    <Layout view={view} title={title} notice={notice}>
      <div class="stage">
        <div class="column">
          <section class={demo.broken ? 'card demo broken' : 'card demo'} aria-labelledby="demo">
            <h1 id="demo">{say.demo}</h1>
            <p>{!demo.isWatched ? say.isUnwatched : demo.broken ? say.isBroken : say.isUp}</p>
            <form method="post" action="/demo">
              <input type="hidden" name="t" value={view.token('/demo')} />
              <button
                type="submit"
                name="do"
                value={demo.broken ? 'mend' : 'break'}
                class={demo.broken ? undefined : 'primary'}
              >
                {demo.broken ? say.mend : say.break}
              </button>
            </form>
            <p class="quiet">{say.how}</p>
            <Sound view={view} />
            <Again view={view} />
          </section>
          <div class="phones" aria-live="polite">
            {phones.map((phone) => (
              <PhoneCard view={view} phone={phone} back="/demo" />
            ))}
          </div>
        </div>
        <div class="column">
          <Happened view={view} seen={seen} vendors={vendors} />
          <Messages view={view} channels={channels} messages={messages} />
        </div>
      </div>
    </Layout>
  )
}

function Happened(props: Pick<DemoProps, 'view' | 'seen' | 'vendors'>) {
  const { view, seen, vendors } = props
  const say = pageWords[view.language]
  if (seen === undefined)
    return (
      <section aria-labelledby="happened">
        <h2 id="happened" class="title">
          {say.happened}
        </h2>
        <p class="quiet">{say.nothing}</p>
      </section>
    )
  const { incident, timeline } = seen
  return (
    <section aria-labelledby="happened">
      <h2 id="happened" class="title">
        {say.happened}
      </h2>
      <article class={`card incident ${incident.severity} ${incident.status}`}>
        <Words view={view} incident={incident} />
        <h3 dir="auto">
          {titleFor(view, incident)} <span class="number">#{incident.number}</span>
        </h3>
        <Since view={view} incident={incident} />
        <StandingLine view={view} incident={incident} />
        <TimelineList view={view} incident={incident} timeline={timeline} vendors={vendors} />
        <p>
          <a href={`/incidents/${incident.number}`}>{say.whole}</a>
        </p>
      </article>
    </section>
  )
}
