import { silentMs } from '../../../../shared/engine/console/silent-ms.ts'
import type { GroupView } from '../../../../shared/engine/console/view-kafka.ts'
import { type KafkaWords, kafkaWords } from '../../../../shared/messages/console/kafka.ts'
import { vantageName } from '../../../../shared/messages/places.ts'
import { duration } from '../../../../shared/messages/times.ts'
import type { View } from '../../view.ts'
import { Layout, type Notice, Time } from '../layout.tsx'
import { Paging } from '../paging.tsx'
import { checkPath } from './numbers.ts'

/** Of partitions that are fine so many are listed; those in trouble all are, up to the second. */
const FINE = 8
const MOST = 200

type GroupDetail = NonNullable<GroupView['detail']>

export interface KafkaProps {
  view: View
  notice: Notice | undefined
  /** Of this page, the worst first. */
  groups: GroupView[]
  all: number
  bad: number
  /** Of these nothing was read, or nothing of late. */
  unknown: number
  page: number
  pages: number
}

/** Consumer groups by how they stand, with their lag in messages and in time, and each partition with why. */
export function KafkaPage({ view, notice, groups, all, bad, unknown, page, pages }: KafkaProps) {
  const words = kafkaWords[view.language]
  return (
    <Layout view={view} title={words.title} notice={notice}>
      <h1>{words.title}</h1>
      <p class="quiet">{all === 0 ? words.none : words.all(all, bad, unknown)}</p>
      <div class="cards">
        {groups.map((group) => (
          <Group view={view} words={words} group={group} />
        ))}
      </div>
      <Paging view={view} path="/checks/kafka" page={page} pages={pages} />
    </Layout>
  )
}

/** As a check would be: a group that falls behind is slow, and one that stands still is down. */
function toneOf(status: GroupDetail['worst']): 'up' | 'degraded' | 'down' {
  if (status === 'OK') return 'up'
  return status === 'WARN' ? 'degraded' : 'down'
}

function Group({
  view,
  words,
  group: { check, vantage, group, detail },
}: {
  view: View
  words: KafkaWords
  group: GroupView
}) {
  const heading = `${check.id}-${vantage}-${group}`
  const cluster = check.target?.split('/')[0] ?? ''
  const silent = detail && silentMs(detail, check, view.now)
  const tone = detail === undefined || silent !== undefined ? 'unknown' : toneOf(detail.worst)
  return (
    <article class={`card check ${tone}`} aria-labelledby={heading}>
      <p class="words">
        {detail !== undefined && <span class={`word verdict-${tone}`}>{words.status[detail.worst]}</span>}{' '}
        {silent !== undefined && <span class="word">{words.silent(duration(silent, view.language))}</span>}
      </p>
      <h2 id={heading} dir="auto">
        {group}
      </h2>
      <p class="target" dir="auto">
        {cluster} · <a href={checkPath(check.id)}>{check.title}</a> · {vantageName(vantage, view.language)}
      </p>
      {detail === undefined ? (
        <p class="quiet">{words.nothing}</p>
      ) : (
        <Detail view={view} words={words} detail={detail} />
      )}
    </article>
  )
}

function Detail({ view, words, detail }: { view: View; words: KafkaWords; detail: GroupDetail }) {
  const { lag, ageMs, at, partitions } = detail
  const bad = partitions.filter(({ status }) => status !== 'OK')
  const fine = partitions.filter(({ status }) => status === 'OK')
  const shown = [...bad.slice(0, MOST), ...fine.slice(0, FINE)]
  return (
    <>
      <p class="since">
        {words.lag(lag.toLocaleString('en'))}
        {ageMs !== undefined && ` · ${words.age(duration(ageMs, view.language))}`} · {words.asOf}{' '}
        <Time view={view} at={at} />
      </p>
      <details class="partitions" open={bad.length > 0}>
        <summary>{words.partitions(partitions.length, bad.length)}</summary>
        <section class="scroll" aria-label={words.partitions(partitions.length, bad.length)} tabindex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">{words.head.partition}</th>
                <th scope="col">{words.head.status}</th>
                <th scope="col">{words.head.lag}</th>
                <th scope="col">{words.head.age}</th>
                <th scope="col">{words.head.why}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((one) => (
                <tr>
                  <th scope="row" dir="auto">
                    {one.topic} {one.partition}
                  </th>
                  <td class={`saw ${toneOf(one.status)}`}>{words.status[one.status]}</td>
                  <td>{one.lag.toLocaleString('en')}</td>
                  <td>{one.ageMs === undefined ? '–' : duration(one.ageMs, view.language)}</td>
                  <td>{words.why[one.status]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        {bad.length > MOST && <p class="quiet">{words.moreBad(bad.length - MOST)}</p>}
        {fine.length > FINE && <p class="quiet">{words.more(fine.length - FINE)}</p>}
      </details>
    </>
  )
}
