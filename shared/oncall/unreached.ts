import type { CompiledConfig, CompiledLayer } from '../contracts/compiled-config.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { type PersonalReach, personalReaches } from '../contracts/reach.ts'
import { type Instant, type Severity, severities } from '../contracts/words.ts'
import { personalOf, reachesOf, roleOf } from './layer-reach.ts'
import { broughtIn, overrideSpan } from './override.ts'
import { isLoud, mayWait, ownReach } from './own-reach.ts'
import { nameOfPage } from './pages.ts'
import type { Contact, Directory, Override } from './plan.ts'
import { addressOf } from './resolve.ts'
import { layersOf, validity } from './rotation.ts'
import { everybodyIn, withFallbacks } from './turns.ts'

/** A contact by whom layers reach nobody, or only by a mail where they ring or text. */
export type Unreached = { contact: string; layers: UnreachedLayer[] } & (
  | { is: 'silent' }
  | { is: 'nothing'; lacks: Address[] }
)

export interface UnreachedLayer {
  policy: string
  /** From 0. */
  layer: number
  severities: Severity[]
}

type Address = (typeof addressOf)[PersonalReach]

type Layered = Pick<CompiledConfig, 'policies' | 'channels'>

/** What an address that a layer uses comes to: `silent` is a mail in the place of what rings. */
type Reached = 'reached' | Unreached['is']

interface Finding {
  contact: string
  is: Unreached['is']
  policy: string
  /** From 0. */
  layer: number
  severity: Severity
  wanted: PersonalReach[]
}

/**
 * The contacts whose addresses leave a layer without anybody who hears of it, while they are the ones that it pages, each with all such
 * layers. Whoever is paged together with somebody who is reached is left out, a mail that somebody has asked for, and turns that are over.
 */
export function unreachedByLayers(config: Layered, written: Directory, now: Instant): Unreached[] {
  const people = stillToCome(written, now)
  const findings = Object.entries(config.policies).flatMap(([name, policy]) =>
    policy.layers.flatMap((layer, index) =>
      severities.flatMap((severity) => {
        const reaches = reachesOf(layer, policy, severity)
        if (roleOf(layer, reaches) !== 'pages') return []
        const wanted = personalOf(reaches)
        const configured = personalReaches.filter((channel) => config.channels[channel])
        const reachedOf = (contact: string) => howReached(people.contacts[contact], configured, wanted, severity)
        return leftAlone(layer, people, reachedOf).map(
          ([contact, is]): Finding => ({ contact, is, policy: name, layer: index, severity, wanted }),
        )
      }),
    ),
  )
  return [...Map.groupBy(findings, ({ contact, is }) => `${is} ${contact}`).values()].flatMap(inOne)
}

/**
 * Those of `unreachedByLayers` whom an override brings in, each once. `rows`: the people of the projects that it changes, as they are without
 * it; `known`: whoever it may bring in whom a row does not have.
 */
export function unreachedBy(
  override: Override,
  { rows, known }: { rows: Directory[]; known: Directory['contacts'] },
  config: Layered,
  now: Instant,
): Unreached[] {
  const brought = 'away' in override ? [] : broughtIn(override)
  const found = rows.flatMap((row) => {
    const people = { ...row, contacts: { ...known, ...row.contacts }, overrides: [...row.overrides, override] }
    return unreachedByLayers(config, people, now).filter(({ contact }) => brought.includes(contact))
  })
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()]
}

function howReached(
  contact: Contact | undefined,
  configured: PersonalReach[],
  wanted: PersonalReach[],
  severity: Severity,
): Reached {
  // Nobody knows them: that is told already.
  if (contact === undefined) return 'reached'
  const usable = configured.filter((channel) => contact[addressOf[channel]])
  const own = contact.channels?.[severity]
  const { channels } = ownReach(usable, wanted, own, severity)
  if (channels.length === 0) return 'nothing'
  const isAskedFor = mayWait(severity) && own !== undefined
  return isAskedFor || channels.some(isLoud) || !wanted.some(isLoud) ? 'reached' : 'silent'
}

/** Those of whom a layer may page one without anybody else whom it reaches. */
function leftAlone(
  { page }: CompiledLayer,
  people: Directory,
  reachedOf: (contact: string) => Reached,
): [string, Unreached['is']][] {
  const left = [...Map.groupBy(page, nameOfPage)].map(([name, pages]) => {
    const alone = pagedTogether(name, people).filter((group) => group.every((one) => reachedOf(one) !== 'reached'))
    // `sre` and `sre.next` in one layer are two turns at once.
    return alone.length < pages.length ? [] : alone.flat()
  })
  if (left.some((alone) => alone.length === 0)) return []
  return [...new Set(left.flat())].flatMap((contact) => {
    const is = reachedOf(contact)
    return is === 'reached' ? [] : [[contact, is]]
  })
}

/** Without layers of schedules, and overrides, that are over. */
function stillToCome(people: Directory, now: Instant): Directory {
  const schedules = Object.entries(people.schedules).map(([name, schedule]) => {
    if (!('layers' in schedule)) return [name, schedule] as const
    return [name, { ...schedule, layers: layersOf(schedule).filter((layer) => validity(layer).end > now) }] as const
  })
  const overrides = people.overrides.filter((override) => {
    if ('away' in override) return true
    const zone = ownProperty(people.schedules, override.schedule)?.timezone
    return zone !== undefined && overrideSpan(override, zone).end > now
  })
  return { ...people, schedules: Object.fromEntries(schedules), overrides }
}

/** A contact, or all whom a schedule may have on call: those of one turn together. */
function pagedTogether(page: string, people: Directory): string[][] {
  if (ownProperty(people.schedules, page) === undefined) return [[page]]
  const asked = withFallbacks(people, [page])
  const turns = [...asked.values()].flatMap((one) =>
    layersOf(one).flatMap(({ rotation }) => rotation.map((turn) => [turn].flat())),
  )
  // Whoever is on call beside others is not alone, nor whoever stands in for one of several.
  const overrides = people.overrides.filter((one) => ('contact' in one ? one.for === undefined : !('add' in one)))
  const others = [...everybodyIn({ ...people, overrides }, page)].filter((one) => !turns.flat().includes(one))
  const ofOthers = people.overrides.flatMap((one) =>
    'contact' in one && one.for !== undefined && asked.has(one.schedule) ? turnsWith(one.contact, one.for, turns) : [],
  )
  return [...turns, ...others.map((one) => [one]), ...ofOthers]
}

/** The turns that somebody takes in another one's place. */
function turnsWith(contact: string, other: string, turns: string[][]): string[][] {
  const theirs = turns.filter((turn) => turn.includes(other))
  // Of a fallback that is one person.
  if (theirs.length === 0) return [[contact]]
  return theirs.map((turn) => turn.map((one) => (one === other ? contact : one)))
}

/** What was found of one contact alike. */
function inOne(alike: Finding[]): Unreached[] {
  const [first] = alike
  if (first === undefined) return []
  const { contact, is } = first
  const layers = [...Map.groupBy(alike, ({ policy, layer }) => `${policy} ${layer}`).values()].flatMap(layerOf)
  if (is === 'silent') return [{ contact, layers, is }]
  const lacks = [...new Set(alike.flatMap(({ wanted }) => wanted.map((channel) => addressOf[channel])))]
  return [{ contact, layers, is, lacks }]
}

function layerOf(ofLayer: Finding[]): UnreachedLayer[] {
  const [first] = ofLayer
  if (first === undefined) return []
  const { policy, layer } = first
  return [{ policy, layer, severities: ofLayer.map(({ severity }) => severity) }]
}
