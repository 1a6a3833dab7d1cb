import type { CallWindow } from '../shared/channels/channel.ts'
import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import type {
  CompiledConfig,
  CompiledLayer,
  CompiledPolicy,
  CompiledRoute,
} from '../shared/contracts/compiled-config.ts'
import { HOUR_MS, MINUTE_MS } from '../shared/contracts/milliseconds.ts'
import { routeFor } from '../shared/contracts/route-for.ts'
import { type Bilingual, severities } from '../shared/contracts/words.ts'
import { duration } from '../shared/messages/times.ts'
import { reachesOf } from '../shared/oncall/layer-reach.ts'
import { numbersOf as phonesOf } from '../shared/oncall/numbers.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { takingTurns } from '../shared/oncall/rotation.ts'

/** What a vendor's limit on calls to one number leaves of a layer. */
export interface CallLimit {
  policy: string
  /** From 0; the first of those that it leaves alike. */
  layer: number
  words: Bilingual
}

/** A second call waits for the vendor's shortest window and our margin. */
const BETWEEN_CALLS_MS = 65_000

/**
 * For each layer that calls people: how often an incident that nobody acknowledges calls one number, and what their route's limits leave for
 * a second one. Layers that both fit in are left out, those of a policy with the same limits are told in one. Without `people` every route
 * counts.
 */
export function callLimits(config: CompiledConfig, people?: Directory): CallLimit[] {
  const routes = (config.channels.phone?.settings as { routes: CompiledRoute[] } | undefined)?.routes ?? []
  return Object.entries(config.policies).flatMap(([name, policy]) => {
    const left = policy.layers.flatMap((layer, index) =>
      !severities.some((severity) => reachesOf(layer, policy, severity).includes('phone'))
        ? []
        : layer.page.flatMap((who) =>
            routesOf(who, routes, people).flatMap((route) => {
              const said = leftBy(route, policy, layer)
              return said === undefined ? [] : [{ who, layer: index, said }]
            }),
          ),
    )
    const alike = Object.values(Object.groupBy(left, ({ said }) => said.en))
    return alike.flatMap((group = []) => {
      const [first] = group
      if (first === undefined) return []
      const en = group.map(({ who, layer }) => `${who} (layer ${layer + 1})`).join(', ')
      const zh = group.map(({ who, layer }) => `${who}（第 ${layer + 1} 层）`).join('、')
      const { said, layer } = first
      return [{ policy: name, layer, words: { en: `${en}: ${said.en}`, zh: `${zh}：${said.zh}` } }]
    })
  })
}

/** The routes that somebody's numbers try first, one of each type. */
function routesOf(who: string, routes: CompiledRoute[], people: Directory | undefined): CompiledRoute[] {
  const tried =
    people === undefined ? routes : numbersOf(who, people).flatMap((number) => routeFor(routes, number).slice(0, 1))
  return tried.filter((route, index) => tried.findIndex(({ type }) => type === route.type) === index)
}

/** The numbers of a contact, or of all who take turns in a schedule. */
function numbersOf(who: string, { contacts, schedules }: Directory): string[] {
  const schedule = schedules[who.replace(/\.next$/, '')]
  const names = schedule === undefined ? [who] : takingTurns(schedule)
  return names.flatMap((name) => phonesOf(contacts[name] ?? { name }))
}

function leftBy(route: CompiledRoute, policy: CompiledPolicy, layer: CompiledLayer): Bilingual | undefined {
  const voice = voiceRoutes[route.type]
  const perCallee = voice?.limits.perCallee
  if (voice === undefined || perCallee === undefined) return undefined
  const windows = (voice.calleeWindows?.(route.settings) ?? perCallee.windows).filter(({ ms }) => ms > BETWEEN_CALLS_MS)
  const times = timesOf(policy, Math.min(layer.calls, policy.callsBy?.[route.type] ?? layer.calls))
  const [tightest] = windows
    .map((window) => ({ window, most: mostWithin(times, window.ms) }))
    .map(({ window, most }) => ({ window, most, left: window.calls - most }))
    .filter(({ most, left }) => left < most)
    .sort((a, b) => a.left - b.left)
  if (tightest === undefined) return undefined
  const { window, left } = tightest
  const spanMs = Math.max(MINUTE_MS, (times.at(-1) ?? 0) - (times[0] ?? 0))
  const per = stretch(window)
  const calls = times.length === 1 ? '1 call' : `${times.length} calls`
  const rest = {
    en:
      left < 0
        ? `${-left} of them ${left === -1 ? 'is' : 'are'} not placed`
        : `a second incident in ${per.same.en} gets ${left}`,
    zh: left < 0 ? `其中 ${-left} 次不会拨出` : `同一${per.same.zh}内的第二张告警单只剩 ${left} 次`,
  }
  return {
    en: `up to ${calls} in ${duration(spanMs, 'en')}; ${route.type} allows ${window.calls} ${per.each.en}, so ${rest.en}`,
    zh: `${duration(spanMs, 'zh')}内最多呼叫 ${times.length} 次；${route.type} ${per.each.zh}允许 ${window.calls} 次，${rest.zh}`,
  }
}

/** How a stretch of time is said, and how the same one is. */
function stretch({ ms, fromHour }: CallWindow): { each: Bilingual; same: Bilingual } {
  const named = (each: string, en: string, zh: string) => ({
    each: { en: each, zh: `每${zh}` },
    same: { en: `that ${en}`, zh },
  })
  if (fromHour !== undefined) return named('a night', 'night', '夜')
  if (ms === HOUR_MS) return named('an hour', 'hour', '小时')
  if (ms === 24 * HOUR_MS) return named('a day', 'day', '天')
  const said = { en: duration(ms, 'en'), zh: duration(ms, 'zh') }
  return { each: { en: `in ${said.en}`, zh: `每 ${said.zh}` }, same: { en: `those ${said.en}`, zh: ` ${said.zh}` } }
}

/** When one number is called, ms from the beginning, if nobody acknowledges. */
function timesOf({ layers, rounds }: CompiledPolicy, calls: number): number[] {
  const roundMs = layers.reduce((sum, { ackTimeoutMs }) => sum + ackTimeoutMs, 0)
  return Array.from({ length: rounds * calls }, (_, index) => {
    const round = Math.floor(index / calls)
    return round * roundMs + (index % calls) * BETWEEN_CALLS_MS
  })
}

function mostWithin(times: number[], ms: number): number {
  return Math.max(0, ...times.map((from) => times.filter((at) => at >= from && at < from + ms).length))
}

/** Whose numbers have no route but one whose vendor does not support their calls. */
export interface Unsupported {
  type: string
  /** The vendor's. */
  rule: Bilingual
  numbers: string[]
  /** Types of routes that are for such numbers. */
  others: string[]
}

export function unsupportedNumbers(routes: CompiledRoute[], numbers: string[]): Unsupported[] {
  return Object.values(voiceRoutes).flatMap(({ type, unsupported }) => {
    if (unsupported === undefined) return []
    const { prefix, rule } = unsupported
    const alone = numbers.filter((number) => {
      const fitting = routeFor(routes, number)
      return number.startsWith(prefix) && fitting.length > 0 && fitting.every((route) => route.type === type)
    })
    const others = Object.values(voiceRoutes).filter(({ countries }) =>
      countries?.some((one) => one.startsWith(prefix)),
    )
    return alone.length === 0 ? [] : [{ type, rule, numbers: alone, others: others.map((one) => one.type) }]
  })
}
