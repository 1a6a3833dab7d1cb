import type { CompiledCheck, CompiledConfig, CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import type { Contact, Directory } from '../../shared/oncall/plan.ts'
import type { World } from './world.ts'

/** Who is on call, and what the configuration says. */
export interface Setting {
  config: CompiledConfig
  /** As it is applied now; people edit it. */
  directory: Directory
  /** Somebody has edited it. */
  edited: boolean
}

const contacts: Record<string, Contact> = {
  lin: { name: 'lin', phone: '+8613800000001', email: 'lin@example.com' },
  wang: { name: 'wang', phone: '+8613800000002' },
  chen: { name: 'chen', phone: '+8613800000003' },
}

export const policy: CompiledPolicy = {
  layers: [
    { page: ['lin'], calls: 2, ackTimeoutMs: 180_000 },
    { page: ['wang', 'lin'], calls: 1, ackTimeoutMs: 120_000 },
    { page: ['chen'], calls: 1, ackTimeoutMs: 120_000 },
  ],
  rounds: 2,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  channels: { critical: ['phone', 'chat'], error: ['sms', 'chat'], warning: ['chat'], info: [] },
}

export const CHECK = 'pay/web'
export const VANTAGES = ['aws/ap-southeast-1', 'tencent/ap-guangzhou', 'aliyun/cn-hangzhou']

const check: CompiledCheck = {
  id: CHECK,
  project: 'pay',
  name: 'web',
  title: 'web',
  kind: 'http',
  spec: {},
  intervalMs: 60_000,
  timeoutMs: 2_000,
  confirm: { m: 2, n: 3 },
  severity: 'critical',
  from: VANTAGES,
}

const project = (name: string): CompiledConfig['projects'][string] => ({
  name,
  title: name,
  stormLimit: 50,
  policy: 'default',
  chat: ['robot'],
  severity: 'critical',
})

/** Two projects that share their people. */
export function settingOf(world: World): Setting {
  const acknowledgeOn = world.pick(['key', 'key', 'key', 'answer'] as const)
  const critical = world.pick([policy.channels.critical, ['phone', 'sms', 'chat'] as const])
  const channels = { ...policy.channels, critical: [...critical] }
  return {
    config: {
      language: 'en',
      timezone: 'UTC',
      vantages: {},
      groups: {},
      projects: { pay: project('pay'), shop: project('shop'), fenghuo: project('fenghuo') },
      policies: { default: { ...policy, acknowledgeOn, channels } },
      channels: {
        phone: { name: 'phone', type: 'phone', settings: { routes: [{ to: '+', type: 'simulated', settings: {} }] } },
        robot: { name: 'robot', type: 'robot', settings: {} },
        sms: { name: 'sms', type: 'sms', settings: { routes: [{ to: '+', type: 'texts', settings: {} }] } },
        email: { name: 'email', type: 'smtp', settings: {} },
      },
      checks: world.chance(0.15) ? [check] : [],
    },
    directory: { contacts, schedules: {}, overrides: [] },
    edited: false,
  }
}

/** Somebody leaves, gets another number, or nobody is left at all. */
export function edit(setting: Setting, world: World): void {
  const { lin, wang, chen } = contacts
  const after = world.pick([{ wang, chen }, { lin, wang, chen: { name: 'chen', phone: '+8613800000009' } }, {}])
  setting.directory = { ...setting.directory, contacts: after as Record<string, Contact> }
  setting.edited = true
}
