import { layersOf, policy, type Setting, settingOf } from '../setting.ts'
import { World } from '../world.ts'

/** A world whose setting has nothing of its own: no storm, no pause, nobody who is called by another vendor. */
const PLAIN = 1

/** Who is on call for what several regions watch together. */
export function setting(world: World, needed: number | string[] | undefined): Setting {
  const plain = settingOf(new World(PLAIN), PLAIN)
  const channels = {
    ...policy.channels,
    critical: [
      ...world.pick([
        ['phone', 'chat'],
        ['phone', 'sms', 'chat'],
      ] as const),
    ],
  }
  const layers = world.size.isWarm ? layersOf(world, []) : policy.layers
  const usual = { ...policy, layers, acknowledgeOn: 'key' as const, channels }
  const { projects, channels: vendors } = plain.config
  return {
    ...plain,
    storms: false,
    redirects: false,
    config: {
      ...plain.config,
      projects,
      channels: vendors,
      policies: {
        default: { ...usual, ...(needed !== undefined && { acknowledgements: needed }) },
        own: usual,
        canary: usual,
      },
      checks: [],
    },
  }
}
