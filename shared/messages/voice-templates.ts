import type { PhoneKeys } from '../contracts/phone-keys.ts'
import type { Instant, Language } from '../contracts/words.ts'
import type { Notice } from '../incidents/notice.ts'
import { plainName, projectName, titleName } from './names.ts'
import { joined, lastedSo, sayMenu, scope, stateOf, worstFirst } from './voice.ts'

/** What a variable of an approved template may be filled with. Vendors refuse the names id, email, mobile, nick and site. */
export type VoiceSlot = 'number' | 'project' | 'title' | 'state' | 'scope' | 'lasted' | 'count'

/** What a call is about, for vendors that take approved templates alone: of its worst incident, and how many there are. */
export type VoiceSlots = Record<VoiceSlot, string>

/** Of calls with keys: `page` and `several` end in a menu, `taken`, `snoozed` and `passed` answer its keys. */
export type MenuTemplate = 'page' | 'several' | 'taken' | 'snoozed' | 'passed'

/** Of calls without keys, about one incident or several: they say where to take them. A shared number takes two variables each. */
export type NoticeTemplate = 'notice' | 'notices'

// In all of them each variable is used once, no two touch or are parted by punctuation alone, and none of the characters
// # / : - % ¥ $ [ ] 【 】 stands.

/** The templates to have approved by a vendor whose calls take these keys. */
export function menuTemplates(keys: PhoneKeys): Record<Language, Record<MenuTemplate, string>> {
  const { zh, en } = opening
  return {
    zh: {
      page: zh.page + sayMenu('one', keys, 'zh'),
      several: zh.several + sayMenu('count', keys, 'zh'),
      taken: '已认领，再见。',
      snoozed: '已认领一小时，到时未恢复将再次呼叫，再见。',
      passed: '已转给下一位，再见。',
    },
    en: {
      page: en.page + sayMenu('one', keys, 'en'),
      several: en.several + sayMenu('count', keys, 'en'),
      taken: 'You have taken it. Goodbye.',
      snoozed: 'You have taken it for an hour. If it goes on, we will call again. Goodbye.',
      passed: 'Passed to the next one. Goodbye.',
    },
  }
}

/** The templates to have approved by a vendor whose calls take no keys. */
export const noticeTemplates: Record<Language, Record<NoticeTemplate, string>> = {
  zh: {
    notice: '值班告警，${project}项目的${title}出现异常。本电话不能按键认领，请打开群消息、短信或邮件里的链接认领。',
    notices:
      '值班告警，共有${count}个告警，最严重的是${title}。本电话不能按键认领，请打开群消息、短信或邮件里的链接认领。',
  },
  en: {
    notice:
      'In project ${project}, the service ${title} is in trouble. This call takes no keys. To take it, open the link in your chat, text message or mail.',
    notices:
      'You have ${count} alerts. The worst is ${title}. This call takes no keys. To take them, open the link in your chat, text message or mail.',
  },
}

/** What is said before the menu. */
const opening = {
  zh: {
    page: '值班告警${number}号，${project}项目的${title}状态为${state}，影响${scope}，已持续${lasted}。',
    several: '值班告警，${project}项目有${count}个告警，最严重的是${title}，状态为${state}。',
  },
  en: {
    page: 'Alert ${number}. In project ${project}, the service ${title} is ${state}, affecting ${scope}, for ${lasted}. ',
    several: 'In project ${project} there are ${count} alerts. The worst is ${title}, which is ${state}. ',
  },
}

/** The variables of a template, in their order. */
export function variablesOf(template: string): string[] {
  return [...template.matchAll(/\$\{(\w*)\}/g)].map(([, name = '']) => name)
}

const unknownScope: Record<Language, string> = { zh: '范围待确认', en: 'places not known yet' }

/** The values for the variables of a call's template; none is empty. `now` dates the incidents. Throws without an incident. */
export function voiceSlots(notices: Notice[], language: Language, now: Instant): VoiceSlots {
  const [worst] = worstFirst(notices)
  if (worst === undefined) throw new Error('A call is about an incident')
  const projects = new Set(notices.map(({ project }) => project)).size
  const project = projectName(worst, language)
  const others = { zh: `等${projects}个`, en: ` and ${projects - 1} more` }[language]
  const where = plainName(joined(scope(worst, language).failing, language, ' '))
  return {
    number: String(worst.number),
    project: projects === 1 ? project : project + others,
    title: titleName(worst, language),
    state: stateOf(worst, language),
    scope: where === '' ? unknownScope[language] : where,
    lasted: lastedSo(worst, language, now),
    count: String(notices.length),
  }
}
