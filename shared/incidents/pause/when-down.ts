import type { CompiledCheck } from '../../contracts/compiled-config.ts'
import type { Matched } from './matched.ts'

/** The incident that a check has when it is down, as windows are matched with it. */
export function whenDown({ id, project, title, severity, target, labels }: CompiledCheck): Matched {
  return {
    project,
    groupKey: id,
    severity,
    sightings: [],
    source: target ?? id,
    title,
    summary: '',
    component: id,
    class: 'down',
    ...(labels && { labels }),
  }
}
