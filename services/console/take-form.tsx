import type { Context } from 'hono'
import { mapAtMost } from '../../shared/contracts/at-most.ts'
import { NOTE_CHARACTERS, type PersonName } from '../../shared/engine/console/action.ts'
import type { IncidentView } from '../../shared/engine/console/view-incident.ts'
import { consoleActingWords } from '../../shared/messages/console/acting.ts'
import { signInWords } from '../../shared/messages/console/sign-in.ts'
import { beginAudit } from '../../shared/store/audit.ts'
import { asked } from './access/gates.tsx'
import { readableIncident } from './access/readable.ts'
import type { Person } from './access/rights.ts'
import { actionIn, doneWords } from './action-form.ts'
import type { ConsoleDeps, Env } from './deps.ts'
import { isFormToken, isOwnPage } from './guard.ts'
import { html, localPath } from './html.ts'
import { missedIn, refusalText } from './outcome.tsx'
import type { People } from './pages/actions.tsx'
import type { ShownIncident } from './pages/incident.tsx'
import { MessagePage } from './pages/message.tsx'
import { WhoPage } from './pages/who.tsx'
import { areKnown, personIn } from './people.ts'

interface Taking {
  deps: ConsoleDeps
  people(project: string): Promise<People>
  page: ShownIncident
  look(number: number): Promise<IncidentView | undefined>
  /** Has the browser keep who somebody is. */
  remember(person: PersonName): void
}

/** Takes the form of an incident. Whatever does not come to pass shows the incident as it is now, says why, and keeps what was written. */
export async function takeForm(c: Context<Env, '/incidents/:number'>, taking: Taking): Promise<Response> {
  const { deps, people, page, look, remember } = taking
  const view = c.get('view')
  const { say } = view
  const number = c.req.param('number')
  if (!isOwnPage(c.req.raw.headers, deps.originFor(c.req.header('host') ?? '')))
    return c.html(html(<MessagePage view={view} text={say.notForeign} />), 403)
  const form = new URLSearchParams(await c.req.text())
  const { rights, person } = c.get('admitted')
  const seen = readableIncident(await look(Number(number)), rights)
  if (seen === undefined) return c.html(html(<MessagePage view={view} text={say.noSuchIncident(number)} />), 404)
  const { project } = seen.incident
  const those = await people(project)
  const show = async (text: string, status: 400 | 403 | 409, force = false) => {
    const anew = readableIncident(await look(Number(number)), rights) ?? seen
    const note = form.get('text') ?? ''
    const notice = { text, tone: 'bad' as const }
    return c.html(await page(view, anew, { notice, note, force }), status)
  }
  if (!isFormToken(form.get('t') ?? '', deps.secret, c.get('session'), c.req.path)) return show(say.expiredForm, 403)
  if (!rights.can('responder', project)) return show(signInWords[view.language].mayNot, 403)
  const action = await actionIn(form, view)
  if (typeof action === 'object') c.get('noted').action = action.do
  if (action === 'long') return show(say.tooLong(NOTE_CHARACTERS), 400)
  if (action === 'no-time') return show(consoleActingWords[view.language].refused.until, 400)
  if (action === undefined || (action.do === 'hand-over' && !areKnown(action.to, those)))
    return show(say.expiredForm, 400)
  const by =
    person === undefined
      ? personIn(form.get('contact') ?? view.me, those)
      : signedIn(await recognised(person, deps), those)
  if (by === undefined) {
    const fields = [...form].filter(([name]) => name !== 'contact')
    return c.html(html(<WhoPage view={view} action={c.req.path} fields={fields} contacts={those.contacts} />))
  }
  c.get('noted').by = by
  if (person === undefined) remember(by)
  if (action.do === 'take-all') {
    const mayTake = async (one: number) => {
      const other = one === Number(number) ? seen : await look(one)
      return other !== undefined && rights.can('responder', other.incident.project)
    }
    const { own, taken, all } = await takeAll(c, action.numbers, { number: Number(number), by, mayTake }, deps)
    if (taken === 0 && own !== undefined && own.result !== 'done') return show(refusalText(own, view), 409)
    const some = taken < all ? `&taken=${taken}&all=${all}` : ''
    return c.redirect(`${backOf(form)}?done=acknowledged&of=${number}${some}`, 303)
  }
  // The machines of the path are loaded when somebody acts: pages are read far more often.
  const [{ takeAction }, { unfitFor, unfitText }] = await Promise.all([
    import('../../shared/engine/console/take-action.ts'),
    import('../../shared/engine/console/unfit.ts'),
  ])
  const mayAct = (of?: string) => rights.can('responder', of)
  const { config, directory } = deps
  const unfit = await unfitFor(action, seen.incident, { config, directory, mayAct, io: deps.io() })
  if (unfit !== undefined) return show(unfitText(unfit, view.language), 400)
  const who = { number: Number(number), by, via: 'console' as const, seen: form.get('seen') ?? '' }
  const acted = await takeAction(action, who, deps.io())
  if (acted.result === 'unknown')
    return c.html(html(<MessagePage view={view} text={say.noSuchIncident(number)} />), 404)
  if (acted.result !== 'done') return show(refusalText(acted, view), 409, acted.result === 'burning')
  const isPartly = (action.do === 'acknowledge' || action.do === 'snooze') && acted.incident.status === 'open'
  return c.redirect(
    `${backOf(form)}?done=${isPartly ? 'partly' : doneWords[action.do]}&of=${number}${missedIn(acted.missed)}`,
    303,
  )
}

function backOf(form: URLSearchParams): string {
  return localPath(form.get('back')).replace(/\?.*$/, '')
}

/** Who has signed in while contacts could not be read is one of them all the same: by another name they would count as two people. */
async function recognised(person: Person, { contactOf }: ConsoleDeps): Promise<Person> {
  if (person.contact !== undefined) return person
  const found = await contactOf?.(person.email, person.keys ?? []).catch(() => undefined)
  return found === undefined ? person : { ...person, contact: found.id }
}

/** Who has signed in acts under their own name, be they a contact of the project or not. */
function signedIn({ id, name, email, contact }: Person, people: People): PersonName {
  return personIn(contact, people) ?? { contact: email ?? id, name }
}

/** So many are taken side by side. */
const AT_ONCE = 8

/**
 * Takes several: how many of how many were taken by this, and what became of the one whose page it was. One that fails holds up no other. Each
 * has an entry in the audit before it is taken; that of the page is the request's own.
 */
async function takeAll(
  c: Context<Env>,
  numbers: number[],
  { number, by, mayTake }: { number: number; by: PersonName; mayTake(number: number): Promise<boolean> },
  deps: ConsoleDeps,
) {
  const { takeAction } = await import('../../shared/engine/console/take-action.ts')
  const all = [...new Set([number, ...numbers])]
  const take = async (one: number) => {
    if (!(await mayTake(one))) return { result: 'unknown' as const }
    const io = deps.io()
    const begun = { at: io.now(), ...asked(c), path: `/incidents/${one}` }
    const end = one === number ? undefined : await beginAudit(begun, io, { tells: true })
    const acted = await takeAction({ do: 'acknowledge' }, { number: one, by, via: 'console' }, io)
    await end?.({ status: acted.result === 'done' ? 200 : 409 })
    return acted
  }
  const outcomes = await mapAtMost(AT_ONCE, all, (one) =>
    take(one).catch((error: unknown) => {
      deps.io().log({ level: 'error', event: 'not taken', number: one, error: String(error) })
      return { result: 'unknown' as const }
    }),
  )
  const [own] = outcomes
  return {
    own: own?.result === 'unknown' ? undefined : own,
    taken: outcomes.filter(({ result }) => result === 'done').length,
    all: all.length,
  }
}
