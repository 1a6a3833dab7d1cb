import type { FenghuoFile } from './file.ts'
import type { Reader } from './reader.ts'

/** The id of the check that another one depends on: `api` is one of its own project, `pay/api` of any. */
export function dependencyId(project: string, dependsOn: string): string {
  return dependsOn.includes('/') ? dependsOn : `${project}/${dependsOn}`
}

/** Notes dependencies on checks that do not exist, and those that go in a circle. */
export function checkDependencies(reader: Reader, { projects }: FenghuoFile): void {
  const dependencies = new Map<string, string | undefined>()
  for (const [project, { checks }] of Object.entries(projects)) {
    for (const [name, { dependsOn }] of Object.entries(checks))
      dependencies.set(`${project}/${name}`, dependsOn === undefined ? undefined : dependencyId(project, dependsOn))
  }
  for (const [id, parent] of dependencies) {
    if (parent === undefined) continue
    const [project = '', name = ''] = id.split('/')
    const path = ['projects', project, 'checks', name, 'dependsOn']
    if (!dependencies.has(parent)) reader.note(path, `no check is named \`${parent}\``)
    else if (goesInCircle(id, dependencies)) reader.note(path, `${id} depends on itself in a circle`)
  }
}

function goesInCircle(id: string, dependencies: Map<string, string | undefined>): boolean {
  const met = new Set<string>()
  for (let at = dependencies.get(id); at !== undefined && !met.has(at); at = dependencies.get(at)) {
    if (at === id) return true
    met.add(at)
  }
  return false
}
