import type { Channel, Descriptor, VoiceRoute } from '../shared/channels/channel.ts'
import { reachOf } from '../shared/channels/reach.ts'
import { channels } from '../shared/channels/registered/channels.ts'
import { lastResorts } from '../shared/channels/registered/last-resorts.ts'
import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import { json } from '../shared/config/annotated.ts'
import type { ErrorMeaning } from '../shared/contracts/vendor-errors.ts'
import type { Language } from '../shared/contracts/words.ts'
import { failureText } from '../shared/messages/failure.ts'
import { code, markdownTable } from '../shared/messages/markdown.ts'
import { channelsWords } from './channels-words.ts'
import { keyTable } from './configuration-keys.ts'

/** `docs/channels.md`, made from the registry of channels: settings, limits, addresses, and what the vendors' codes mean. */
export function channelsPage(language: Language): string {
  const say = channelsWords[language]
  const all = Object.values(channels)
  const routes = Object.values(voiceRoutes)
  const overview = markdownTable(say.overview, [
    ...routes.map((route) => row(route, '`phone`', [say.person, ...limitsOf(route, language), '`phone`'], language)),
    ...all.map((channel) => row(channel, placeOf(channel, language), reachOfAll(channel, language), language)),
  ])
  const each = [
    ...routes.flatMap((route) => [section(route, language), ...keysOf(route, language)]),
    ...all.map((channel) => section(channel, language)),
  ]
  return `${[say.head, overview, ...each, lastResortSection(language)].join('\n\n')}\n`
}

function lastResortSection(language: Language): string {
  const say = channelsWords[language]
  const rows = lastResorts.flatMap(({ type, clouds, variables }) => {
    const who = clouds === undefined ? code(type) : say.ofProbesOn(code(type), clouds.join(', '))
    return Object.entries(variables).map(([name, summary]) => ({ name, summary: summary[language], who }))
  })
  const byName = Map.groupBy(rows, ({ name }) => name)
  const each = [...byName].map(([name, of]) => [
    code(name),
    of.map(({ who }) => who).join(say.list),
    [...new Set(of.map(({ summary }) => summary))].join(say.list),
  ])
  return `${say.lastResort}\n\n${markdownTable(say.variables, each)}`
}

function row({ type, title, url }: Descriptor<unknown>, place: string, others: string[], language: Language): string[] {
  const name = language === 'en' ? `${title.en}, ${title.zh}` : title.zh
  return [code(type), name, place, ...others, url ? code(url.variable) : channelsWords[language].ownSettings]
}

function placeOf(channel: Channel<unknown>, language: Language): string {
  const reach = reachOf(channel)
  return reach === 'chat' ? channelsWords[language].anyName : code(reach)
}

function reachOfAll({ reaches, limits, address }: Channel<unknown>, language: Language): string[] {
  return [channelsWords[language][reaches], ...limitsOf({ limits }, language), address ? code(address.key) : '']
}

function limitsOf({ limits }: Pick<Channel<unknown> | VoiceRoute<unknown>, 'limits'>, language: Language): string[] {
  const say = channelsWords[language]
  const { maxBytes, perMinute, lockOutMs } = limits
  const rates = [
    ...('perSecond' in limits ? [say.perSecond(limits.perSecond)] : []),
    ...(perMinute === undefined ? [] : [say.perMinute(perMinute)]),
    ...('perDay' in limits && limits.perDay !== undefined ? [say.perDay(limits.perDay)] : []),
  ]
  return [String(maxBytes), rates.join(', '), lockOutMs === undefined ? '' : say.seconds(lockOutMs / 1000)]
}

function section(
  { type, summary, settings, example, limits, errors }: Channel<unknown> | VoiceRoute<unknown>,
  language: Language,
): string {
  const say = channelsWords[language]
  const codes = Object.entries(errors.codes).flatMap(([vendorCode, { whenSaid = [], ...meaning }]) => [
    [code(vendorCode), ...meaningIn(meaning, language)],
    ...whenSaid.map(({ words, ...meant }) => [
      say.said(code(vendorCode), code(String(words))),
      ...meaningIn(meant, language),
    ]),
  ])
  return [
    `## ${type}`,
    summary[language],
    `\`\`\`json\n${JSON.stringify(example)}\n\`\`\``,
    keyTable(json(settings), language),
    say.limitsFrom(limits.source),
    markdownTable(say.codes, codes),
    say.codesFrom(errors.source),
  ].join('\n\n')
}

function meaningIn({ class: kind, remedy, isLost, afterMs }: ErrorMeaning, language: Language): string[] {
  const say = channelsWords[language]
  const then = afterMs === undefined ? say.nextChannel : say.again(afterMs / 1000)
  return [failureText({ class: kind }, language), remedy?.[language] ?? '', isLost ? say.perhapsSent : then]
}

function keysOf({ keys }: VoiceRoute<unknown>, language: Language): string[] {
  if (keys.length === 0) return []
  const rows = keys.map(({ key, menu }) => [code(key), menu[language]])
  return [markdownTable(channelsWords[language].keys, rows)]
}
