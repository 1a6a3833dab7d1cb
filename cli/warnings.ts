import type { Sender } from '../shared/channels/channel.ts'
import { channels } from '../shared/channels/registered/channels.ts'
import { checkKindConfigs } from '../shared/checks/registered/configs.ts'
import { toldOutOfReach } from '../shared/config/out-of-reach.ts'
import type { Problem } from '../shared/config/problem.ts'
import type { Path } from '../shared/config/yaml.ts'
import type { CompiledConfig, CompiledRoute } from '../shared/contracts/compiled-config.ts'
import { DAY_MS } from '../shared/contracts/milliseconds.ts'
import { type Mistake, mistake } from '../shared/contracts/mistake.ts'
import { ownProperty } from '../shared/contracts/own-property.ts'
import { references } from '../shared/contracts/references.ts'
import { type Instant, inBoth, severities } from '../shared/contracts/words.ts'
import { guides } from '../shared/ingest/registered/guides.ts'
import { dateAndTime } from '../shared/messages/times.ts'
import { unreachedText } from '../shared/messages/unreached.ts'
import { hasForeignName } from '../shared/oncall/address.ts'
import { calendarsIn } from '../shared/oncall/directory.ts'
import { usesOf } from '../shared/oncall/layer-reach.ts'
import { numbersOf } from '../shared/oncall/numbers.ts'
import { onCall } from '../shared/oncall/on-call.ts'
import { overrideSpan, overrideText } from '../shared/oncall/override.ts'
import type { Directory } from '../shared/oncall/plan.ts'
import { layersOf, turnStart } from '../shared/oncall/rotation.ts'
import { gapsBetween } from '../shared/oncall/shifts.ts'
import { unreachedByLayers } from '../shared/oncall/unreached.ts'
import { callLimits, unsupportedNumbers } from './call-limits.ts'
import { several } from './words/counts.ts'

/** Says where a path of a file stands, as a problem there. */
export type Placing = (path: Path, mistake: Mistake, at?: 'key' | 'value') => Problem

/** What of `fenghuo.yml` works, and yet is hardly meant. */
export function warningsOfConfig(config: CompiledConfig, placed: Placing): Problem[] {
  const ofCheck = new Map(config.checks.map((check) => [check.id, ['projects', check.project, 'checks', check.name]]))
  return [
    ...toldOutOfReach(config).map(({ check, mistake }) => placed(ofCheck.get(check) ?? [], mistake, 'key')),
    ...config.checks.flatMap(({ id, kind, spec }) => {
      const descriptor = checkKindConfigs.find((one) => one.kind === kind)
      return (descriptor?.cautions?.(spec) ?? []).map(([key, mistake]) =>
        placed([...(ofCheck.get(id) ?? []), key], mistake, 'key'),
      )
    }),
    ...Object.values(config.projects).flatMap(({ name, inbound = {} }) =>
      guides.flatMap(({ format: { format }, cautions }) =>
        (cautions?.(ownProperty(inbound, format)) ?? []).map(([path, mistake]) =>
          placed(['projects', name, 'inbound', format, ...path], mistake, 'key'),
        ),
      ),
    ),
    ...waitingOfNobody(config, placed),
    ...Object.values(config.channels).flatMap(({ name, settings }) =>
      secretsIn(settings, ['channels', name]).map((path) => placed(path, PLAIN_SECRET)),
    ),
    ...(config.console?.link && !sendsLetters(config) ? [placed(['console', 'link'], NO_LETTERS, 'key')] : []),
  ]
}

const NO_LETTERS = mistake('no-letters', {
  en: 'reaches nobody: no channel here writes plain words to one person; add `email`, `wecom-app`, or `aws-sms` or `aliyun-sms-intl` for texts',
  zh: '发不到任何人：这里没有能给个人发任意内容的渠道；请加上 `email`、`wecom-app`，或短信用 `aws-sms`、`aliyun-sms-intl`',
})

function sendsLetters({ channels: configured }: CompiledConfig): boolean {
  const routes = (configured.sms?.settings as { routes?: CompiledRoute[] } | undefined)?.routes ?? []
  const types = [...Object.values(configured), ...routes].map(({ type }) => type)
  return types.some((type) => ownProperty<Pick<Sender, 'write'>>(channels, type)?.write !== undefined)
}

/** What is to wait and tells nobody after it either, unless it gets worse by itself. */
function waitingOfNobody({ policies }: CompiledConfig, placed: Placing): Problem[] {
  return Object.entries(policies).flatMap(([name, policy]) =>
    severities
      .filter((severity) => usesOf(policy, severity).length === 0 && policy.raiseAfterMs?.[severity] === undefined)
      .flatMap((severity) => [
        ...(policy.hold?.[severity] === undefined
          ? []
          : [placed(['policies', name, 'hold', severity], WAITS_IN_VAIN, 'key')]),
        ...(policy.delayMs?.[severity] ? [placed(['policies', name, 'delay', severity], WAITS_IN_VAIN, 'key')] : []),
      ]),
  )
}

const WAITS_IN_VAIN = mistake('waits-in-vain', {
  en: 'has no effect: the severity has no channels and tells nobody at any time. Write some into `channels`, or leave it out',
  zh: '没有作用：这一级没有渠道，任何时候都不通知任何人。在 `channels` 里写上渠道，或去掉这一项',
})

const PLAIN_SECRET = mistake('plain-secret', {
  en: 'is written in plain text: put it into the environment, and ${NAME} here',
  zh: '是明文：放进环境变量，这里写 ${NAME}',
})

/** The settings of channels whose value is for nobody to read: whoever reads the file can post. */
const SECRET = /^(key|token|secret|password|secretKey|accessKeySecret)$/

/** Where secrets stand in the file. What is compiled of routes has a level that the file has not: `routes`, and `settings` of each. */
function secretsIn(settings: unknown, path: Path): Path[] {
  if (settings === null || typeof settings !== 'object') return []
  return Object.entries(settings).flatMap(([key, value]) => {
    const within =
      key === 'routes' || key === 'settings' ? path : [...path, Array.isArray(settings) ? Number(key) : key]
    if (typeof value !== 'string') return secretsIn(value, within)
    return SECRET.test(key) && references(value).length === 0 ? [within] : []
  })
}

/** Whoever has just been stood in for need not be told of it. */
const JUST_MS = DAY_MS

/** What of `oncall.yml` is not yet so, or not any more. */
export function warningsOfPeople(people: Directory, now: Instant, placed: Placing): Problem[] {
  const { schedules, overrides } = people
  const early = Object.entries(schedules).flatMap(([name, schedule]) =>
    layersOf(schedule).flatMap((layer, index) => {
      if (turnStart(layer, 0) <= now) return []
      const { contacts } = onCall(people, name, now)
      const present = contacts.join(' + ')
      return [
        placed(
          ['schedules', name, ...('layers' in schedule ? ['layers', index] : []), 'start'],
          mistake('starts-later', {
            en: `is still to come; until then its turns are counted back: ${present || 'nobody'} is on call now`,
            zh: `还没有到；在那之前按轮次往回推：现在${present ? `是 ${present} ` : '没有人'}值班`,
          }),
        ),
      ]
    }),
  )
  const over = overrides.flatMap((override, index) => {
    const zones = Object.entries(schedules).flatMap(([name, { timezone }]) =>
      'away' in override || override.schedule === name ? [timezone] : [],
    )
    if (zones.length === 0 || zones.some((zone) => overrideSpan(override, zone).end > now - JUST_MS)) return []
    const words = {
      en: `is over (${overrideText(override)}): it can go`,
      zh: `已经结束（${overrideText(override)}）：可以删掉`,
    }
    return [placed(['overrides', index, 'to'], mistake('over', words))]
  })
  return [
    ...early,
    ...over,
    ...gapsOf(people, now, placed),
    ...endingCalendars(people, now, placed),
    ...foreignMail(people, placed),
  ]
}

function foreignMail({ contacts }: Directory, placed: Placing): Problem[] {
  const words = {
    en: 'has other letters than ASCII before its @: only a mail server with SMTPUTF8 takes it; an alias in ASCII goes everywhere',
    zh: '@ 前含非 ASCII 字符：只有支持 SMTPUTF8 的邮件服务器才收；用 ASCII 别名则处处可达',
  }
  return Object.entries(contacts).flatMap(([name, { email = '' }]) =>
    hasForeignName(email) ? [placed(['contacts', name, 'email'], mistake('foreign-mail', words))] : [],
  )
}

/** As far as gaps are told. */
const GAPS_MS = 28 * DAY_MS

function gapsOf(people: Directory, now: Instant, placed: Placing): Problem[] {
  return Object.entries(people.schedules).flatMap(([name, { timezone }]) => {
    const [first, ...more] = gapsBetween(people, name, now, now + GAPS_MS)
    if (first === undefined) return []
    const [start, end] = [dateAndTime(first.start, timezone), dateAndTime(first.end, timezone)]
    const others = (en: string, zh: string) => (more.length > 0 ? { en, zh } : { en: '', zh: '' })
    const further = others(
      `, and in ${several(more.length, 'gap', 'en')} within four weeks`,
      `，四周之内还有 ${several(more.length, 'gap', 'zh')}`,
    )
    const words = {
      en: `has nobody on call from ${start} to ${end} (${timezone})${further.en}: \`then\` says who has it otherwise`,
      zh: `从 ${start} 到 ${end}（${timezone}）无人值班${further.zh}：用 \`then\` 写明那时由谁值班`,
    }
    return [placed(['schedules', name], mistake('gap', words), 'key')]
  })
}

/** A calendar that ends is told so long before. */
const CALENDAR_MS = 60 * DAY_MS

/** Only where working days count: nobody else goes by a calendar. */
function endingCalendars(people: Directory, now: Instant, placed: Placing): Problem[] {
  const { contacts, schedules, calendars = {} } = people
  const ending = Object.entries(calendars).filter(([, { until }]) => Date.parse(until) < now + CALENDAR_MS)
  const goBy: [Path, string[]][] = [
    ...Object.entries(contacts).map(([name, { holidays = [] }]): [Path, string[]] => [['contacts', name], holidays]),
    ...Object.entries(schedules).map(([name, one]): [Path, string[]] => [['schedules', name], calendarsIn(one)]),
  ]
  return goBy.flatMap(([path, names]) =>
    ending
      .filter(([calendar]) => names.includes(calendar))
      .map(([calendar, { until }]) =>
        placed(
          path,
          mistake('calendar-ends', {
            en: `goes by the calendar \`${calendar}\`, which ends on ${until}: after that every Monday to Friday is a workday`,
            zh: `所用的日历 \`${calendar}\` 到 ${until} 为止：之后周一到周五都算工作日`,
          }),
          'key',
        ),
      ),
  )
}

/** What vendors' limits on calls to one number leave of each layer. */
export function warningsOfLimits(config: CompiledConfig, people: Directory | undefined, placed: Placing): Problem[] {
  return callLimits(config, people).map(({ policy, layer, words }) =>
    placed(['policies', policy, 'layers', layer], mistake('call-limit', words)),
  )
}

/** Contacts by whom a layer reaches nobody, or wakes nobody. */
export function warningsOfAddresses(
  config: CompiledConfig,
  people: Directory,
  now: Instant,
  placed: Placing,
): Problem[] {
  return unreachedByLayers(config, people, now).map((one) => {
    const words = inBoth((language) => unreachedText(one, language))
    return placed(['contacts', one.contact], mistake('not-reached', words), 'key')
  })
}

/** Numbers whose only route is one whose vendor does not support their calls. */
export function warningsOfNumbers(config: CompiledConfig, people: Directory, placed: Placing): Problem[] {
  const routes = (config.channels.phone?.settings as { routes: CompiledRoute[] } | undefined)?.routes ?? []
  const numbers = Object.values(people.contacts).flatMap(numbersOf)
  return unsupportedNumbers(routes, numbers).map(({ type, rule, numbers: alone }) => {
    const first = Object.entries(people.contacts).find(([, one]) => numbersOf(one).includes(alone[0] ?? ''))?.[0] ?? ''
    const words = {
      en: `the only route of ${several(alone.length, 'number', 'en')} is ${type}: ${rule.en}`,
      zh: `${several(alone.length, 'number', 'zh')}只有 ${type} 一条线路：${rule.zh}`,
    }
    return placed(['contacts', first, 'phone'], mistake('unsupported-route', words))
  })
}

export interface Unset {
  name: string
  /** The paths of what refers to it. */
  usedBy: string[]
}

/** Variables that the configuration refers to and the environment lacks, with the places that need them. */
export function unsetVariables(config: CompiledConfig, env: Record<string, string | undefined>): Unset[] {
  const places: [string, unknown][] = [
    ['baseUrl', config.baseUrl],
    ...Object.values(config.channels).map((channel): [string, unknown] => [`channels.${channel.name}`, channel]),
    ...Object.values(config.projects).map((project): [string, unknown] => [`projects.${project.name}`, project]),
    ...config.checks.map((check): [string, unknown] => [`projects.${check.project}.checks.${check.name}`, check]),
  ]
  return references(config)
    .filter((name) => !env[name])
    .map((name) => ({
      name,
      usedBy: places.flatMap(([place, value]) => (references(value).includes(name) ? [place] : [])),
    }))
}
