import type { Bilingual } from '../contracts/words.ts'

/** What a stretch of a calendar is called in which nobody is on call. */
export const nobodyOnCall: Bilingual = { zh: '无人值班', en: 'nobody' }
