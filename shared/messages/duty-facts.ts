import type { Wording } from '../contracts/fact.ts'
import type { OwnFact } from '../evaluation/own-fact.ts'
import type { DutyReason } from '../incidents/duty/record.ts'
import { vantageName } from './places.ts'
import { dateAndTime } from './times.ts'

const zh = (region: string): string => vantageName(`aws/${region}`, 'zh')
const en = (region: string): string => vantageName(`aws/${region}`, 'en')

type DutyFact = Extract<OwnFact, { code: `duty-${string}` }>

/** What is said of which region has duty, and why. */
export const dutyWording: Wording<DutyReason | DutyFact> = {
  'duty-by-order': { zh: () => '按顺序', en: () => 'by the order' },
  'duty-silent': {
    zh: ({ region }) => `${zh(region)} 没有应答`,
    en: ({ region }) => `${en(region)} does not answer`,
  },
  'duty-faulty': {
    zh: ({ region }) => `${zh(region)} 收下消息却不处理`,
    en: ({ region }) => `${en(region)} does not work on what it takes`,
  },
  'duty-mute': {
    zh: ({ region }) => `${zh(region)} 没能打出电话`,
    en: ({ region }) => `${en(region)} could place no call`,
  },
  'duty-unpaged': {
    zh: ({ region }) => `${zh(region)} 正常却没有呼叫`,
    en: ({ region }) => `${en(region)} is well and does not page`,
  },
  'duty-alone': {
    zh: ({ region }) => `${zh(region)} 已不在部署中`,
    en: ({ region }) => `${en(region)} is not part of the deployment any more`,
  },
  'duty-back': {
    zh: ({ region }) => `${zh(region)} 已恢复`,
    en: ({ region }) => `${en(region)} is well again`,
  },
  'duty-taken': { zh: ({ by }) => `${by} 人工接手`, en: ({ by }) => `taken by ${by}` },
  'duty-released': { zh: ({ by }) => `${by} 已交还`, en: ({ by }) => `released by ${by}` },
  'duty-expired': { zh: ({ by }) => `${by} 接手的时间已到`, en: ({ by }) => `the time that ${by} took it for is over` },
  'duty-by-hand': {
    zh: ({ region, by, until, timezone }) =>
      `${by} 让 ${zh(region)} 接手值守，${until === undefined ? '直到交还' : `到 ${dateAndTime(until, timezone)}（${timezone}）`}`,
    en: ({ region, by, until, timezone }) =>
      `${by} has ${en(region)} page ${until === undefined ? 'until that is released' : `until ${dateAndTime(until, timezone)} (${timezone})`}`,
  },
  'duty-not-by-hand': {
    zh: ({ region }) => `重新按顺序值守：${zh(region)}`,
    en: ({ region }) => `Duty goes by the order again: ${en(region)}`,
  },
  'duty-elsewhere': {
    zh: ({ region, of, why }, say) => `${zh(region)} 代替 ${zh(of)} 呼叫：${say(why)}`,
    en: ({ region, of, why }, say) => `${en(region)} pages in the stead of ${en(of)}: ${say(why)}`,
  },
  'duty-in-order': {
    zh: ({ region }) => `${zh(region)} 恢复呼叫`,
    en: ({ region }) => `${en(region)} pages again`,
  },
}
