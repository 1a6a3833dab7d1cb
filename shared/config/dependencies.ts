import { mistake } from '../contracts/mistake.ts'
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
    const noCheck = { en: `no check is named \`${parent}\``, zh: `没有名为 \`${parent}\` 的检查` }
    const circle = { en: `${id} depends on itself in a circle`, zh: `${id} 绕了一圈依赖自己` }
    if (!dependencies.has(parent)) reader.note(path, mistake('not-named', noCheck))
    else if (goesInCircle(id, dependencies)) reader.note(path, mistake('circle', circle))
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
