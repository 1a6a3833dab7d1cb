import type { Bilingual } from '../../shared/contracts/words.ts'
import { differenceText } from './fields.ts'
import type { Preparation, Settling } from './plan.ts'

/** What is done to one function. Its words are the same before it is done and while. */
const words: Record<(Preparation | Settling)['do'], Bilingual> = {
  create: { en: 'create', zh: '创建' },
  recreate: { en: 'create again', zh: '重新创建' },
  'update code': { en: 'update code', zh: '更新代码' },
  'update configuration': { en: 'update configuration', zh: '更新配置' },
  'update tags': { en: 'update tags', zh: '更新标签' },
  'create timer': { en: 'create timer', zh: '创建定时器' },
  'update timer': { en: 'update timer', zh: '更新定时器' },
  'delete timer': { en: 'delete timer', zh: '删除定时器' },
  'open url': { en: 'open url', zh: '开通函数 URL' },
  'close url': { en: 'close url', zh: '关闭函数 URL' },
  'put asynchronous invocation': { en: 'put asynchronous invocation', zh: '设置异步调用' },
  'delete asynchronous invocation': { en: 'delete asynchronous invocation', zh: '删除异步调用设置' },
  'reserve concurrency': { en: 'reserve concurrency', zh: '预留并发' },
  'delete reserved concurrency': { en: 'delete reserved concurrency', zh: '取消预留并发' },
}

/** What a step does, in few words, with its timer's name. */
export function stepWords(step: Preparation | Settling): Bilingual {
  const { en, zh } = words[step.do]
  return 'timer' in step ? { en: `${en} ${step.timer.name}`, zh: `${zh} ${step.timer.name}` } : { en, zh }
}

/** What a step that makes the working copy does, and why. Of fields that may hold secrets no value is told. */
export function preparationWords(step: Preparation, secretFields: readonly string[]): Bilingual {
  const { en, zh } = stepWords(step)
  if (step.do === 'recreate')
    return { en: `${en}, for it could not be created: ${step.reason}`, zh: `${zh}，因为此前未能创建：${step.reason}` }
  if (step.do !== 'update configuration' || step.differences.length === 0) return { en, zh }
  const differences = step.differences.map((one) => differenceText(one, secretFields))
  return { en: `${en}: ${differences.join(', ')}`, zh: `${zh}：${differences.join('、')}` }
}

/** What is done to a unit or, where it is removed, to a function. */
export const unitWords = {
  release: { en: 'publish a version and make it live', zh: '发布新版本并生效' },
  publish: { en: 'publish a version', zh: '发布新版本' },
  goLive: (version: string): Bilingual => ({ en: `version ${version} goes live`, zh: `版本 ${version} 生效` }),
  remove: { en: 'remove', zh: '删除' },
  removeUnwanted: { en: 'remove, for it is not in the configuration any more', zh: '删除，因为配置里已没有它' },
  forget: (version: string): Bilingual => ({ en: `delete version ${version}`, zh: `删除版本 ${version}` }),
}
