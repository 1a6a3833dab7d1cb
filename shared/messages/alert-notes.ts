import type { AlertNote } from '../contracts/alert-note.ts'
import type { Wording } from '../contracts/fact.ts'
import type { Language } from '../contracts/words.ts'
import { words } from './words.ts'

/** What was put right of an alert. */
export const alertNoteWording: Wording<AlertNote> = {
  'severity-unknown': {
    en: ({ given, taken }) => `the severity "${given}" is not known: taken as ${taken}`,
    zh: ({ given, taken }) => `不认识严重程度“${given}”：按“${words.zh.severity[taken]}”处理`,
  },
  'severity-missing': {
    en: ({ taken }) => `no severity is given: taken as ${taken}`,
    zh: ({ taken }) => `没有给出严重程度：按“${words.zh.severity[taken]}”处理`,
  },
  'source-missing': {
    en: ({ taken }) => `no source is given: taken as ${taken}`,
    zh: ({ taken }) => `没有给出来源：按“${taken}”处理`,
  },
  'summary-cut': {
    en: ({ characters }) => `the summary had ${characters} characters and was cut`,
    zh: ({ characters }) => `摘要有 ${characters} 个字符，已截断`,
  },
  'summary-missing': {
    en: () => 'no summary is given: the key stands for it',
    zh: () => '没有给出摘要：用去重键代替',
  },
  'time-unreadable': {
    en: ({ given }) => `the time "${given}" can't be read: the time of arrival is used`,
    zh: ({ given }) => `时间“${given}”无法识别：改用收到的时间`,
  },
  'time-ahead': {
    en: ({ given }) => `the time "${given}" lies ahead: the time of arrival is used`,
    zh: ({ given }) => `时间“${given}”在将来：改用收到的时间`,
  },
  'key-shortened': {
    en: ({ characters }) => `the dedup key had ${characters} characters: a digest of it is used`,
    zh: ({ characters }) => `去重键有 ${characters} 个字符：改用其摘要值`,
  },
  'links-dropped': {
    en: ({ count }) => `links left out because they are no http(s) URL: ${count}`,
    zh: ({ count }) => `略去不是 http(s) 网址的链接：${count} 个`,
  },
  'details-dropped': {
    en: ({ bytes, limit }) => `the body has ${bytes} bytes, more than ${limit}: paged without its details`,
    zh: ({ bytes, limit }) => `请求体有 ${bytes} 字节，超过 ${limit}：不带详情告警`,
  },
  'alerts-truncated': {
    en: ({ count }) => `the sender left out alerts of this group: ${count}`,
    zh: ({ count }) => `发送方略去了本组的告警：${count} 条`,
  },
  'alerts-unreadable': {
    en: ({ count, first }) => `alerts that can't be read: ${count}, the first at ${first}`,
    zh: ({ count, first }) => `无法识别的告警：${count} 条，第一条在 ${first}`,
  },
  'fields-unreadable': {
    en: ({ fields }) => `left out because they can't be read: ${fields.join(', ')}`,
    zh: ({ fields }) => `略去无法识别的内容：${fields.join('、')}`,
  },
  'sender-test': {
    en: () => 'this is a test of the sender',
    zh: () => '这是发送方的测试',
  },
}

/** A note as a sentence. Who has nothing else to tell needs the words of no check. */
export function alertNoteIn(language: Language, { code, args }: AlertNote): string {
  return alertNoteWording[code][language](args as never, () => '')
}
