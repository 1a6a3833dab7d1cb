import type { Language } from '../../shared/contracts/words.ts'
import { whyWords as told } from '../../shared/messages/why-words.ts'

const en = {
  ...told.en,
  about: 'Why an incident paged whom it paged: each decision with its rule, and why somebody was not called',
  key: 'of an alert, or a check’s name, that paged nobody',
  project: 'whose key (usually: all that fenghuo.yml has)',
  notes:
    'Rules are told as fenghuo.yml has them here and now, at a console as they are deployed; people as the contacts table has them.',
  one: 'say which: the number of an incident, such as `why 1024`, or --key with the key of an alert',
  keysProject: '--project goes with --key: a number is of one incident, whatever its project',
}

const zh: typeof en = {
  ...told.zh,
  about: '告警单为何呼叫了这些人：每个决定及其规则，以及为何没有呼叫某人',
  key: '没有呼叫任何人的告警的键，或检查的名称',
  project: '哪个项目的键（通常为 fenghuo.yml 的所有项目）',
  notes: '规则以此处当前的 fenghuo.yml 为准，在控制台则以已部署的为准；人员以联系人表为准。',
  one: '写明哪一个：告警单编号，如 `why 1024`；或用 --key 写告警的键',
  keysProject: '--project 要与 --key 一起用：一个编号只有一张告警单，不分项目',
}

/** The words of `why`. */
export const whyWords: Record<Language, typeof en> = { en, zh }
