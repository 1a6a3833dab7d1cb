import { MINUTE_MS } from '../contracts/milliseconds.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Directory } from '../oncall/plan.ts'
import { rateLimitKey } from '../store/keys.ts'
import { keepSignInLink, readSignInLink, signInToken, spendSignInLink } from '../store/sign-in-links.ts'
import type { EngineIo } from './io.ts'
import { askingNetwork } from './status/asking-network.ts'

/** So long a link holds, and its limits count. */
const LINK_MS = 10 * MINUTE_MS

/** Links in that time: of one source, to one contact, and of all. Whoever tries names, or fills somebody's mailbox, is stopped there. */
const OF_ONE_SOURCE = 5
const TO_ONE_CONTACT = 3
const OF_ALL = 100

/** Of the page that a link leads to: a stranger is not to fill a table. What is longer leads to the first page. */
const BACK_CHARACTERS = 500

/** Whom nothing is sent to: no contact is named so. */
const NOBODY = '-'

/** What somebody asks for who wants to sign in. */
export interface LinkWish {
  /** What they are called: a contact's name in oncall.yml, the name that people know, or their mail address. */
  who: string
  /** The page that spends the link. */
  url: string
  /** Where it leads to then. */
  back: string
  /** The address that the request is from; '' where nobody knows. */
  source: string
}

/** By which contacts are looked for. */
export interface LinkPeople {
  projects: string[]
  directory(project: string): Promise<Directory>
  secret: string
}

/**
 * Sends a link to the contact who is called so, by their own channel. Whether there is one nobody can tell: the same is read, written and
 * sent on for everybody. False: too many were asked for. Rejects when a table or the queue does.
 */
export async function askForLink(
  { who, url, back, source }: LinkWish,
  people: LinkPeople,
  io: EngineIo,
): Promise<boolean> {
  if (!(await isWithin(`source#${askingNetwork(source, people.secret)}`, OF_ONE_SOURCE, io))) return false
  if (!(await isWithin('all', OF_ALL, io))) return false
  const found = await contactCalled(who, people)
  const isAllowed = await isWithin(`contact#${found?.contact ?? NOBODY}`, found ? TO_ONE_CONTACT : OF_ALL, io)
  const contact = isAllowed ? found?.contact : undefined
  const [first = ''] = people.projects
  const project = found?.project ?? first
  const id = io.token()
  const until = io.now() + LINK_MS
  const link = {
    project,
    back: back.length > BACK_CHARACTERS ? '/' : back,
    until,
    ...(contact !== undefined && { contact }),
  }
  await keepSignInLink(signInToken(id, people.secret), link, io)
  const content = { code: 'sign-in' as const, id }
  await io.escalate({ v: 1, kind: 'letter', project, contact: contact ?? NOBODY, content, url, until }, 0)
  return true
}

/** Whom a token signs in, once, and where to; undefined: it is no token, is spent or too old, or its contact has left. */
export async function takeLink(
  token: string,
  { directory }: Pick<LinkPeople, 'directory'>,
  io: EngineIo,
): Promise<{ contact: string; name: string; email?: string; back: string } | undefined> {
  const link = await readSignInLink(token, io)
  if (link?.contact === undefined) return undefined
  // A table that does not answer costs nobody their link.
  const found = ownProperty((await directory(link.project)).contacts, link.contact)
  if (found === undefined || !(await spendSignInLink(token, link, io))) return undefined
  const { name, email } = found
  return { contact: link.contact, name, back: link.back, ...(email !== undefined && { email: email.toLowerCase() }) }
}

/** One contact alone may be called so: whose link it were nobody could say otherwise. */
async function contactCalled(
  who: string,
  { projects, directory }: LinkPeople,
): Promise<{ contact: string; project: string } | undefined> {
  const sought = who.trim().toLowerCase()
  const all = await Promise.all(projects.map(async (project) => ({ project, of: await directory(project) })))
  const found = new Map<string, string>()
  for (const { project, of } of all)
    for (const [id, { name, email }] of Object.entries(of.contacts))
      if (!found.has(id) && [id, name, email].some((one) => one?.toLowerCase() === sought)) found.set(id, project)
  const [first, ...others] = found
  return first === undefined || others.length > 0 ? undefined : { contact: first[0], project: first[1] }
}

async function isWithin(what: string, limit: number, io: EngineIo): Promise<boolean> {
  const window = Math.floor(io.now() / LINK_MS)
  const expiresAt = (window + 2) * (LINK_MS / 1000)
  return (await io.incidents.count(rateLimitKey(`sign-in-link#${what}`, window), { limit, expiresAt })) !== undefined
}
