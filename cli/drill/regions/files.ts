import { stringify } from 'yaml'
import { phoneChannel, policyOf } from '../files.ts'
import { GUARD_MS, LAYER_MS, people, project, regions } from './cast.ts'

/** The rehearsal's fenghuo.yml, the same in both regions. */
export function fenghuoYml(): string {
  return stringify({
    language: 'en',
    timezone: 'Asia/Shanghai',
    regions: [...regions],
    guard: `${GUARD_MS / 1000}s`,
    vantages: Object.fromEntries(regions.map((region) => [region, `aws/${region}`])),
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
