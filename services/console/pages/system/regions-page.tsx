import type { RegionsView } from '../../../../shared/engine/console/view-regions.ts'
import { regionsPageWords } from '../../../../shared/messages/console/regions.ts'
import { factIn } from '../../../../shared/messages/facts.ts'
import { duration } from '../../../../shared/messages/times.ts'
import { words } from '../../../../shared/messages/words.ts'
import type { View } from '../../view.ts'
import { pathOf } from '../actions.tsx'
import { Layout, Time } from '../layout.tsx'
import { SystemNav } from './parts.tsx'

/** The regions in their order, who has duty and why, and what this one pages and guards. */
export function RegionsPage({ view, regions }: { view: View; regions: RegionsView | undefined }) {
  const say = regionsPageWords[view.language]
  return (
    <Layout view={view} title={say.title}>
      <h1>{say.title}</h1>
      <SystemNav view={view} />
      <p class="quiet">{regions === undefined ? say.alone : say.how}</p>
      {regions === undefined && <Adding view={view} />}
      {regions && (
        <>
          <Duty view={view} regions={regions} />
          <Own view={view} regions={regions} />
          <Deliveries view={view} regions={regions} />
          <History view={view} regions={regions} />
          <p class="quiet">{say.compare}</p>
        </>
      )}
    </Layout>
  )
}

/** What each step writes. */
const WRITTEN = {
  name: 'regions: [ap-southeast-1, ap-northeast-1]',
  deploy: 'CONNECT_INSTANCE_ID=… npx sls deploy --stage prod --region ap-northeast-1',
  look: 'bin/fenghuo.js drill --region',
} as const

function Adding({ view }: { view: View }) {
  const say = regionsPageWords[view.language]
  return (
    <section class="card prose" aria-labelledby="add">
      <h2 id="add">{say.add}</h2>
      <ol>
        {(Object.keys(WRITTEN) as (keyof typeof WRITTEN)[]).map((step) => (
          <li>
            {say.steps[step]} <code>{WRITTEN[step]}</code>
          </li>
        ))}
      </ol>
      <p class="quiet">
        {say.guide} <code>docs/guides/several-regions{view.language === 'zh' ? '.zh-CN' : ''}.md</code>
      </p>
    </section>
  )
}

interface Props {
  view: View
  regions: RegionsView
}

function Duty({ view, regions: { order, own, duty } }: Props) {
  const say = regionsPageWords[view.language]
  const serving = duty?.serving ?? order[0] ?? own
  const until = duty?.why.code === 'duty-taken' ? duty.said?.until : undefined
  return (
    <section class="card" aria-labelledby="duty">
      <h2 id="duty">{say.duty}</h2>
      {duty === undefined ? (
        <p>{say.byOrder(serving)}</p>
      ) : (
        <p>
          {say.since(serving, factIn(view.language, duty.why))} <Time view={view} at={duty.since} />
          {until !== undefined && (
            <>
              {' '}
              {say.until} <Time view={view} at={until} />
            </>
          )}
        </p>
      )}
      <ol class="list" aria-label={say.order}>
        {order.map((region) => (
          <li>
            <span>{region}</span>
            <span>
              {region === serving && <span class="word acknowledged">{say.serves}</span>}{' '}
              {region === own && <span class="quiet">{say.here}</span>}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

function Own({ view, regions: { own, isWell, wellForMs, canary, pages, guards } }: Props) {
  const { language, now } = view
  const say = regionsPageWords[language]
  const { colon } = words[language]
  const late = canary === undefined ? say.never : say.late(duration(Math.max(0, now - canary.at), language))
  return (
    <section class="card" aria-labelledby="own">
      <h2 id="own">{say.thisOne(own)}</h2>
      <p>{isWell ? say.well(duration(wellForMs, language)) : <span class="word warning">{late}</span>}</p>
      <p>
        {say.pages}
        {colon}
        <Numbers view={view} numbers={pages} />
      </p>
      <p>
        {say.guards}
        {colon}
        <Numbers view={view} numbers={guards} />
      </p>
    </section>
  )
}

function Deliveries({ view, regions: { deliveries } }: Props) {
  const say = regionsPageWords[view.language]
  return (
    <section class="card" aria-labelledby="reports">
      <h2 id="reports">{say.reports}</h2>
      {deliveries.map(({ region, taken, failing }) => (
        <p>
          {region}
          {words[view.language].colon}
          {say.bring(taken.length, taken.length + failing.length)}
          {failing.map(({ vantage, since, why }) => (
            <>
              <br />
              <span class="word warning">{vantage}</span> {say.brings} <Time view={view} at={since} />{' '}
              <span dir="auto">{why}</span>
            </>
          ))}
        </p>
      ))}
    </section>
  )
}

/** More are counted. */
const NAMED = 20

function Numbers({ view, numbers }: { view: View; numbers: number[] }) {
  if (numbers.length === 0) return <>{regionsPageWords[view.language].none}</>
  return (
    <>
      {numbers.slice(0, NAMED).map((number) => (
        <>
          <a href={pathOf({ number })}>#{number}</a>{' '}
        </>
      ))}
      {numbers.length > NAMED && `+${numbers.length - NAMED}`}
    </>
  )
}

function History({ view, regions: { duty } }: Props) {
  const say = regionsPageWords[view.language]
  if (duty === undefined || duty.history.length === 0) return null
  return (
    <section class="card" aria-labelledby="history">
      <h2 id="history">{say.history}</h2>
      <ol class="timeline">
        {duty.history.map(({ at, from, to, why }) => (
          <li>
            <Time view={view} at={at} />
            <span dir="auto">{say.change(from, to, factIn(view.language, why))}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
