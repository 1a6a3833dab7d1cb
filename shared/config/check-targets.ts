import { checkKindConfigs } from '../checks/registry.config.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import type { Reader } from './reader.ts'

const connecting = checkKindConfigs.filter(({ connectsToTarget }) => connectsToTarget).map(({ kind }) => kind)

/** Notes a target that stands for many hosts: nobody can connect to it. */
export function checkTargets(reader: Reader, { checks }: CompiledConfig): void {
  for (const { project, name, kind, target } of checks) {
    const host = target?.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/, '')
    if (!connecting.includes(kind) || host === undefined || !host.includes('*')) continue
    reader.note(['projects', project, 'checks', name, kind], `${host} stands for many hosts: name one of them`)
  }
}
