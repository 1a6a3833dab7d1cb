import type { CompiledChannel, CompiledConfig, CompiledRoute } from '../shared/contracts/compiled-config.ts'
import { references, resolveReferences } from '../shared/contracts/references.ts'
import type { ConnectSimulator } from '../test/simulators/connect/connect.ts'
import type { ContactEvent } from '../test/simulators/connect/events.ts'
import type { DingtalkSimulator } from '../test/simulators/dingtalk.ts'
import type { SmtpSimulator } from '../test/simulators/smtp.ts'
import type { TencentSmsSimulator } from '../test/simulators/tencent-sms.ts'
import type { WecomSimulator } from '../test/simulators/wecom-robot.ts'
import type { Journal } from './journal.ts'
import { startConnect } from './sandbox-connect.ts'
import { startDingtalk, startWecom } from './sandbox-robots.ts'
import { startMail, startSms } from './sandbox-texts.ts'

/** How a channel of the configuration sends from this machine. */
export interface ChannelMode {
  name: string
  type: string
  /** `given`: to an address that the environment names. */
  mode: 'sandbox' | 'real' | 'given'
}

/** What every sandbox needs. */
export interface SandboxIo {
  journal: Journal
  now(): number
}

export interface SandboxOptions extends SandboxIo {
  config: CompiledConfig
  env: Record<string, string | undefined>
  region: string
  /** Invokes a function by the ARN that the contact flow has. */
  invokeLambda(arn: string, event: unknown): Promise<unknown>
  /** Takes a contact event to the rules. */
  emit(event: ContactEvent): Promise<void>
  /** True: saying a text takes as long as a voice would. */
  speaking: boolean
}

export interface Sandboxes {
  /** What the functions' environment needs beside the user's own: addresses and made-up credentials. */
  env: Record<string, string>
  /** The configuration with mail going to the sandbox, which has no variable for that. */
  config: CompiledConfig
  channels: ChannelMode[]
  connect?: ConnectSimulator
  wecom?: WecomSimulator
  dingtalk?: DingtalkSimulator
  tencent?: TencentSmsSimulator
  smtp?: SmtpSimulator
  stop(): Promise<void>
}

/** The environment's variable that moves a channel's vendor to another address. Mail has none: its host is in its settings. */
const addressVariables: Record<string, string> = {
  phone: 'AWS_ENDPOINT_URL_CONNECT',
  sms: 'FENGHUO_TENCENT_URL',
  'wecom-robot': 'FENGHUO_WECOM_URL',
  dingtalk: 'FENGHUO_DINGTALK_URL',
}

/**
 * Starts a sandbox for every channel whose credentials are not set. Calls are always sandboxed unless an address is given:
 * Amazon Connect could ring a phone from here, but has no way to bring the key press back to this machine.
 */
export async function startSandboxes(options: SandboxOptions): Promise<Sandboxes> {
  const channels = Object.values(options.config.channels)
  const modes = new Map(channels.map((channel) => [channel.name, modeOf(channel, channels, options.env)]))
  const inMode = (type: string, mode = 'sandbox') =>
    channels.filter((channel) => channel.type === type && modes.get(channel.name) === mode)

  const madeUp = Object.fromEntries(
    channels
      .filter(({ name }) => modes.get(name) !== 'real')
      .flatMap(({ settings }) => references(settings))
      .filter((name) => !options.env[name])
      .map((name) => [name, `sandbox-${name.toLowerCase().replaceAll('_', '-')}`]),
  )
  const env: Record<string, string> = { ...madeUp }
  const resolved = <T>(value: unknown) => resolveReferences(value, { ...options.env, ...madeUp }).value as T
  const settingsOf = (type: string) => inMode(type).map((channel) => resolved<Record<string, string>>(channel.settings))
  const routesOf = (type: string) => inMode(type).flatMap((channel) => resolved<CompiledRoute[]>(routes(channel)))

  const sandboxes: Omit<Sandboxes, 'stop'> = {
    env,
    config: options.config,
    channels: channels.map(({ name, type }) => ({ name, type, mode: modes.get(name) ?? 'real' })),
  }
  if (inMode('phone').length > 0) {
    sandboxes.connect = await startConnect(routesOf('phone'), options)
    env.AWS_ENDPOINT_URL_CONNECT = sandboxes.connect.url
  }
  if (inMode('wecom-robot').length > 0) {
    sandboxes.wecom = await startWecom(settingsOf('wecom-robot'), options)
    env.FENGHUO_WECOM_URL = sandboxes.wecom.url
  }
  if (inMode('dingtalk').length > 0) {
    sandboxes.dingtalk = await startDingtalk(settingsOf('dingtalk'), options)
    env.FENGHUO_DINGTALK_URL = sandboxes.dingtalk.url
  }
  if (inMode('sms').length > 0) {
    sandboxes.tencent = await startSms(routesOf('sms'), options)
    env.FENGHUO_TENCENT_URL = sandboxes.tencent.url
  }
  if (inMode('smtp').length > 0) {
    const mail = await startMail(options)
    sandboxes.smtp = mail.server
    sandboxes.config = withMail(options.config, inMode('smtp'), mail.settings)
  }

  return {
    ...sandboxes,
    async stop() {
      const { connect, wecom, dingtalk, tencent, smtp } = sandboxes
      await Promise.all([connect, wecom, dingtalk, tencent, smtp].map((server) => server?.close()))
    },
  }
}

/** One vendor has one address, so all channels of a type are real or none is. */
function modeOf(
  channel: CompiledChannel,
  channels: CompiledChannel[],
  env: Record<string, string | undefined>,
): ChannelMode['mode'] {
  const variable = addressVariables[channel.type]
  if (variable && env[variable]) return 'given'
  if (channel.type === 'phone') return 'sandbox'
  if (!variable && channel.type !== 'smtp') return 'real'
  const needed = channels.filter(({ type }) => type === channel.type).flatMap(({ settings }) => references(settings))
  return needed.every((name) => env[name]) ? 'real' : 'sandbox'
}

function routes(channel: CompiledChannel): CompiledRoute[] {
  return (channel.settings as { routes: CompiledRoute[] }).routes
}

function withMail(config: CompiledConfig, channels: CompiledChannel[], server: object): CompiledConfig {
  const moved = channels.map((channel) => {
    const { from } = channel.settings as { from: string }
    return [channel.name, { ...channel, settings: { from, ...server } }]
  })
  return { ...config, channels: { ...config.channels, ...Object.fromEntries(moved) } }
}
