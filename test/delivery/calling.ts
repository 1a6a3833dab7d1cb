import { readTimeline } from '../../shared/store/incidents.ts'
import { PathWorld, phones } from '../engine/world.ts'
import { brief } from '../failure.ts'

/** A world in which `web` of `pay` went down at 02:13; Lin is called once, then Wang. */
export async function calling(prepare: (world: PathWorld) => void = () => {}): Promise<PathWorld> {
  const world = new PathWorld()
  prepare(world)
  await world.alert('trigger')
  return world.settle()
}

/** The first call to Lin: the number, and the token of her phone line's first call. */
export const first = `${phones.lin} line:person-${phones.lin}:1`

/** What the timeline tells of each call. */
export async function callsTold(world: PathWorld): Promise<string[]> {
  const lines = await readTimeline({ project: 'pay', groupKey: 'web' }, world.io())
  return lines.flatMap((line) =>
    line.kind === 'call' ? [`${line.name} ${[line.outcome, brief(line.failure)].filter(Boolean).join(', ')}`] : [],
  )
}
