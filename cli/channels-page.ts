import * as z from 'zod'
import type { Channel, Descriptor, VoiceRoute } from '../shared/channels/channel.ts'
import { reachOf } from '../shared/channels/reach.ts'
import { lastResorts } from '../shared/channels/registry.last-resort.ts'
import { channels, voiceRoutes } from '../shared/channels/registry.ts'
import type { ErrorMeaning } from '../shared/contracts/vendor-errors.ts'
import { failureText } from '../shared/messages/failure.ts'
import { code, markdownTable } from './markdown.ts'

/** `docs/channels.md`, made from the registry of channels: settings, limits, addresses, and what the vendors' codes mean. */
export function channelsPage(): string {
  const all = Object.values(channels)
  const overview = markdownTable(
    [
      'type',
      'channel',
      'under `channels`',
      'reaches',
      'bytes',
      'at most',
      'locks out for',
      'key of a contact',
      'its address is moved by',
    ],
    [
      ...Object.values(voiceRoutes).map((route) => row(route, '`phone`', ['a person', ...limitsOf(route), '`phone`'])),
      ...all.map((channel) => row(channel, placeOf(channel), reachOfAll(channel))),
    ],
  )
  const each = [
    ...Object.values(voiceRoutes).map((route) => `${section(route)}\n\n${keysOf(route)}`),
    ...all.map(section),
  ]
  return `${[HEAD, overview, ...each, lastResortSection()].join('\n\n')}\n`
}

function lastResortSection(): string {
  const rows = lastResorts.flatMap(({ type, clouds, variables }) => {
    const who = clouds === undefined ? code(type) : `${code(type)}, of probes on ${clouds.join(', ')}`
    return Object.entries(variables).map(([name, summary]) => ({ name, summary, who }))
  })
  const byName = Map.groupBy(rows, ({ name }) => name)
  const each = [...byName].map(([name, of]) => [
    code(name),
    of.map(({ who }) => who).join('; '),
    [...new Set(of.map(({ summary }) => summary))].join('; '),
  ])
  return `## The last resort\n\n${LAST_RESORT}\n\n${markdownTable(['variable', 'channel', ''], each)}`
}

const LAST_RESORT = `What probes use when they reach no queue, by variables of their own environment alone:
[docs/guides/standby.md](guides/standby.md) says how.`

const HEAD = `# Channels

<!-- Written by \`npx node cli/schema.ts\` from shared/channels; a test compares. -->

What each channel is, takes and keeps within. Fenghuo stays below \`bytes\`, of one message, and \`at most\`; a vendor that locks out
hears nothing for so long from whoever sends more.`

function row({ type, title, url }: Descriptor<unknown>, place: string, others: string[]): string[] {
  return [code(type), `${title.en}, ${title.zh}`, place, ...others, url ? code(url.variable) : 'its settings']
}

function placeOf(channel: Channel<unknown>): string {
  const reach = reachOf(channel)
  return reach === 'chat' ? 'any name' : code(reach)
}

function reachOfAll({ reaches, limits, address }: Channel<unknown>): string[] {
  return [reaches === 'group' ? 'a group' : 'a person', ...limitsOf({ limits }), code(address.key)]
}

function limitsOf({ limits }: Pick<Channel<unknown> | VoiceRoute<unknown>, 'limits'>): string[] {
  const { maxBytes, perMinute, perDay, lockOutMs } = limits
  const rates = [
    ...('perSecond' in limits ? [`${limits.perSecond} a second`] : []),
    ...(perMinute === undefined ? [] : [`${perMinute} a minute`]),
    ...(perDay === undefined ? [] : [`${perDay} a day to one number`]),
  ]
  return [String(maxBytes), rates.join(', '), lockOutMs === undefined ? '' : `${lockOutMs / 1000} s`]
}

function section({ type, summary, settings, example, limits, errors }: Channel<unknown> | VoiceRoute<unknown>): string {
  const { properties = {}, required = [] } = z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' })
  const keys = Object.entries(properties).map(([key, schema]) => [
    code(key),
    required.includes(key) ? 'yes' : '',
    typeof schema === 'object' ? (schema.description ?? '') : '',
  ])
  const codes = Object.entries(errors.codes).flatMap(([vendorCode, { whenSaid = [], ...meaning }]) => [
    [code(vendorCode), ...meaningIn(meaning)],
    ...whenSaid.map(({ words, ...meant }) => [`${code(vendorCode)} with ${code(String(words))}`, ...meaningIn(meant)]),
  ])
  return [
    `## ${type}`,
    summary.en,
    `\`\`\`json\n${JSON.stringify(example)}\n\`\`\``,
    markdownTable(['setting', 'needed', ''], keys),
    `Source of the limits: ${limits.source}.`,
    markdownTable(['code of the vendor', 'meaning', 'what to do', 'then'], codes),
    `Source of the codes: ${errors.source}.`,
  ].join('\n\n')
}

function meaningIn({ class: kind, remedy, isLost, afterMs }: ErrorMeaning): string[] {
  const then = afterMs === undefined ? 'the next channel takes over' : `again after ${afterMs / 1000} s`
  return [failureText({ class: kind }, 'en'), remedy?.en ?? '', isLost ? 'perhaps sent' : then]
}

function keysOf({ keys }: VoiceRoute<unknown>): string {
  return markdownTable(
    ['key of a call', '', ''],
    keys.map(({ key, menu }) => [code(key), menu.en, menu.zh]),
  )
}
