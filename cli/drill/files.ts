import { stringify } from 'yaml'
import type { Player } from './cast.ts'

/** The rehearsal's only check. */
export const check = { id: 'drill/web', project: 'drill' }

/** In which messages are written. */
export const language = 'en'

/** The robots of the rehearsal's project. */
export const robots = ['wecom', 'dingtalk']

/**
 * The rehearsal's fenghuo.yml: one check of `url` that two looks from two of three clouds decide, one layer for each player, and a
 * channel of every kind. Credentials are references, so that the stack has none and sends to its sandboxes.
 */
export function fenghuoYml(url: string, players: Player[]): string {
  return stringify({
    language,
    timezone: 'Asia/Shanghai',
    vantages: { sg: 'aws/ap-southeast-1', gz: 'tencent/ap-guangzhou', hz: 'aliyun/cn-hangzhou' },
    channels: {
      phone: [{ to: '+', type: 'connect', instance: reference('CONNECT_INSTANCE_ID'), caller: '+6531580000' }],
      sms: [
        {
          to: '+86',
          type: 'tencent-sms',
          app: '1400006666',
          sign: '烽火演练',
          language,
          templates: { page: '2100001', resolved: '2100002' },
        },
      ],
      wecom: { type: 'wecom-robot', key: reference('WECOM_KEY') },
      dingtalk: { token: reference('DINGTALK_TOKEN'), secret: reference('DINGTALK_SECRET') },
      email: {
        type: 'smtp',
        host: 'smtp.example.com',
        port: 465,
        user: 'oncall@example.com',
        password: reference('SMTP_PASSWORD'),
        from: 'Fenghuo <oncall@example.com>',
      },
    },
    policies: {
      default: {
        layers: players.map(({ contact }) => ({ page: contact, calls: 1, ackTimeout: '60s' })),
        rounds: 1,
        channels: { critical: ['phone', 'sms', 'email', 'chat'] },
      },
    },
    projects: {
      drill: {
        title: 'Drill',
        chat: robots,
        checks: { web: { title: 'Web server', http: url, interval: '1m', timeout: '2s', confirm: '2/2' } },
      },
    },
  })
}

/** The rehearsal's oncall.yml. */
export function oncallYml(players: Player[]): string {
  const contacts = players.map(({ contact, name, phone, email }) => [contact, { name, phone, email }])
  return stringify({ contacts: Object.fromEntries(contacts) })
}

function reference(name: string): string {
  return `\${${name}}`
}
