import type { CompiledConfig, CompiledLayer, CompiledPolicy, CompiledRoute } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import { type Severity, severities } from '../contracts/words.ts'
import { reachesOf, roleOf, usesOf } from '../oncall/layer-reach.ts'
import { nameOfPage } from '../oncall/pages.ts'
import type { Directory } from '../oncall/plan.ts'
import { everybodyIn, mostAtOnce } from '../oncall/turns.ts'
import { leavesNoTime } from '../oncall/window.ts'
import type { Reader } from './reader.ts'
import type { Path } from './yaml.ts'

/** Notes what every policy says in the right form, and cannot mean. With `people` also what they can't do. */
export function checkPolicies(reader: Reader, config: CompiledConfig, people: Directory | undefined): void {
  // A channel with a mistake is missing here, and told already.
  const isWhole = reader.keys(['channels']).length === Object.keys(config.channels).length
  for (const [name, policy] of Object.entries(config.policies)) {
    const path = ['policies', name]
    for (const [severity, windows] of Object.entries(policy.hold ?? {}))
      if (leavesNoTime(windows)) reader.note([...path, 'hold', severity], ALWAYS_HELD)
    if (!isWhole) continue
    checkWorse(reader, path, policy)
    checkRoutes(reader, path, policy, config)
    for (const [index, layer] of policy.layers.entries()) checkLayer(reader, [...path, 'layers', index], layer, policy)
    checkRoles(reader, path, policy)
    if (people) checkPeople(reader, path, policy, people)
  }
}

const ALWAYS_HELD = mistake('always-held', {
  en: 'leaves no time out: what is held would never be told. Leave some hours, or give the severity no channels',
  zh: '没有留出任何时间：这一级永远不会通知。留出一些时段，或不给这一级写渠道',
})

/** Nobody has written what something uses, so that it tells nobody, though what is milder does. An empty list is meant. */
function checkWorse(reader: Reader, path: Path, policy: CompiledPolicy): void {
  const written = reader.keys([...path, 'channels'])
  const told = severities.filter((severity) => usesOf(policy, severity).length > 0)
  const milder = told.at(-1)
  const severity = severities.find((each) => !told.includes(each) && !written.includes(each))
  if (written.length === 0 || severity === undefined || milder === undefined) return
  if (severities.indexOf(severity) > severities.indexOf(milder)) return
  const words = {
    en: `\`${severity}\` is missing and tells nobody, while \`${milder}\`, which is less, does: write what it uses, \`[]\` for nothing`,
    zh: `没有写 \`${severity}\`，它不通知任何人，而较轻的 \`${milder}\` 却通知：写明它用哪些渠道，不用则写 \`[]\``,
  }
  reader.note([...path, 'channels'], mistake('worse-untold', words), 'key')
}

function checkRoutes(reader: Reader, path: Path, { callsBy = {} }: CompiledPolicy, { channels }: CompiledConfig): void {
  const { routes = [] } = Object(channels.phone?.settings) as { routes?: CompiledRoute[] }
  const types = routes.map(({ type }) => type)
  for (const type of Object.keys(callsBy)) {
    if (types.includes(type)) continue
    const words = {
      en: `has no effect: no call goes by ${type}; \`channels.phone\` has: ${types.join(', ') || 'no routes'}`,
      zh: `没有作用：没有电话走 ${type}；\`channels.phone\` 里有：${types.join('、') || '没有线路'}`,
    }
    reader.note([...path, 'callsBy', type], mistake('no-effect', words), 'key')
  }
}

function checkLayer(reader: Reader, path: Path, layer: CompiledLayer, policy: CompiledPolicy): void {
  const all = severities.map((severity) => reachesOf(layer, policy, severity))
  const isToldOfAny = severities.some((severity) => usesOf(policy, severity).length > 0)
  if (isToldOfAny && all.every((reaches) => reaches.length === 0)) reader.note(path, NEVER_USED)
  else if (layer.chat && all.every((reaches) => !reaches.includes('chat'))) reader.note([...path, 'chat'], NO_CHAT)
}

const NEVER_USED = mistake('layer-unused', {
  en: 'is left out for every severity: take the layer out, or leave it the channels of one',
  zh: '每一级都跳过了这一层：删掉这一层，或至少给一级写渠道',
})

const NO_CHAT = mistake('no-effect', {
  en: 'has no effect: no severity uses `chat` here. Write it into the `channels` of one',
  zh: '没有作用：这里没有一级用到 `chat`。写进某一级的 `channels`',
})

/** A role that has to take an incident is asked to, for each severity that pages anybody. */
function checkRoles(reader: Reader, path: Path, policy: CompiledPolicy): void {
  const { acknowledgements = [], layers } = policy
  if (typeof acknowledgements === 'number') return
  for (const [index, role] of acknowledgements.entries()) {
    const naming = layers.filter(({ page }) => page.map(nameOfPage).includes(role))
    const pages = (some: CompiledLayer[], severity: Severity) =>
      some.some((layer) => roleOf(layer, reachesOf(layer, policy, severity)) === 'pages')
    const severity = severities.find((each) => naming.length > 0 && pages(layers, each) && !pages(naming, each))
    if (severity === undefined) continue
    const words = {
      en: `${role} has to take what is \`${severity}\`, and no layer that pages ${role} is for that: give one a channel for it`,
      zh: `\`${severity}\` 级须有 ${role} 认领，而呼叫 ${role} 的各层都不用于这一级：给其中一层写上渠道`,
    }
    reader.note([...path, 'acknowledgements', index], mistake('role-not-paged', words))
  }
}

/** Somebody comes next where a layer pages whoever does, and so many are paged as have to take an incident. */
function checkPeople(
  reader: Reader,
  path: Path,
  { acknowledgements, layers }: CompiledPolicy,
  people: Directory,
): void {
  if (typeof acknowledgements === 'number') checkNumber(reader, path, acknowledgements, layers, people)
  for (const [index, { page }] of layers.entries()) {
    for (const one of page) {
      const schedule = nameOfPage(one)
      if (one === schedule || people.schedules[schedule] === undefined || everybodyIn(people, schedule).size > 1)
        continue
      const words = {
        en: `\`${one}\` is never anybody: ${schedule} has one person alone. Page somebody else, or add to its \`rotation\` or \`then\``,
        zh: `\`${one}\` 永远没有人：${schedule} 只有一个人。改呼叫别人，或在 \`rotation\`、\`then\` 里加人`,
      }
      reader.note([...path, 'layers', index, 'page'], mistake('nobody-next', words))
    }
  }
}

/** So many people are there, and as many may be paged at once: a schedule may have several on call. */
function checkNumber(reader: Reader, path: Path, wanted: number, layers: CompiledLayer[], people: Directory): void {
  const at = [...path, 'acknowledgements']
  const pages = [...new Set(layers.flatMap(({ page }) => page))]
  const schedules = pages.map(nameOfPage)
  const all = new Set(schedules.flatMap((name) => [...everybodyIn(people, name)]))
  const paged = schedules.reduce((sum, name) => sum + mostAtOnce(people, name), 0)
  if (paged < wanted) reader.note(at, tooFewPages(wanted, paged))
  else if (all.size < wanted) reader.note(at, tooFewPeople(wanted, [...all]))
}

const tooFewPages = (wanted: number, paged: number) =>
  mistake('too-few-pages', {
    en: `${wanted} people have to take an incident, and the layers page ${paged === 1 ? 'one person' : `${paged} people`} at most: page more, such as sre.next, or ask for fewer`,
    zh: `需要 ${wanted} 人认领，而各层至多呼叫 ${paged} 人：再写几个，如 sre.next，或减少人数`,
  })

const tooFewPeople = (wanted: number, all: string[]) =>
  mistake('too-few-people', {
    en: `${wanted} people have to take an incident, and the layers reach ${all.join(', ')} alone: page more people, or ask for fewer`,
    zh: `需要 ${wanted} 人认领，而各层总共只有 ${all.join('、')}：再加人，或减少人数`,
  })
