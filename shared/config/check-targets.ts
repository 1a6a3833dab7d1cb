import { checkKindConfigs } from '../checks/registered/configs.ts'
import type { CompiledConfig } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import type { Reader } from './reader.ts'

const connecting = checkKindConfigs.filter(({ connectsToTarget }) => connectsToTarget).map(({ kind }) => kind)

/** Notes a target that stands for many hosts: nobody can connect to it. */
export function checkTargets(reader: Reader, { checks }: CompiledConfig): void {
  for (const { project, name, kind, target } of checks) {
    const host = target?.replace(/^[a-z]+:\/\//i, '').replace(/[/?#].*$/, '')
    if (!connecting.includes(kind) || host === undefined || !host.includes('*')) continue
    const words = { en: `${host} stands for many hosts: name one of them`, zh: `${host} 代表许多主机：写其中一个` }
    reader.note(['projects', project, 'checks', name, kind], mistake('many-hosts', words))
  }
}
