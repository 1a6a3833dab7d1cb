import type { Descriptor } from '../shared/channels/channel.ts'
import { reachOf } from '../shared/channels/reach.ts'
import { channels as channelTypes } from '../shared/channels/registered/channels.ts'
import { provisions } from '../shared/channels/registered/provisions.ts'
import { voiceRoutes } from '../shared/channels/registered/voice-routes.ts'
import type { CompiledChannel, CompiledConfig, CompiledRoute } from '../shared/contracts/compiled-config.ts'
import { references, resolveReferences } from '../shared/contracts/references.ts'
import type { Language } from '../shared/contracts/words.ts'
import { type Phones, phonesOf } from '../test/simulators/phones.ts'
import type { Sandbox, SandboxOptions as SimulatorOptions } from '../test/simulators/sandbox.ts'
import type { Journal } from './journal.ts'
import { contactFlowId, lambdaArn, localCredentials } from './resources.ts'
import { type FindSimulator, simulatorOf } from './simulators.ts'
import { localAccount } from './variables.ts'

/** How a channel of the configuration sends from this machine. */
export interface ChannelMode {
  name: string
  type: string
  title: Record<Language, string>
  /** `given`: to an address that the environment names. */
  mode: 'sandbox' | 'real' | 'given'
}

export interface SandboxOptions
  extends Pick<SimulatorOptions['phones'], 'region' | 'invokeLambda' | 'emit' | 'postReceipts'> {
  config: CompiledConfig
  env: Record<string, string | undefined>
  journal: Journal
  now(): number
  /** True: saying a text takes as long as a voice would. */
  speaking: boolean
  simulatorOf?: FindSimulator
}

export interface Sandboxes {
  /** What the functions' environment needs beside the user's own: addresses and made-up credentials. */
  env: Record<string, string>
  /** The configuration with the settings of the sandboxes. */
  config: CompiledConfig
  channels: ChannelMode[]
  /** The sandboxes by the type of channel or voice route. */
  running: Map<string, Sandbox>
  /** All that ring phones, as one. */
  phones: Phones
  stop(): Promise<void>
}

/** A channel or route of the configuration. */
interface Use {
  channel: string
  type: string
  settings: unknown
}

/**
 * Starts a sandbox for every channel whose credentials are not set. Calls, and what AWS sends, are always sandboxed unless an address is
 * given: Amazon Connect could ring a phone from here, but has no way to bring the key press back to this machine.
 */
export async function startSandboxes(options: SandboxOptions): Promise<Sandboxes> {
  const { config, env: given, simulatorOf: find = simulatorOf } = options
  const configured = Object.values(config.channels)
  const uses = configured.flatMap(usesOf)
  const types = [...new Set(uses.map(({ type }) => type))]
  const simulators = new Map(await Promise.all(types.map(async (type) => [type, await find(type)] as const)))
  const modeOf = (type: string): ChannelMode['mode'] => {
    const variable = descriptorOf(type)?.url?.variable
    if (variable && given[variable]) return 'given'
    if (simulators.get(type) === undefined) return 'real'
    // Whoever is known by the role of the function has no key here.
    if (type in voiceRoutes || provisions[type]?.calls !== undefined) return 'sandbox'
    // One vendor has one address, so all channels of a type are real or none is.
    return references(uses.filter((use) => use.type === type)).every((name) => given[name]) ? 'real' : 'sandbox'
  }
  const modes = new Map(types.map((type) => [type, modeOf(type)]))

  const needed = references(uses.filter(({ type }) => modes.get(type) !== 'real')).filter((name) => !given[name])
  const madeUp = needed.map((name) => [name, `sandbox-${name.toLowerCase().replaceAll('_', '-')}`])
  const env: Record<string, string> = Object.fromEntries(madeUp)
  const running = new Map<string, Sandbox>()
  for (const [type, simulator] of simulators) {
    if (simulator === undefined || modes.get(type) !== 'sandbox') continue
    const settings = uses.filter((use) => use.type === type).map((use) => use.settings)
    const values = resolveReferences(settings, { ...given, ...env }).value as Record<string, unknown>[]
    const sandbox = await simulator.start(simulatorOptions(type, values, options))
    running.set(type, sandbox)
    const variable = descriptorOf(type)?.url?.variable
    if (variable) env[variable] = sandbox.url
  }
  const phones = [...running].flatMap(([type, sandbox]) => (type in voiceRoutes ? [sandbox as Sandbox & Phones] : []))
  return {
    env,
    config: { ...config, channels: Object.fromEntries(configured.map((one) => [one.name, moved(one, running)])) },
    channels: configured.map((channel) => shown(channel, modes)),
    running,
    phones: phonesOf(phones),
    stop: async () => {
      await Promise.all([...running.values()].map((sandbox) => sandbox.close()))
    },
  }
}

function descriptorOf(type: string): Descriptor<unknown> | undefined {
  return channelTypes[type] ?? voiceRoutes[type]
}

function usesOf({ name, type, settings }: CompiledChannel): Use[] {
  const { routes } = settings as { routes?: CompiledRoute[] }
  if (routes === undefined) return [{ channel: name, type, settings }]
  return routes.map((route) => ({ channel: name, type: route.type, settings: route.settings }))
}

/** A channel of several routes is as real as the most real of them. */
function shown(channel: CompiledChannel, modes: Map<string, ChannelMode['mode']>): ChannelMode {
  const uses = usesOf(channel)
  const all = uses.map(({ type }) => modes.get(type) ?? 'real')
  const mode = (['real', 'given'] as const).find((one) => all.includes(one)) ?? 'sandbox'
  const title = descriptorOf(uses[0]?.type ?? '')?.title ?? { zh: channel.name, en: channel.name }
  return { name: channel.name, type: channel.type, title, mode }
}

function moved(channel: CompiledChannel, running: Map<string, Sandbox>): CompiledChannel {
  const { routes } = channel.settings as { routes?: CompiledRoute[] }
  if (routes === undefined) return { ...channel, settings: movedSettings(channel, running) }
  const moved = routes.map((route) => ({ ...route, settings: movedSettings(route, running) }))
  return { ...channel, settings: { ...(channel.settings as object), routes: moved } }
}

function movedSettings({ type, settings }: Pick<CompiledRoute, 'type' | 'settings'>, running: Map<string, Sandbox>) {
  return { ...(settings as object), ...running.get(type)?.settings }
}

function simulatorOptions(
  type: string,
  settings: Record<string, unknown>[],
  { journal, now, region, invokeLambda, emit, postReceipts, speaking }: SandboxOptions,
): SimulatorOptions {
  const channel = channelTypes[type]
  const reach = channel && reachOf(channel)
  const title = descriptorOf(type)?.title ?? { zh: type, en: type }
  const { templates = { zh: {}, en: {} }, flow } = provisions[type] ?? {}
  return {
    settings,
    now,
    templates,
    tell: (message) =>
      journal.sent({ ...message, channel: reach === undefined || reach === 'chat' ? type : reach, title }),
    phones: {
      region,
      accountId: localAccount,
      ...localCredentials,
      ...(flow && { flow: { id: contactFlowId, content: flow(lambdaArn(region, 'acknowledge')) } }),
      invokeLambda,
      emit,
      postReceipts,
      speaking,
      onEvent: (event) => journal.tell({ type: 'call', at: now(), event }),
    },
  }
}
