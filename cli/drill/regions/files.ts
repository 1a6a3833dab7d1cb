import { stringify } from 'yaml'
import { phoneChannel, policyOf } from '../files.ts'
import { LAYER_MS, people, project, type Region } from './cast.ts'

/** The rehearsal's fenghuo.yml, the same in all regions. */
export function fenghuoYml({ order, guardMs }: { order: readonly Region[]; guardMs: number }): string {
  return stringify({
    language: 'en',
    timezone: 'Asia/Shanghai',
    ...(order.length > 1 && { regions: [...order], guard: `${guardMs / 1000}s` }),
    vantages: Object.fromEntries(order.map((region) => [region, `aws/${region}`])),
    channels: { phone: phoneChannel() },
    policies: {
      default: policyOf(people, `${LAYER_MS / 1000}s`, ['phone']),
    },
    projects: { [project]: { title: 'Drill', chat: [], checks: {} } },
  })
}

/** The rehearsal's oncall.yml. */
export function oncallYml(): string {
  return stringify({
    contacts: Object.fromEntries(people.map(({ contact, name, phone }) => [contact, { name, phone }])),
  })
}
