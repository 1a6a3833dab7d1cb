import type { Reach } from '../shared/contracts/reach.ts'

/** People with a policy of their own, one to a layer, and projects with robots of their own. */
export interface Tenant {
  name: string
  /** E.164, one per layer. */
  phones: string[]
  /** Project names. */
  projects: string[]
  channels: Reach[]
  /** As the configuration has it. */
  ackTimeout: string
}

/** What a group robot is known by. */
export interface Robot {
  wecomKey: string
  dingtalkToken: string
  dingtalkSecret: string
}

export const caller = '+6531580000'
/** Numbers that begin so are called by Alibaba Cloud, the others by Amazon Connect. */
export const ivrPrefix = '+86139'
export const ivr = {
  caller: '05710000000',
  templates: { zh: { page: 'TTS_1', several: 'TTS_2', taken: 'TTS_3', passed: 'TTS_4' } },
}
export const sms = { app: '1400006666', sign: '示例科技', templates: { page: '2100001', resolved: '2100002' } }

/**
 * Tenants that share nothing: a vendor's limits count per number and robot, so what one run used up must not slow the next.
 * `from` sets the first number apart from those of other tenants; `prefix` is +86138 unless it says otherwise.
 */
export function makeTenants(
  count: number,
  shape: {
    name: string
    from: number
    prefix?: string
    layers: number
    projects: number
    channels: Reach[]
    ackTimeout: string
  },
): Tenant[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${shape.name}${index + 1}`
    const phone = (layer: number) =>
      `${shape.prefix ?? '+86138'}${String(shape.from + index * shape.layers + layer).padStart(8, '0')}`
    return {
      name,
      phones: Array.from({ length: shape.layers }, (_, layer) => phone(layer)),
      projects: Array.from({ length: shape.projects }, (_, project) => `${name}-${project + 1}`),
      channels: shape.channels,
      ackTimeout: shape.ackTimeout,
    }
  })
}

export function robotOf(project: string): Robot {
  return {
    wecomKey: `wecom-key-${project}`,
    dingtalkToken: `dingtalk-token-${project}`,
    dingtalkSecret: `SEC-${project}`,
  }
}

/** What is watched beside the tenants' alerts, as the configuration has it. */
export interface Watched {
  vantages: Record<string, string>
  /** By their names. */
  checks: object
}

/** The configuration of all tenants. */
export function fenghuoFile(tenants: Tenant[], watched?: Watched): object {
  const projects = tenants.flatMap((tenant) => tenant.projects.map((name) => ({ name, policy: tenant.name })))
  const robots = projects.flatMap(({ name }) => {
    const { wecomKey, dingtalkToken, dingtalkSecret } = robotOf(name)
    return [
      [`wecom-${name}`, { type: 'wecom-robot', key: wecomKey }],
      [`dingtalk-${name}`, { type: 'dingtalk', token: dingtalkToken, secret: dingtalkSecret }],
    ] as const
  })
  return {
    language: 'zh',
    timezone: 'Asia/Shanghai',
    vantages: watched?.vantages ?? { sg: 'aws/ap-southeast-1' },
    channels: {
      phone: [
        { to: ivrPrefix, type: 'aliyun-ivr', ...ivr },
        { to: '+', type: 'connect', instance: '${CONNECT_INSTANCE_ID}', caller },
      ],
      sms: [{ to: '+86', type: 'tencent-sms', ...sms }],
      ...Object.fromEntries(robots),
    },
    policies: {
      // The path's own troubles need one; there should be none.
      default: {
        layers: [{ page: Object.keys(contactsOf(tenants))[0] }],
        channels: { critical: [], error: [], warning: ['phone'] },
      },
      ...Object.fromEntries(tenants.map((tenant) => [tenant.name, policyOf(tenant)])),
    },
    projects: {
      ...Object.fromEntries(
        projects.map(({ name, policy }) => [
          name,
          { title: '支付', policy, chat: [`wecom-${name}`, `dingtalk-${name}`], checks: {} },
        ]),
      ),
      ...(watched && { watched: { title: '网站', checks: watched.checks } }),
    },
  }
}

/** Everybody of all tenants. */
export function oncallFile(tenants: Tenant[]): object {
  return { contacts: contactsOf(tenants) }
}

function policyOf({ name, phones, channels, ackTimeout }: Tenant): object {
  return {
    layers: phones.map((_, layer) => ({ page: contactName(name, layer), calls: 1, ackTimeout })),
    rounds: 1,
    channels: { critical: channels },
  }
}

function contactsOf(tenants: Tenant[]): Record<string, object> {
  const contacts = tenants.flatMap(({ name, phones }) =>
    phones.map((phone, layer) => [contactName(name, layer), { name: '林悦', phone }] as const),
  )
  return Object.fromEntries(contacts)
}

function contactName(tenant: string, layer: number): string {
  return `${tenant}-${layer + 1}`
}
