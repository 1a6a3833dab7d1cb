import type { CompiledCheck, CompiledConfig, CompiledPolicy, CompiledProject } from '../contracts/compiled-config.ts'
import { OWN_PROJECT } from '../contracts/compiled-config.ts'
import { mistake } from '../contracts/mistake.ts'
import { ownProperty } from '../contracts/own-property.ts'
import { type Severity, severities } from '../contracts/words.ts'
import { usesOf } from '../oncall/layer-reach.ts'
import type { FenghuoFile } from './file.ts'
import type { Reader } from './reader.ts'

const TITLE = mistake('title-missing', {
  en: 'is missing: phone and SMS say it, so at most 12 characters and no dot',
  zh: '没有写：电话和短信要念它，最多 12 个字，不含句点',
})

/** Notes what would be told to nobody, or in words that a phone can't say. */
export function checkAudience(reader: Reader, file: FenghuoFile, config: CompiledConfig): void {
  const usual = file.defaults.policy ?? 'default'
  const isFile = reader.keys([]).length > 0
  if (isFile && usual === 'default' && !reader.keys(['policies']).includes(usual)) {
    const words = {
      en: "is missing: projects without a `policy` use it, and so do the system's own troubles",
      zh: '没有写：没有写 `policy` 的项目用它，系统自身的异常也用它',
    }
    reader.note(['policies', usual], mistake('policy-missing', words))
  }
  checkPolicies(reader, config)
  for (const project of Object.values(config.projects)) checkProject(reader, project, config)
  for (const check of config.checks) checkCheck(reader, check, config)
}

function checkPolicies(reader: Reader, config: CompiledConfig): void {
  // A channel with a mistake is missing here, and told already.
  const allChannels = reader.keys(['channels']).every((name) => ownProperty(config.channels, name))
  for (const [name, policy] of Object.entries(config.policies)) {
    const tellsNobody = severities.every((severity) => usesOf(policy, severity).length === 0)
    if (tellsNobody && allChannels) {
      const words = {
        en: 'tells nobody: list in `channels` what each severity uses',
        zh: '谁也不通知：在 `channels` 里写明各级用哪些渠道',
      }
      reader.note(['policies', name], mistake('tells-nobody', words), 'key')
    }
  }
}

function checkProject(reader: Reader, project: CompiledProject, config: CompiledConfig): void {
  const path = ['projects', project.name]
  const policy = ownProperty(config.policies, project.policy)
  if (!policy) return
  const isTitled = project.name === OWN_PROJECT || reader.get([...path, 'title']) !== undefined
  if (!isTitled && severities.some((severity) => isSpoken(policy, severity))) reader.note([...path, 'title'], TITLE)
  const chatOnly = severities.filter((severity) => usesOf(policy, severity).join() === 'chat')
  const written = reader.get([...path, 'chat']) ?? reader.get(['defaults', 'chat']) ?? []
  const listsNone =
    project.chat.length + (policy.layers[0]?.chat ?? []).length === 0 && Array.isArray(written) && written.length === 0
  if (chatOnly.length > 0 && listsNone) {
    const words = {
      en: `is missing: policy \`${project.policy}\` tells only robots of ${chatOnly.join(', ')}, and this project lists none`,
      zh: `没有写：策略 \`${project.policy}\` 的 ${chatOnly.join('、')} 只通知机器人，而这个项目一个也没有列`,
    }
    reader.note([...path, 'chat'], mistake('chat-missing', words))
  }
}

function checkCheck(reader: Reader, check: CompiledCheck, config: CompiledConfig): void {
  const path = ['projects', check.project, 'checks', check.name]
  const policy = ownProperty(config.policies, ownProperty(config.projects, check.project)?.policy ?? '')
  // What is no mapping has been told already.
  const isTitled = reader.keys(path).length === 0 || reader.get([...path, 'title']) !== undefined
  if (policy && !isTitled && isSpoken(policy, check.severity)) reader.note([...path, 'title'], TITLE)
  if (reader.keys(['vantages']).length === 0 && !check.isPassive) {
    const words = {
      en: 'is missing: there are no `vantages` to check from',
      zh: '没有写：没有 `vantages`，无处可以执行检查',
    }
    reader.note([...path, 'from'], mistake('vantages-missing', words))
  }
}

function isSpoken(policy: CompiledPolicy, severity: Severity): boolean {
  return usesOf(policy, severity).some((reach) => reach === 'phone' || reach === 'sms')
}
