import { readTimeline } from '../../shared/store/incidents.ts'
import { brief } from '../failure.ts'
import { nameOf } from '../incidents/story-lines.ts'
import { PathWorld, policy } from './world.ts'

/** A world in which `web` of `pay` went down at 02:13 and only texts go out: to Lin and the robot. */
export async function texting(prepare: (world: PathWorld) => unknown = () => {}): Promise<PathWorld> {
  const world = new PathWorld({
    policies: { default: policy({ layers: [{ page: ['lin'], calls: 1, ackTimeoutMs: 300_000 }] }) },
  })
  await prepare(world)
  await world.alert('trigger', { severity: 'error' })
  return world.settle()
}

/** The messages of the timeline: `opened to ops: sent`. */
export async function told(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) =>
    line.kind === 'message'
      ? [`${line.what} to ${nameOf(line.to)}: ${[line.status, brief(line.failure)].filter(Boolean).join(', ')}`]
      : [],
  )
}
