import type { OwnFact } from '../../shared/evaluation/own-fact.ts'
import type { DutyReason } from '../../shared/incidents/duty/record.ts'

const region = 'ap-northeast-1'
const until = Date.parse('2026-11-22T16:30:00+08:00')
const timezone = 'Asia/Shanghai'

/** What watch says of who has duty. */
export type DutyCode = Extract<OwnFact['code'], `duty-${string}`>

/** What is told of who has duty: each code with arguments, and what is read of it. A code without an entry does not compile. */
export const factsOfDuty: {
  [Code in DutyReason['code'] | DutyCode]: [args: object, zh: string, en: string][]
} = {
  'duty-by-order': [[{}, '按顺序', 'by the order']],
  'duty-silent': [[{ region }, 'AWS 东京 没有应答', 'AWS Tokyo does not answer']],
  'duty-faulty': [[{ region }, 'AWS 东京 收下消息却不处理', 'AWS Tokyo does not work on what it takes']],
  'duty-mute': [[{ region }, 'AWS 东京 没能打出电话', 'AWS Tokyo could place no call']],
  'duty-unpaged': [[{ region }, 'AWS 东京 正常却没有呼叫', 'AWS Tokyo is well and does not page']],
  'duty-alone': [[{ region }, 'AWS 东京 已不在部署中', 'AWS Tokyo is not part of the deployment any more']],
  'duty-back': [[{ region }, 'AWS 东京 已恢复', 'AWS Tokyo is well again']],
  'duty-taken': [[{ by: 'Lin', until }, 'Lin 人工接手', 'taken by Lin']],
  'duty-released': [[{ by: 'Lin' }, 'Lin 已交还', 'released by Lin']],
  'duty-expired': [[{ by: 'Lin' }, 'Lin 接手的时间已到', 'the time that Lin took it for is over']],
  'duty-by-hand': [
    [
      { region, by: 'Lin', until, timezone },
      'Lin 让 AWS 东京 接手值守，到 2026-11-22 16:30（Asia/Shanghai）',
      'Lin has AWS Tokyo page until 2026-11-22 16:30 (Asia/Shanghai)',
    ],
    [
      { region, by: 'Lin', timezone },
      'Lin 让 AWS 东京 接手值守，直到交还',
      'Lin has AWS Tokyo page until that is released',
    ],
  ],
  'duty-not-by-hand': [[{ region }, '重新按顺序值守：AWS 东京', 'Duty goes by the order again: AWS Tokyo']],
  'duty-elsewhere': [
    [
      { region, of: 'ap-southeast-1', why: { code: 'duty-silent', args: { region: 'ap-southeast-1' } } },
      'AWS 东京 代替 AWS 新加坡 呼叫：AWS 新加坡 没有应答',
      'AWS Tokyo pages in the stead of AWS Singapore: AWS Singapore does not answer',
    ],
  ],
  'duty-in-order': [[{ region }, 'AWS 东京 恢复呼叫', 'AWS Tokyo pages again']],
}
