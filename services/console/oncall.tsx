import type { Context } from 'hono'
import { Hono } from 'hono/tiny'
import { type ScheduleView, viewOnCall } from '../../shared/engine/console/view-oncall.ts'
import { overrideWords } from '../../shared/messages/console/overrides.ts'
import { swapWords } from '../../shared/messages/console/swaps.ts'
import { overrideText } from '../../shared/oncall/override.ts'
import type { Directory, Override } from '../../shared/oncall/plan.ts'
import { shiftChanges } from '../../shared/oncall/rotation-change.ts'
import { readSwap, type Swap } from '../../shared/store/swaps.ts'
import { mayEnter } from './access/gates.tsx'
import type { Rights } from './access/rights.ts'
import { unsealed } from './access/sealed.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { html } from './html.ts'
import { draftIn } from './oncall-taking.ts'
import type { Notice } from './pages/layout.tsx'
import { mondayOf } from './pages/oncall/days.ts'
import { type OnCallAnswer, OnCallPage } from './pages/oncall/oncall-page.tsx'
import { Restore, TakeAway } from './pages/oncall/overrides.tsx'
import { ReachPage } from './pages/oncall/reach-page.tsx'
import type { MayAnswer } from './pages/oncall/swaps.tsx'
import { postedForm } from './posted-form.tsx'
import { ledgerReader } from './readers.ts'
import { shownSwaps } from './shown-swaps.ts'
import { takeOnCall } from './take-oncall.ts'
import type { View } from './view.ts'

/** What is below `/oncall`: who is, what is otherwise than the rotations say, and who can be reached. */
export function onCallRoutes(deps: ConsoleDeps): Hono<Env> {
  const routes = new Hono<Env>()
  const projects = Object.keys(deps.config.projects)
  const ledger = ledgerReader(deps)
  const urlOf = (c: Context<Env>) => `${deps.originFor(c.req.header('host') ?? '')}/oncall`

  /** `as`: with these projects' people as they would be, and what that changes. */
  const page = async (c: Context<Env>, { notice, draft }: OnCallAnswer = {}, as: Record<string, Directory> = {}) => {
    const view = c.get('view')
    const { rights } = c.get('admitted')
    const readable = projects.filter((project) => rights.can('viewer', project))
    const now = Object.fromEntries(
      await Promise.all(readable.map(async (project) => [project, await deps.directory(project)] as const)),
    )
    const monday = mondayOf(view.now, view.timezone)
    const then = (project: string) => as[project] ?? now[project] ?? NOBODY
    const viewOf = (of: (project: string) => Directory) =>
      viewOnCall(readable, async (project) => of(project), monday, view.now)
    const present = await viewOf((project) => now[project] ?? NOBODY)
    const schedules = draft === undefined ? present : withPresent(await viewOf(then), present)
    const changes = present.flatMap(({ name, project, shifts }) => {
      if (!(project in as)) return []
      const changes = shiftChanges(now[project] ?? NOBODY, then(project), name, view.now)
      return changes.length > 0 || name === draft?.schedule ? [[name, { before: shifts, changes }] as const] : []
    })
    const feeds = schedules.flatMap(({ project, name }) => {
      const url = deps.calendar?.({ project, name })
      return url === undefined ? [] : [[name, url]]
    })
    const named = readable.flatMap((project) =>
      rights.can('responder', project) ? Object.entries(now[project]?.contacts ?? {}) : [],
    )
    const made = Object.values(now).flatMap(({ overrides }) => overrides)
    // Who is on call is told all the same while what was asked cannot be read.
    const swaps = await shownSwaps(deps.io(), deps, () => urlOf(c)).catch((error: unknown) => {
      deps.io().log({ level: 'error', event: 'swaps not read', error: String(error) })
      return []
    })
    // Of a schedule that somebody may not look at nobody knows here whether it is gone: they are shown their own.
    const isTheirs = ({ by, to }: Swap) => rights.can('viewer') || [by, to].includes(view.me ?? '')
    const orphans = swaps.filter((swap) => !present.some(({ name }) => name === swap.schedule) && isTheirs(swap))
    const shown = {
      view,
      swaps,
      orphans,
      mayAnswer: mayAnswer(view, rights),
      mayAskForAll: rights.can('admin'),
      schedules,
      people: Object.fromEntries(named.map(([id, { name }]) => [id, name])),
      feeds: Object.fromEntries(feeds),
      hasReach: mayEnter('/oncall/reach', rights),
      notice: notice ?? (await noticeOf(c, made, Object.values(now))),
      draft,
      changes: Object.fromEntries(changes),
    }
    return html(<OnCallPage {...shown} />)
  }

  routes.get('/', async (c) => c.html(await page(c)))

  routes.post('/', async (c) => {
    const view = c.get('view')
    const form = await postedForm(c, deps, (notice, written) => page(c, { notice, ...draftIn(written) }))
    if (form instanceof Response) return form
    const io = deps.io()
    const { person, rights } = c.get('admitted')
    const taken = await takeOnCall(form, {
      view,
      regions: await deps.regions(),
      making: {
        projects,
        by: person?.name ?? view.name ?? 'console',
        now: view.now,
        newId: () => io.token().replaceAll('-', '').slice(0, ID_CHARACTERS),
        timezone: deps.config.timezone,
        mayAct: view.mayAct,
        mayLook: (project) => rights.can('viewer', project),
      },
      io,
      config: deps.config,
      url: urlOf(c),
      mayAnswer: mayAnswer(view, rights),
      mayAskFor: (contact) => contact === view.me || rights.can('admin'),
      secret: deps.secret,
      note: (action) => {
        c.get('noted').action = action
      },
    })
    if (taken === undefined) return c.html(await page(c, { notice: { text: view.say.expiredForm, tone: 'bad' } }), 400)
    if ('to' in taken) return c.redirect(taken.to, 303)
    return c.html(await page(c, taken.answer, taken.as), taken.status)
  })

  routes.get('/reach', async (c) => c.html(html(<ReachPage view={c.get('view')} people={await ledger()} />)))

  return routes

  /** What was just done, and what takes it back. */
  async function noticeOf(c: Context<Env>, overrides: Override[], rows: Directory[]): Promise<Notice | undefined> {
    const view = c.get('view')
    const say = overrideWords[view.language]
    const { done, of = '' } = c.req.query()
    const ofSwaps: Record<string, string> = swapWords[view.language].result
    if (done !== undefined && Object.hasOwn(ofSwaps, done)) {
      const { swapNotice } = await import('./unreached.ts')
      const reading = done === 'asked' || done === 'accepted' ? readSwap(of, deps.io()) : undefined
      // What was done is said all the same.
      const swap = await reading?.catch(() => undefined)
      return swapNotice(ofSwaps[done] ?? '', swap, rows, { view, config: deps.config })
    }
    if (done === 'made') {
      const made = overrides.find((one) => one.made?.id === of)
      const undo = <TakeAway view={view} id={of} text={view.say.undo} />
      if (made === undefined) return undefined
      const { noticeWith } = await import('./unreached.ts')
      const changed = rows.filter((row) => row.overrides.some((one) => one.made?.id === of))
      return {
        ...noticeWith(say.made(overrideText(made)), made, { rows: changed, known: {} }, { view, config: deps.config }),
        undo,
      }
    }
    const gone = done === 'removed' ? unsealed('override', of, view.now, deps.secret) : undefined
    if (gone === undefined) return undefined
    return { text: say.removed(overrideText(gone as Override)), tone: 'good', undo: <Restore view={view} of={of} /> }
  }
}

/** Only who was asked answers, and only who asked takes it back; an administrator may both. */
function mayAnswer({ me }: View, rights: Rights): MayAnswer {
  return ({ by, to }, answer) => rights.can('admin') || (me !== undefined && me === (answer === 'withdrawn' ? by : to))
}

/** The weeks ahead as they would be, with who is on call now, and why, as it is. */
function withPresent(then: ScheduleView[], present: ScheduleView[]): ScheduleView[] {
  return then.map((schedule) => {
    const { now, until, next, overrides } = present.find(({ name }) => name === schedule.name) ?? schedule
    return { ...schedule, now, until, next, overrides }
  })
}

const NOBODY: Directory = { contacts: {}, schedules: {}, overrides: [] }

/** As long as those that the command makes. */
const ID_CHARACTERS = 8
