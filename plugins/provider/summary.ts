import { asWritten, type Bilingual, inLines } from '../../shared/contracts/words.ts'
import type { FoundFunction, FoundTimer, FoundUnit, State } from './backend.ts'
import type { Service } from './service.ts'

const states: Record<State['is'], Bilingual> = {
  ready: { en: 'ready', zh: '就绪' },
  busy: { en: 'busy', zh: '变更中' },
  failed: { en: 'failed', zh: '变更失败' },
  unusable: { en: 'unusable', zh: '不可用' },
}

/** A service as the framework shows one on AWS, under the same keys. Holds no value of an environment. */
export function summary({ name, stage, region }: Service, units: FoundUnit[]): Bilingual {
  const head = [`service: ${name}`, `stage: ${stage}`, `region: ${region}`].map(asWritten)
  if (units.length === 0) return inLines([...head, { en: 'functions: none is deployed', zh: 'functions: 没有部署' }])
  const functions = units.flatMap((unit) =>
    unit.functions.flatMap((fn) => [
      indented(functionLine(unit, fn), 2),
      ...[...fn.timers.map(timerLine), ...addressLines(fn)].map((line) => indented(line, 4)),
    ]),
  )
  return inLines([...head, asWritten('functions:'), ...functions])
}

function functionLine({ live, versions }: FoundUnit, { name, state }: FoundFunction): Bilingual {
  const others = versions.map(({ version }) => version).filter((version) => version !== live)
  const { en, zh } = stateWords(state)
  const isOnly = others.length === 0
  return {
    en: `${name}: ${en}, ${live === undefined ? 'no version is live' : `version ${live} is live`}${isOnly ? '' : `, also there: ${others.join(', ')}`}`,
    zh: `${name}：${zh}，${live === undefined ? '没有生效的版本' : `版本 ${live} 生效`}${isOnly ? '' : `，另有：${others.join('、')}`}`,
  }
}

function stateWords(state: State): Bilingual {
  const { en, zh } = states[state.is]
  return state.is === 'ready' ? { en, zh } : { en: `${en} (${state.reason})`, zh: `${zh}（${state.reason}）` }
}

function timerLine({ name, qualifier, schedule, enabled }: FoundTimer): Bilingual {
  return {
    en: `timer ${name} on ${qualifier}: ${schedule}${enabled ? '' : ' (disabled)'}`,
    zh: `定时器 ${name}（${qualifier}）：${schedule}${enabled ? '' : '（已停用）'}`,
  }
}

/** Where it is called, and where its own requests come from. */
function addressLines({ url, egress }: FoundFunction): Bilingual[] {
  const { address } = url ?? {}
  const own = url && { en: `address: ${address ?? 'not told'}`, zh: `地址：${address ?? '厂商没有给出'}` }
  const from = egress?.join(', ')
  const leaves = egress && {
    en: `its requests come from ${from || 'a fixed address, not told yet'}`,
    zh: `它的请求来自 ${from || '固定地址，厂商还没有给出'}`,
  }
  return [own, leaves].filter((line) => line !== undefined)
}

function indented({ en, zh }: Bilingual, by: number): Bilingual {
  return { en: ' '.repeat(by) + en, zh: ' '.repeat(by) + zh }
}
