import { DAY_MS, MINUTE_MS } from '../contracts/milliseconds.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Directory } from '../oncall/plan.ts'
import { rateLimitKey } from '../store/keys.ts'
import { keepSignInLink, readSignInLink, signInToken, spendSignInLink } from '../store/sign-in-links.ts'
import type { EngineIo } from './io.ts'
import { askingNetwork } from './status/asking-network.ts'

/** So long a link holds, and its short limits count. */
const LINK_MS = 10 * MINUTE_MS

/** Of one source in that time: all of an office may come by one address, on the night on which their provider is down. */
const OF_ONE_SOURCE = 20

/** To one contact, whoever asks: in ten minutes, and in a day. Whoever fills somebody's mailbox is stopped there. */
const TO_ONE_CONTACT = { short: 3, day: 12 }

/** To a contact who has signed in from the same network by a link, or in the same browser: strangers who ask in their name use none of these up. */
const WHERE_KNOWN = { short: 5, day: 30 }

/**
 * To nobody, of all names that nobody has: strangers are not to fill the queue that pages wait in. Those of contacts are counted apart, and
 * bounded by each contact: counting alone would tell how long it takes.
 */
const OF_ALL = { nobody: 100, contacts: Number.MAX_SAFE_INTEGER }

/** So long a network, or a browser, is known from which somebody has signed in, ms. */
export const KNOWN_MS = 90 * DAY_MS

/**
 * Of the page that a link leads to: a stranger is not to fill a table. What is longer leads to the first page. A message's link to an incident is no
 * longer than this: 255 Chinese characters of a key are 1,020.
 */
const BACK_CHARACTERS = 1_200

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
  /** The browser that asks, where somebody has signed in there before. */
  browser?: KnownBrowser | undefined
}

/** A browser in which a contact has signed in; `id` is like no other's. */
export interface KnownBrowser {
  contact: string
  id: string
}

/** By which contacts are looked for. */
export interface LinkPeople {
  projects: string[]
  directory(project: string): Promise<Directory>
  secret: string
}

/**
 * Sends a link to the contact who is called so, by their own channel. Whether there is one nobody can tell: the same is read, written and
 * sent on for everybody, and it ends after as many. False: too many were asked for from there. Rejects when a table or the queue does.
 */
export async function askForLink(
  { who, url, back, source, browser }: LinkWish,
  people: LinkPeople,
  io: EngineIo,
): Promise<boolean> {
  const network = askingNetwork(source, people.secret)
  // Others may come by the same address, all of them where something stands in front that is seen in their place.
  const asker = browser === undefined ? network : `browser#${browser.id}`
  if (!(await isWithin(`source#${asker}`, OF_ONE_SOURCE, LINK_MS, io))) return false
  const found = await contactCalled(who, people)
  const name = found ? `contact#${found.contact}` : `name#${askingNetwork(who.trim().toLowerCase(), people.secret)}`
  const isOfBrowser = browser !== undefined && browser.contact === found?.contact
  if (!(await mayHaveOne(name, isOfBrowser ? { browser: browser.id } : { network }, io))) return true
  const all = found ? 'contacts' : 'nobody'
  const mayBeSent = await isWithin(all, OF_ALL[all], LINK_MS, io)
  const { contact = NOBODY, project = people.projects[0] ?? '' } = found ?? {}
  const id = io.token()
  const until = io.now() + LINK_MS
  const link = {
    project,
    back: back.length > BACK_CHARACTERS ? '/' : back,
    until,
    ...(found && { contact }),
  }
  await keepSignInLink(signInToken(id, people.secret), link, io)
  if (!mayBeSent) return true
  const content = { code: 'sign-in' as const, id }
  await io.escalate({ v: 1, kind: 'letter', project, contact, content, url, until }, 0)
  return true
}

/** Whether a name may have another link: what is asked for where they have signed in before, by the network or in `browser`, is counted apart. */
async function mayHaveOne(
  name: string,
  from: { browser: string } | { network: string },
  io: EngineIo,
): Promise<boolean> {
  const isBrowser = 'browser' in from
  const isKnown = isBrowser || (await io.incidents.get(knownKey(name, from.network))) !== undefined
  const { short, day } = isKnown ? WHERE_KNOWN : TO_ONE_CONTACT
  const counted = isKnown ? `${name}#${isBrowser ? `browser#${from.browser}` : from.network}` : name
  return (await isWithin(counted, short, LINK_MS, io)) && (await isWithin(`${counted}#day`, day, DAY_MS, io))
}

/** That somebody has signed in by a link from a network. */
function knownKey(name: string, network: string) {
  return rateLimitKey(`sign-in-link#known#${name}#${network}`, 0)
}

/** What people call whose link it is, while it holds: whoever was given the link of another sees that before they press. */
export async function whoseLink(
  token: string,
  { directory }: Pick<LinkPeople, 'directory'>,
  io: EngineIo,
): Promise<string | undefined> {
  const link = await readSignInLink(token, io)
  if (link?.contact === undefined) return undefined
  return ownProperty((await directory(link.project)).contacts, link.contact)?.name
}

/**
 * Whom a token signs in, once, and where to; undefined: it is no token, is spent or too old, or its contact has left. `source`: as of a
 * wish, remembered for the next.
 */
export async function takeLink(
  token: string,
  source: string,
  { directory, secret }: Pick<LinkPeople, 'directory' | 'secret'>,
  io: EngineIo,
): Promise<{ contact: string; name: string; email?: string; back: string } | undefined> {
  const link = await readSignInLink(token, io)
  if (link?.contact === undefined) return undefined
  // A table that does not answer costs nobody their link.
  const found = ownProperty((await directory(link.project)).contacts, link.contact)
  if (found === undefined || !(await spendSignInLink(token, link, io))) return undefined
  const { name, email } = found
  const known = knownKey(`contact#${link.contact}`, askingNetwork(source, secret))
  const expiresAt = Math.floor((io.now() + KNOWN_MS) / 1000)
  await io.incidents.put([{ ...known, expiresAt }]).catch((error: unknown) => {
    io.log({ level: 'warn', event: 'network of a sign-in not remembered', error: String(error) })
  })
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

async function isWithin(what: string, limit: number, windowMs: number, io: EngineIo): Promise<boolean> {
  const window = Math.floor(io.now() / windowMs)
  const expiresAt = (window + 2) * (windowMs / 1000)
  return (await io.incidents.count(rateLimitKey(`sign-in-link#${what}`, window), { limit, expiresAt })) !== undefined
}
