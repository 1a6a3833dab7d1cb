import { directory, type PathWorld, policy } from '../engine/world.ts'

const people = ['ana', 'bo', 'cai', 'di', 'eva']

/** Five people whose numbers begin so, all of whom are called at once, `calls` times each, for each of 300 alerts, which come now. */
export function storm(world: PathWorld, prefix: string, calls = 2) {
  const contacts = people.map((name, index) => ({ name, phone: `${prefix}${index}` }))
  world.directory = { ...directory, contacts: Object.fromEntries(contacts.map((one) => [one.name, one])) }
  world.config.policies.default = policy({
    layers: [{ page: people, calls, ackTimeoutMs: 300_000 }],
    channels: { critical: ['phone'], error: [], warning: [], info: [] },
  })
  const alerts = Array.from({ length: 300 }, (_, index) => ({
    action: 'trigger',
    dedupKey: `check-${index}`,
    project: 'pay',
    summary: `check ${index} is down`,
    at: world.now,
  }))
  return { numbers: contacts.map(({ phone }) => phone), alerts }
}
