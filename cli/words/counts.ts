import type { Language } from '../../shared/contracts/words.ts'

/** What commands count: in English with its plural, in Chinese with its measure word. */
const nouns = {
  alert: { en: ['alert', 'alerts'], zh: '条告警' },
  check: { en: ['check', 'checks'], zh: '项检查' },
  channel: { en: ['channel', 'channels'], zh: '个渠道' },
  contact: { en: ['contact', 'contacts'], zh: '位联系人' },
  deployment: { en: ['deployment', 'deployments'], zh: '个部署' },
  fault: { en: ['fault', 'faults'], zh: '个故障' },
  function: { en: ['function', 'functions'], zh: '个函数' },
  gap: { en: ['further gap', 'further gaps'], zh: '个空档' },
  incident: { en: ['incident', 'incidents'], zh: '张告警单' },
  mistake: { en: ['mistake', 'mistakes'], zh: '处错误' },
  number: { en: ['number', 'numbers'], zh: '个号码' },
  project: { en: ['project', 'projects'], zh: '个项目' },
  round: { en: ['round', 'rounds'], zh: '轮' },
  run: { en: ['run', 'runs'], zh: '次运行' },
  schedule: { en: ['schedule', 'schedules'], zh: '个排班' },
  shift: { en: ['further shift', 'further shifts'], zh: '个班次' },
  thing: { en: ['thing', 'things'], zh: '件事' },
  vantage: { en: ['vantage', 'vantages'], zh: '个观测点' },
  warning: { en: ['warning', 'warnings'], zh: '个警告' },
} satisfies Record<string, { en: [string, string]; zh: string }>

/** `1 check`, `12 checks`, `12 项检查`. */
export function several(count: number, noun: keyof typeof nouns, language: Language): string {
  const { en, zh } = nouns[noun]
  return `${count} ${language === 'zh' ? zh : en[count === 1 ? 0 : 1]}`
}
