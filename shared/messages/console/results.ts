import type { Language } from '../../contracts/words.ts'

/** What has become of what somebody asked for. */
export type ConsoleResultWords = Record<
  | 'acknowledged'
  | 'partly'
  | 'given-back'
  | 'snoozed'
  | 'escalated'
  | 'silenced'
  | 'silence-ended'
  | 'resolved'
  | 'merged'
  | 'split'
  | 'noted',
  string
>

/** Said of a silence that other regions could not be told of. */
export const silenceMissed: Record<Language, (regions: string) => string> = {
  zh: (regions) => `还未能告知 ${regions}，联系上后一分钟内照办。`,
  en: (regions) => `${regions} could not be told, and follows within a minute of being reached.`,
}

/** The words of `ConsoleResultWords`. */
export const consoleResultWords: Record<Language, ConsoleResultWords> = {
  zh: {
    acknowledged: '已认领，电话已停止。',
    partly: '已记下您的认领；还须其他人认领，继续呼叫。',
    'given-back': '已放弃认领，将再次呼叫。',
    snoozed: '已认领，到时再次呼叫。',
    escalated: '正在升级。',
    silenced: '已静默一小时。',
    'silence-ended': '静默已结束。',
    resolved: '已关闭。',
    merged: '已并入，那张没结束时它不呼叫任何人。',
    split: '已拆出，重新自行呼叫。',
    noted: '已记下。',
  },
  en: {
    acknowledged: 'You have it. The phones are quiet.',
    partly: 'Your word is in. Others have to take it, too: their phones go on.',
    'given-back': 'Given back. It pages again.',
    snoozed: 'You have it until then. It pages again after that.',
    escalated: 'It is being escalated.',
    silenced: 'Silenced for an hour.',
    'silence-ended': 'The silence is over.',
    resolved: 'Closed.',
    merged: 'Merged. It pages nobody while the other one goes on.',
    split: 'Taken out. It pages by itself again.',
    noted: 'Noted.',
  },
}
