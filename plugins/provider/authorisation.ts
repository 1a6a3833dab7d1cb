import type { Grant } from '../../shared/contracts/grant.ts'

/** All calls of some grants, each with its actions. */
export function actionsByCall(grants: Grant[]): Map<string, string[]> {
  const rows = grants.flatMap(({ calls }) => Object.entries(calls))
  return new Map(
    [...Map.groupBy(rows, ([call]) => call)].map(([call, all]) => [call, all.flatMap(([, actions]) => actions)]),
  )
}

/** What a grant allows, each action once, in the order of its calls. */
export function actionsOf({ calls }: Grant): string[] {
  return [...new Set(Object.values(calls).flat())]
}

/** The resources of a grant by their whole names; `own`: `fenghuo-`. */
export function resourcesOf({ on }: Grant, own: string): string[] {
  return on.map((resource) => resource.replaceAll('{own}', own))
}
