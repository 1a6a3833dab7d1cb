import type { CompiledConfig, CompiledPolicy } from '../../shared/contracts/compiled-config.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

export const phones: Record<string, string> = {
  lin: '+8613800000001',
  wang: '+8613800000002',
  tan: '+6590000003',
}

export const directory: Directory = {
  contacts: {
    lin: { name: '林悦', phone: '+8613800000001', email: 'lin@example.com' },
    wang: { name: '王磊', phone: '+8613800000002' },
    tan: { name: 'Tan Wei', phone: '+6590000003', language: 'en' },
  },
  schedules: {},
  overrides: [],
}

export const policy = (changes: Partial<CompiledPolicy> = {}): CompiledPolicy => ({
  layers: [
    { page: ['lin'], calls: 1, ackTimeoutMs: 300_000 },
    { page: ['wang'], calls: 1, ackTimeoutMs: 300_000 },
  ],
  rounds: 1,
  repeatEveryMs: 1_800_000,
  acknowledgeOn: 'key',
  channels: { critical: ['phone', 'chat'], error: ['sms', 'chat'], warning: ['chat'], info: [] },
  ...changes,
})

const project = (name: string, title: string) => ({
  name,
  title,
  policy: 'default',
  chat: ['ops'],
  severity: 'critical' as const,
  stormLimit: 50,
})

export const config = (changes: Partial<CompiledConfig> = {}): CompiledConfig => ({
  language: 'zh',
  timezone: 'Asia/Shanghai',
  vantages: {},
  groups: {},
  projects: { pay: project('pay', '支付'), shop: project('shop', '商城'), fenghuo: project('fenghuo', '烽火') },
  policies: { default: policy() },
  channels: {
    ops: { name: 'ops', type: 'robot', settings: { key: '${OPS_KEY}' } },
    sms: { name: 'sms', type: 'sms', settings: { routes: [{ to: '+86', type: 'texts', settings: {} }] } },
    email: { name: 'email', type: 'smtp', settings: {} },
    phone: {
      name: 'phone',
      type: 'phone',
      settings: {
        routes: [
          { to: '+86', type: 'connect', settings: { instance: '${INSTANCE}' } },
          { to: '+86', type: 'local', settings: {} },
          { to: '+65', type: 'connect', settings: { instance: '${INSTANCE}' } },
        ],
      },
    },
  },
  checks: [],
  ...changes,
})
