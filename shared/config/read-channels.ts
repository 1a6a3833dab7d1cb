import * as z from 'zod'
import { reachOf } from '../channels/reach.ts'
import { channels as channelTypes } from '../channels/registered/channels.ts'
import { voiceRoutes } from '../channels/registered/voice-routes.ts'
import type { CompiledChannel, CompiledRoute } from '../contracts/compiled-config.ts'
import { mistake, wrong } from '../contracts/mistake.ts'
import { name as channelName } from '../contracts/name.ts'
import { ownProperty } from '../contracts/own-property.ts'
import type { Reach } from '../contracts/reach.ts'
import { didYouMean } from '../contracts/suggest.ts'
import type { Reader } from './reader.ts'

type Types = Record<string, { settings: z.core.$ZodType }>

/** The types of channels by the key under which they stand. */
export const smsTypes = typesAt('sms')
export const emailTypes = typesAt('email')
export const robotTypes = typesAt('chat')
export const phoneTypes: Types = voiceRoutes

/** A route's own keys beside its type's settings. */
export const routePrefix = z
  .string()
  .regex(
    /^\+\d{0,15}$/,
    wrong('no-prefix', (input) => ({
      en: `"${input}" is no prefix of numbers: write "+86", or "+" for all`,
      zh: `“${input}”不是号段前缀：写 "+86"，或用 "+" 表示全部`,
    })),
  )
  .meta({
    description:
      'The numbers it serves: a prefix, or "+" for all. The first route whose prefix fits is used, then the next.',
    zh: '它服务的号码：号段前缀，或 "+" 表示全部。用第一条前缀相符的线路，不行再用下一条。',
    examples: ['+86', '+'],
  })

/** Reads `channels`; a channel with a mistake is left out. */
export function readChannels(reader: Reader): Record<string, CompiledChannel> {
  const channels: Record<string, CompiledChannel> = {}
  for (const name of reader.names(channelName, ['channels'])) {
    const channel = readChannel(reader, name)
    if (channel) channels[name] = channel
  }
  return channels
}

function readChannel(reader: Reader, name: string): CompiledChannel | undefined {
  const path = ['channels', name]
  if (name === 'chat') {
    const words = {
      en: '`chat` stands for the robots of a project: name this one after its type, such as wecom',
      zh: '`chat` 代表项目的机器人：这一个按它的类型起名，如 wecom',
    }
    reader.note(path, mistake('reserved-name', words), 'key')
    return undefined
  }
  if (name === 'phone') return readRoutes(reader, name, phoneTypes)
  if (name === 'sms') return readRoutes(reader, name, smsTypes)
  const settings = readSettings(reader, path, name === 'email' ? emailTypes : robotTypes, name)
  return settings && { name, ...settings }
}

function readRoutes(reader: Reader, name: 'phone' | 'sms', types: Types): CompiledChannel | undefined {
  const path = ['channels', name]
  const list = reader.read(z.array(z.unknown()).min(1), path)
  if (!list) return undefined
  const routes = list.flatMap((_, index): CompiledRoute[] => {
    const to = reader.read(routePrefix, [...path, index, 'to'])
    const route = readSettings(reader, [...path, index], types, undefined, ['to'])
    if (to === undefined || route === undefined) return []
    const countries = voiceRoutes[route.type]?.countries
    if (name === 'phone' && countries !== undefined && !countries.some((prefix) => to.startsWith(prefix)))
      reader.note(
        [...path, index, 'to'],
        mistake('other-country', {
          en: `\`${route.type}\` calls numbers of ${countries.join(', ')} alone`,
          zh: `\`${route.type}\` 只能呼叫 ${countries.join('、')} 的号码`,
        }),
      )
    const closed = channelTypes[route.type]?.notTo?.find((prefix) => to.startsWith(prefix))
    if (name === 'sms' && closed !== undefined)
      reader.note(
        [...path, index, 'to'],
        mistake('other-country', {
          en: `\`${route.type}\` texts no numbers of ${closed}`,
          zh: `\`${route.type}\` 不能向 ${closed} 的号码发短信`,
        }),
      )
    return [{ to, ...route }]
  })
  return { name, type: name, settings: { routes } }
}

/** A mapping's `type` and what that type makes of its other keys. A channel named like its type need not repeat it. */
function readSettings(
  reader: Reader,
  path: (string | number)[],
  types: Types,
  usual: string | undefined,
  routeKeys: string[] = [],
): { type: string; settings: unknown } | undefined {
  const written = reader.read(z.record(z.string(), z.unknown()), path)
  if (!written) return undefined
  const type = written.type === undefined ? usual : reader.read(z.string(), [...path, 'type'])
  if (type === undefined) {
    if (written.type === undefined)
      reader.note(
        [...path, 'type'],
        mistake('missing', {
          en: `is missing: one of ${Object.keys(types).join(', ')}`,
          zh: `没有写：取 ${Object.keys(types).join('、')} 之一`,
        }),
      )
    return undefined
  }
  const descriptor = ownProperty(types, type)
  if (!descriptor) {
    const known = Object.keys(types)
    const guess = didYouMean(type, known)
    const words = {
      en: `no type \`${type}\` here${guess.en}; give \`type\`: one of ${known.join(', ')}`,
      zh: `这里没有类型 \`${type}\`${guess.zh}；写 \`type\`：${known.join('、')} 之一`,
    }
    reader.note(
      written.type === undefined ? path : [...path, 'type'],
      mistake('no-type', words),
      written.type === undefined ? 'key' : 'value',
    )
    return undefined
  }
  const keys = Object.entries(written).filter(([key]) => key !== 'type' && !routeKeys.includes(key))
  const settings = reader.read(descriptor.settings, path, {
    value: Object.fromEntries(keys),
    alsoKnown: ['type', ...routeKeys],
  })
  for (const [key, value] of keys) if (isAddress(key, value)) reader.note([...path, key], WHOLE_ADDRESS)
  return settings === undefined ? undefined : { type, settings }
}

const WHOLE_ADDRESS = mistake('whole-address', {
  en: 'is a whole address: write only what stands in it behind the `=`, as a reference such as ${ROBOT_KEY}',
  zh: '写的是整个地址：只写其中 `=` 之后的部分，写成引用，如 ${ROBOT_KEY}',
})

/** A robot's page shows its webhook's address, and the key is only the end of it. */
function isAddress(key: string, value: unknown): boolean {
  return /^(key|token|secret)$/.test(key) && typeof value === 'string' && /^https?:\/\//i.test(value)
}

function typesAt(reach: Reach): Types {
  return Object.fromEntries(Object.entries(channelTypes).filter(([, channel]) => reachOf(channel) === reach))
}
