import type { Language } from '../contracts/words.ts'

/** What the console says to programs of a field that it cannot take; `field` is its path, `body` the whole. */
export interface ApiWords {
  /** `type` as JSON has it. */
  type: (field: string, type: string) => string
  least: (field: string, least: string) => string
  most: (field: string, most: string) => string
  oneOf: (field: string, known: string) => string
  unknown: (field: string, keys: string) => string
  wrong: (field: string) => string
  /** Nobody whom the incident's project knows. */
  nobody: (field: string, known: string) => string
  cursor: string
}

export const apiWords: Record<Language, ApiWords> = {
  zh: {
    type: (field, type) => `${field}: 应为 ${type}`,
    least: (field, least) => `${field}: 至少 ${least}`,
    most: (field, most) => `${field}: 至多 ${most}`,
    oneOf: (field, known) => `${field}: 应为其中之一：${known}`,
    unknown: (field, keys) => `${field}: 没有这样的键：${keys}`,
    wrong: (field) => `${field}: 写法不对，见 /api/v1/openapi.json`,
    nobody: (field, known) => `${field}: 本项目没有此人或排班；有：${known}`,
    cursor: 'cursor: 应为上一页的 next；没有它则从第一页开始',
  },
  en: {
    type: (field, type) => `${field}: has to be of type ${type}`,
    least: (field, least) => `${field}: at least ${least}`,
    most: (field, most) => `${field}: at most ${most}`,
    oneOf: (field, known) => `${field}: has to be one of ${known}`,
    unknown: (field, keys) => `${field}: has no such keys: ${keys}`,
    wrong: (field) => `${field}: is not as /api/v1/openapi.json describes it`,
    nobody: (field, known) => `${field}: nobody whom this project knows; there are ${known}`,
    cursor: 'cursor: has to be `next` of the page before; without it the list begins anew',
  },
}
