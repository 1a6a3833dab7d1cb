import type { Language } from '../shared/contracts/words.ts'

interface ChannelsWords {
  head: string
  overview: string[]
  person: string
  group: string
  anyName: string
  ownSettings: string
  perSecond: (count: number) => string
  perMinute: (count: number) => string
  perDay: (count: number) => string
  seconds: (count: number) => string
  limitsFrom: (source: string) => string
  codes: string[]
  codesFrom: (source: string) => string
  nextChannel: string
  again: (seconds: number) => string
  perhapsSent: string
  keys: string[]
  said: (vendorCode: string, words: string) => string
  lastResort: string
  variables: string[]
  ofProbesOn: (type: string, clouds: string) => string
  list: string
}

/** What the page of channels says around what channels say of themselves. */
export const channelsWords: Record<Language, ChannelsWords> = {
  en: {
    head: `# Channels

[简体中文](channels.zh-CN.md)

<!-- Written by \`npx node cli/schema.ts\` from shared/channels; a test compares. -->

What each channel is, takes and keeps within; how to get one is in [setting up channels](guides/channels.md). Fenghuo stays below
\`bytes\`, of one message, and \`at most\`; a vendor that locks out hears nothing for so long from whoever sends more.`,
    overview: [
      'type',
      'channel',
      'under `channels`',
      'reaches',
      'bytes',
      'at most',
      'locks out for',
      'key of a contact',
      'its address is moved by',
    ],
    person: 'a person',
    group: 'a group',
    anyName: 'any name',
    ownSettings: 'its settings',
    perSecond: (count) => `${count} a second`,
    perMinute: (count) => `${count} a minute`,
    perDay: (count) => `${count} a day`,
    seconds: (count) => `${count} s`,
    limitsFrom: (source) => `Source of the limits: ${source}.`,
    codes: ['code of the vendor', 'meaning', 'what to do', 'then'],
    codesFrom: (source) => `Source of the codes: ${source}.`,
    nextChannel: 'the next channel takes over',
    again: (seconds) => `again after ${seconds} s`,
    perhapsSent: 'perhaps sent',
    keys: ['key of a call', ''],
    said: (vendorCode, words) => `${vendorCode} with ${words}`,
    lastResort: `## The last resort

What probes use when they reach no queue, by variables of their own environment alone:
[docs/guides/last-resort.md](guides/last-resort.md) says how.`,
    variables: ['variable', 'channel', ''],
    ofProbesOn: (type, clouds) => `${type}, of probes on ${clouds}`,
    list: '; ',
  },
  zh: {
    head: `# 渠道

[English](channels.md)

<!-- 由 \`npx node cli/schema.ts\` 从 shared/channels 生成，有测试比对。 -->

每个渠道是什么、要什么设置、有什么限额；如何申请见[开通渠道](guides/channels.zh-CN.md)。每条消息不超过“字节”一栏，发送不快于“上限”；
有的厂商会把超限者停用一段时间。`,
    overview: ['类型', '渠道', '在 `channels` 下', '通知', '字节', '上限', '停用', '联系人的键', '改变其地址的变量'],
    person: '个人',
    group: '群',
    anyName: '任意名称',
    ownSettings: '自己的设置',
    perSecond: (count) => `每秒 ${count}`,
    perDay: (count) => `每天 ${count}`,
    perMinute: (count) => `每分钟 ${count}`,
    seconds: (count) => `${count} 秒`,
    limitsFrom: (source) => `限额出处：${source}。`,
    codes: ['厂商的错误码', '含义', '怎么办', '之后'],
    codesFrom: (source) => `错误码出处：${source}。`,
    nextChannel: '改用下一个渠道',
    again: (seconds) => `${seconds} 秒后再试`,
    perhapsSent: '可能已发出',
    keys: ['通话中的按键', ''],
    said: (vendorCode, words) => `${vendorCode}，含 ${words}`,
    lastResort: `## 兜底通知

探针连不上任何队列时所用，只靠自己环境里的变量：见[兜底通知](guides/last-resort.zh-CN.md)。`,
    variables: ['变量', '渠道', ''],
    ofProbesOn: (type, clouds) => `${type}，${clouds} 的探针`,
    list: '；',
  },
}
