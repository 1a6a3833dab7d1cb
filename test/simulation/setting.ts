import type {
  CompiledCheck,
  CompiledConfig,
  CompiledInhibition,
  CompiledMaintenance,
  CompiledPolicy,
} from '../../shared/contracts/compiled-config.ts'
import { GROUP_PREFIX } from '../../shared/contracts/group.ts'
import type { Matchers } from '../../shared/contracts/matcher.ts'
import type { Contact, Directory } from '../../shared/oncall/plan.ts'
import { ivrRoute } from './ivr-vendor.ts'
import { directoryOf, type Night, PAGES, RAISE_AFTER_MS } from './night.ts'
import type { World } from './world.ts'

/** Who is on call, and what the configuration says. */
export interface Setting {
  config: CompiledConfig
  /** As it is applied now; people edit it. */
  directory: Directory
  /** Somebody has edited it. */
  edited: boolean
  /** A project gets more alerts at once than it bears, beside another one. */
  storms: boolean
  /** People silence, snooze and give back, and some incidents inhibit others. */
  pauses: boolean
  /** A layer has channels of its own, lin two numbers, and a policy is deployed while incidents are escalated. */
  ownLayers: boolean
  /** People take turns, pass incidents on and hand them over, and what nobody takes gets worse: what happens to their schedule. */
  night?: Night
  /** People hand incidents to another policy, merge them and take them out again. */
  redirects: boolean
  /** The policy that counted until another was deployed. */
  former?: { policy: string; layers: number; until: number }
}

const contacts: Record<string, Contact> = {
  lin: { name: 'lin', phone: '+8613800000001', email: 'lin@example.com' },
  wang: { name: 'wang', phone: '+8613800000002' },
  chen: { name: 'chen', phone: '+8613800000003' },
}

/** Enough to be called for one incident that more calls are wanted than a vendor takes in a second. */
const crowd = Object.fromEntries(
  Array.from({ length: 8 }, (_, index) => [`hand${index}`, { name: `hand${index}`, phone: `+861390000000${index}` }]),
)

/** Nobody else needs them. */
const keeper: Record<string, Contact> = { zhao: { name: 'zhao', phone: '+8613800000007' } }

const twoNumbers: Record<string, Contact> = {
  lin: { name: 'lin', phone: '+8613800000001', otherPhones: ['+8613800000011'], email: 'lin@example.com' },
}

const MINUTE = 60_000

export const policy: CompiledPolicy = {
  layers: [
    { page: ['lin'], calls: 2, ackTimeoutMs: 3 * MINUTE },
    { page: ['wang', 'lin'], calls: 1, ackTimeoutMs: 2 * MINUTE },
    { page: ['chen'], calls: 1, ackTimeoutMs: 2 * MINUTE },
  ],
  rounds: 2,
  repeatEveryMs: 30 * MINUTE,
  acknowledgeOn: 'key',
  channels: { critical: ['phone', 'chat'], error: ['sms', 'chat'], warning: ['chat'], info: [] },
}

export const CHECK = 'pay/web'
export const VANTAGES = ['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou']

/** The project that nobody's storm may delay. */
export const CANARY = 'bank'

/** A project above this has a storm. */
const STORM_LIMIT = 5

const check: CompiledCheck = {
  id: CHECK,
  project: 'pay',
  name: 'web',
  title: 'web',
  kind: 'http',
  spec: {},
  intervalMs: MINUTE,
  timeoutMs: 2_000,
  confirm: { m: 2, n: 3 },
  severity: 'critical',
  from: VANTAGES,
}

const project = (name: string, more: object = {}): CompiledConfig['projects'][string] => ({
  name,
  title: name,
  stormLimit: 50,
  policy: 'default',
  chat: ['robot'],
  severity: 'critical',
  ...more,
})

/** In some of so many worlds people take turns, or mainland China is called by Alibaba Cloud first: a seed tells it without a draw. */
const WORLDS = 16

/**
 * In one of so many worlds incidents are paused, grouped, and taken for a while, but for each fifth of these: as above, a seed tells it
 * without a draw. What kills a mutant of the others (k7, at 79) so stays as it is.
 */
const WORLDS_OF_PAUSES = 8

function hasPauses(seed: number): boolean {
  return seed % WORLDS_OF_PAUSES === 7 && seed % 5 !== 4
}

/** In one of those layers and people have what is theirs alone. */
function hasOwnLayers(seed: number): boolean {
  return seed % WORLDS === 12
}

/** In some of so many worlds people hand to another policy, merge and split: what kills a mutant by a known seed has none of it. */
const WORLDS_OF_REDIRECTS = 32

function hasRedirects(seed: number): boolean {
  return [17, 25].includes(seed % WORLDS_OF_REDIRECTS)
}

/** What inhibits in a world of pauses, and what it inhibits: both by the keys of `pay`. */
export const INHIBITS = { source: 'check-0', target: 'check-1' }

const matching = (key: string): Matchers => [
  [
    { name: 'project', is: '=', value: 'pay' },
    { name: 'key', is: '=', value: key },
  ],
]
const inhibit: Record<string, CompiledInhibition> = {
  first: { source: matching(INHIBITS.source), target: matching(INHIBITS.target), equal: [] },
}

/** What is planned in a world of pauses: maintenance of one key of `pay`, and how long errors wait. Worlds begin at 02:13. */
export const PLANNED = {
  key: 'check-2',
  from: '2026-01-01 02:14',
  to: '2026-01-01 02:20',
  hold: '02:10-02:17',
  holdUntil: Date.UTC(2026, 0, 1, 2, 17),
  delayMs: 40_000,
} as const
const maintenance: Record<string, CompiledMaintenance> = {
  upgrade: { match: matching(PLANNED.key), when: { from: PLANNED.from, to: PLANNED.to }, timezone: 'UTC' },
}
const waits = { hold: { error: [PLANNED.hold] }, delayMs: { error: PLANNED.delayMs } }

/** An acknowledgement lasts so long in a world of pauses. */
const ACK_EXPIRES_MS = 5 * MINUTE

/** The label by which `shop` groups in a world of pauses. */
export const LABEL = 'cluster'

/** What alerts of a key have as that label. */
export function clusterOf(dedupKey: string): string {
  return dedupKey === 'check-3' ? 'b' : 'a'
}

/** The key of the incident that an alert is about. */
export function groupKeyOf(setting: Setting, { project, dedupKey }: { project: string; dedupKey: string }): string {
  const isGrouped = setting.config.projects[project]?.groupBy !== undefined
  return isGrouped && dedupKey.startsWith('check-') ? `${GROUP_PREFIX}${LABEL}=${clusterOf(dedupKey)}` : dedupKey
}

/** Projects that share their people, and one that has its own. */
export function settingOf(world: World, seed: number): Setting {
  const acknowledgeOn = world.pick(['key', 'key', 'key', 'answer'] as const)
  const critical = world.pick([policy.channels.critical, ['phone', 'sms', 'chat'] as const])
  const channels = { ...policy.channels, critical: [...critical] }
  const pauses = hasPauses(seed)
  const night = world.size.nights.includes(seed % WORLDS)
  const redirects = hasRedirects(seed)
  const isApart = world.size.isEachAlone && (pauses || night || redirects)
  const storms = world.chance(world.size.storms) && !isApart
  const stormLimit = storms ? STORM_LIMIT : 50
  const others = world.pick([[], [], ['second']])
  const routes = [world.size.ivr.includes(seed % WORLDS) ? ivrRoute : anyNumber('simulated'), ...others.map(anyNumber)]
  const groups = pauses && !storms ? { groupBy: [LABEL], groupWaitMs: world.pick([1_000, 20_000]) } : {}
  const people = storms || world.random() < 1 - world.size.crowds ? {} : crowd
  const ownLayers = hasOwnLayers(seed)
  const layers = layersOf(world, Object.keys(people)).map((layer, index) => ({
    ...layer,
    ...(ownLayers && index === 0 && { channels: { error: ['chat' as const] } }),
  }))
  const usual = { ...policy, layers, acknowledgeOn, channels }
  const everybody = { ...contacts, ...(ownLayers && twoNumbers), ...people, ...keeper }
  return {
    config: {
      language: 'en',
      timezone: 'UTC',
      vantages: {},
      groups: {},
      projects: {
        pay: project('pay'),
        shop: project('shop', { stormLimit, ...groups }),
        fenghuo: project('fenghuo', { policy: 'own' }),
        [CANARY]: project(CANARY, { policy: 'canary', chat: [] }),
      },
      policies: {
        default: {
          ...usual,
          ...(pauses ? { ackExpiresMs: ACK_EXPIRES_MS, ...waits } : {}),
          ...(night ? { layers: byTurns(layers), raiseAfterMs: RAISE_AFTER_MS } : {}),
        },
        own: usual,
        canary: { ...policy, layers: [{ page: ['zhao'], calls: 1, ackTimeoutMs: MINUTE }], channels },
      },
      channels: {
        phone: { name: 'phone', type: 'phone', settings: { routes } },
        robot: { name: 'robot', type: 'robot', settings: {} },
        sms: { name: 'sms', type: 'sms', settings: { routes: [anyNumber('texts')] } },
        email: { name: 'email', type: 'smtp', settings: {} },
      },
      ...(pauses ? { inhibit, maintenance } : {}),
      checks: world.chance(world.size.checks) && !isApart ? [check] : [],
    },
    directory: night ? directoryOf(everybody) : { contacts: everybody, schedules: {}, overrides: [] },
    edited: false,
    storms,
    pauses,
    ownLayers,
    redirects,
    ...(night && { night: {} }),
  }
}

/** The same layers, by who has the turn. */
function byTurns(layers: CompiledPolicy['layers']): CompiledPolicy['layers'] {
  const crowded = layers.map(({ page }) => page.filter((name) => name.startsWith('hand')))
  return layers.map((layer, index) => ({ ...layer, page: [...(PAGES[index] ?? []), ...(crowded[index] ?? [])] }))
}

/** Some policies are impatient: their time is over while somebody still listens. */
export function layersOf(world: World, people: string[]): CompiledPolicy['layers'] {
  const hurry = world.pick(world.size.hurries)
  const { layers: counts } = world.size
  const most = counts.length === 1 ? counts[0] : world.pick(counts)
  return policy.layers.slice(0, most).map((layer, index) => ({
    ...layer,
    page: index === 1 ? [...layer.page, ...people] : layer.page,
    ackTimeoutMs: layer.ackTimeoutMs / hurry,
  }))
}

function anyNumber(type: string) {
  return { to: '+', type, settings: {} }
}

/** Another policy is deployed, which has lost its second layer. */
export function deploy(setting: Setting, now: number): void {
  const { policies } = setting.config
  const { default: before } = policies
  if (before === undefined) return
  setting.former = { policy: 'default', layers: before.layers.length, until: now }
  policies.default = { ...before, layers: before.layers.toSpliced(1, 1) }
}

/** Somebody leaves, gets another number, or nobody is left at all. */
export function edit(setting: Setting, world: World): void {
  const { lin, wang, chen } = contacts
  const after = world.pick([{ wang, chen }, { lin, wang, chen: { name: 'chen', phone: '+8613800000009' } }, {}])
  setting.directory = { ...setting.directory, contacts: { ...(after as Record<string, Contact>), ...keeper } }
  setting.edited = true
}
