import type { Language } from '../contracts/words.ts'

const units = {
  d: { ms: 86_400_000, zh: ' 天' },
  h: { ms: 3_600_000, zh: ' 小时' },
  m: { ms: 60_000, zh: ' 分钟' },
  s: { ms: 1_000, zh: ' 秒' },
}

type Unit = keyof typeof units

/** A time in whole units, rounded down: `14m`, `14 分钟`. */
export function timeIn(language: Language, unit: Unit, ms: number): string {
  const { ms: size, zh } = units[unit]
  return `${Math.floor(ms / size)}${language === 'zh' ? zh : unit}`
}

/** Whole days, or hours when there are less than two days. */
export function daysIn(language: Language, ms: number): string {
  return timeIn(language, ms >= 2 * units.d.ms || ms % units.d.ms === 0 ? 'd' : 'h', ms)
}

/** `5.0s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)}s`
}

/** Somebody's text between quotation marks. */
export function quoted(text: string): string {
  return JSON.stringify(text)
}

/** A list whose end is only counted: `a, b and 3 more`. */
export function listIn(language: Language, named: string[], more = 0): string {
  const list = named.join(language === 'zh' ? '、' : ', ')
  if (more === 0) return list
  return language === 'zh' ? `${list} 等 ${named.length + more} 个` : `${list} and ${more} more`
}

/** 185238 → 185,238. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 partition`, `2 partitions`. */
export function several(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`
}
