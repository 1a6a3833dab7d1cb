import type { Context } from 'hono'
import { setCookie } from 'hono/cookie'
import type { CompiledConsole } from '../../../shared/contracts/compiled-config.ts'
import type { ConsoleDeps, Env } from '../deps.ts'
import { SESSION_MS, sessionOf } from './admission.ts'
import type { CookieJar } from './cookie-jar.ts'
import type { Claims } from './provider.ts'
import { grantsOf, type Person } from './rights.ts'

/** Begins the session of who has proven to be somebody, in their browser. Resolves with them; `isLetIn` is false for who has no role. */
export async function beginSession(
  c: Context<Env>,
  claims: Claims,
  deps: ConsoleDeps,
  access: CompiledConsole,
  jar: CookieJar,
): Promise<{ person: Person; isLetIn: boolean }> {
  const person = await personOf(claims, deps, access)
  const grants = grantsOf(person, access.access).length
  const from = c.env?.source ?? 'unknown'
  deps.io().log({ level: 'info', event: 'signed in', who: person.id, name: person.name, from, grants })
  if (grants === 0) return { person, isLetIn: false }
  // Whatever was known under the old name of this browser ends here.
  setCookie(c, jar.name('session'), deps.io().token(), jar.options(SESSION_MS))
  setCookie(c, jar.name('person'), sessionOf(person, deps.io().now(), deps.secret), jar.options(SESSION_MS))
  const { contact } = person
  if (access.link && contact !== undefined) {
    const [{ keepBrowser }, io] = [await import('./known-browser.ts'), deps.io()]
    keepBrowser(c, { contact, id: io.token() }, { now: io.now(), secret: deps.secret, jar })
  }
  return { person, isLetIn: true }
}

async function personOf(
  { issuer, subject, name, email, groups, keys = [], contact: known }: Claims,
  deps: ConsoleDeps,
  access: CompiledConsole,
): Promise<Person> {
  const named = new Set(access.access.flatMap(({ who = [] }) => who))
  // Who is no contact acts by their own name: so does whoever cannot be looked up now.
  const looked = (error: unknown) => {
    deps.io().log({ level: 'error', event: 'contact not looked up', error: String(error) })
    return undefined
  }
  const contact = known ?? (await deps.contactOf?.(email, keys).catch(looked))
  return {
    id: `${issuer}#${subject}`,
    name: contact?.name ?? name,
    ...(email !== undefined && { email }),
    // A cookie has 4 kB, and somebody may be in hundreds.
    groups: groups.filter((group) => named.has(`group:${group}`)),
    ...(keys.length > 0 && { keys }),
    ...(contact !== undefined && { contact: contact.id }),
  }
}
