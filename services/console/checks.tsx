import { Hono } from 'hono/tiny'
import { sampleEvaluators } from '../../shared/checks/registered/sample-evaluators.ts'
import { silentMs } from '../../shared/engine/console/silent-ms.ts'
import { type Span, seriesIn, spans, viewCheck } from '../../shared/engine/console/view-check.ts'
import { orderedChecks, summarise } from '../../shared/engine/console/view-checks.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { historyReader } from './history-reader.ts'
import { html } from './html.ts'
import { inTime } from './in-time.ts'
import { lastKnown } from './last-known.ts'
import { noticeOn } from './notice.ts'
import { CheckPage } from './pages/checks/check-page.tsx'
import { KafkaPage } from './pages/checks/kafka-page.tsx'
import { ChecksPage } from './pages/checks/list-page.tsx'
import { MessagePage } from './pages/message.tsx'
import { pageOf } from './pages/paging.tsx'
import { groupsReader } from './readers.ts'

/** So many checks stand on one page. */
const PAGE = 30

/** What is below `/checks`: all of them, and each. */
export function checkRoutes(deps: ConsoleDeps): Hono<Env> {
  const { config } = deps
  const routes = new Hono<Env>()
  const titles = Object.fromEntries(Object.entries(config.projects).map(([name, { title }]) => [name, title]))
  const histories = historyReader(deps)
  const checks = lastKnown((_: string) => orderedChecks(config, deps.io()), deps)
  const one = lastKnown((asked: string) => {
    const [id, span] = JSON.parse(asked) as [string, Span]
    return viewCheck(id, span, config, deps.io())
  }, deps)
  const kept = lastKnown((asked: string) => {
    const [span, ...ids] = JSON.parse(asked) as [Span, ...string[]]
    return histories(ids, span)
  }, deps)
  /** What is kept of some checks; undefined: it takes too long, or the table does not answer and nothing was known. */
  const pastOf = (span: Span, ids: string[]) =>
    inTime(kept(JSON.stringify([span, ...ids])), deps)
      .catch(() => undefined)
      .then((past) => past?.value)
  const readGroups = groupsReader(deps)
  const kafka = lastKnown((_: string) => readGroups(), deps)

  routes.get('/', async (c) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const { value: all, oldFrom } = await checks('')
    const ordered = all.filter(({ check }) => rights.can('viewer', check.project))
    const counts = { down: 0, degraded: 0, unknown: 0, up: 0 }
    for (const { verdict } of ordered) counts[verdict]++
    const { shown: own, page, pages } = pageOf(ordered, PAGE, c.req.query('page'))
    const history = await pastOf(
      'day',
      own.map(({ check }) => check.id),
    )
    const shown = summarise(own, history?.all ?? [], history?.at ?? view.now)
    return c.html(
      html(
        <ChecksPage
          view={view}
          notice={noticeOn(c, [], oldFrom)}
          counts={counts}
          shown={shown}
          isReading={history === undefined}
          projects={titles}
          page={page}
          pages={pages}
          hasGroups={config.checks.some(({ kind }) => sampleEvaluators[kind] !== undefined)}
        />,
      ),
    )
  })

  // No check has this name: theirs begin with that of a project.
  routes.get('/kafka', async (c) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const { value, oldFrom } = await kafka('')
    const all = value.filter(({ check }) => rights.can('viewer', check.project))
    const known = all.filter(({ check, detail }) => detail && silentMs(detail, check, view.now) === undefined)
    const counts = {
      all: all.length,
      bad: known.filter(({ detail }) => detail?.worst !== 'OK').length,
      unknown: all.length - known.length,
    }
    const { shown: groups, page, pages } = pageOf(all, PAGE, c.req.query('page'))
    const notice = noticeOn(c, [], oldFrom)
    return c.html(html(<KafkaPage view={view} notice={notice} groups={groups} {...counts} page={page} pages={pages} />))
  })

  routes.get('/:id{.+}', async (c) => {
    const view = c.get('view')
    const span = spanIn(c.req.query('span'))
    const id = c.req.param('id')
    const [{ value: seen, oldFrom }, past] = await Promise.all([one(JSON.stringify([id, span])), pastOf(span, [id])])
    if (seen === undefined || !c.get('admitted').rights.can('viewer', seen.check.project))
      return c.html(html(<MessagePage view={view} text={view.say.noSuchCheck(id)} />), 404)
    const [uptime = { uptime: [], countsMaintenance: false }] = summarise([seen], past?.all ?? [], past?.at ?? view.now)
    const series = past && seriesIn(id, span, past.all)
    const project = titles[seen.check.project]
    const notice = noticeOn(c, [], oldFrom)
    return c.html(
      html(<CheckPage view={view} notice={notice} seen={seen} series={series} uptime={uptime} project={project} />),
    )
  })

  return routes
}

function spanIn(asked: string | undefined): Span {
  return asked !== undefined && Object.hasOwn(spans, asked) ? (asked as Span) : 'week'
}
