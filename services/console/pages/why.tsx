import type { IncidentWhy } from '../../../shared/engine/console/why-incident.ts'
import { whyPageWords } from '../../../shared/messages/console/why.ts'
import type { VendorWords } from '../../../shared/messages/failure.ts'
import { timelineText, timelineTime } from '../../../shared/messages/timeline.ts'
import { notCalledText, ruleText } from '../../../shared/messages/why.ts'
import { whyWords } from '../../../shared/messages/why-words.ts'
import type { View } from '../view.ts'
import { pathOf } from './actions.tsx'
import { Layout } from './layout.tsx'
import { type Incident, titleFor } from './pieces.tsx'

interface WhyProps {
  view: View
  incident: Incident
  why: IncidentWhy
  /** By which a decision says what vendors answered. */
  vendors: VendorWords
}

/** Each decision of an incident with its rule, and why somebody was not called. */
export function WhyPage({ view, incident, why, vendors }: WhyProps) {
  const page = whyPageWords[view.language]
  return (
    <Layout view={view} title={`#${incident.number} ${page.title}`}>
      <h1>{page.title}</h1>
      <p dir="auto">
        <a href={pathOf(incident)}>
          #{incident.number} {titleFor(view, incident)}
        </a>
      </p>
      <p class="quiet">{page.how}</p>
      {/* Whoever opens this at night asks first why somebody was not called. */}
      <NotCalled view={view} incident={incident} notCalled={why.notCalled} />
      <Decisions view={view} incident={incident} why={why} vendors={vendors} />
    </Layout>
  )
}

function NotCalled(props: { view: View; incident: Incident; notCalled: IncidentWhy['notCalled'] }) {
  const { view, incident, notCalled } = props
  const say = whyWords[view.language]
  return (
    <section class="card facts" aria-labelledby="not-called">
      <h2 id="not-called">{say.notCalled}</h2>
      {notCalled.length === 0 && <p>{say.everybody}</p>}
      <dl>
        {notCalled.map(({ name, why }) => (
          <div>
            <dt dir="auto">{name}</dt>
            <dd class="quiet" dir="auto">
              {notCalledText(why, view.language, incident.openedAt, view.timezone)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function Decisions({ view, incident, why, vendors }: WhyProps) {
  const { language, timezone } = view
  const say = whyWords[language]
  return (
    <section class="card" aria-labelledby="decisions">
      <h2 id="decisions">{whyPageWords[language].decisions}</h2>
      {why.policy === undefined && <p>{say.noPolicy(incident.project)}</p>}
      <ol class="timeline">
        {why.decisions.map(({ entry, rule }) => (
          <li class={entry.kind}>
            <time datetime={new Date(entry.at).toISOString()}>
              {timelineTime(incident.openedAt, entry.at, timezone)}
            </time>
            <div>
              <span dir="auto">{timelineText(entry, language, timezone, vendors)}</span>
              {rule && (
                <p class="quiet" dir="auto">
                  {say.rule(ruleText(rule, language))}
                </p>
              )}
            </div>
          </li>
        ))}
      </ol>
    </section>
  )
}
