import type { Language } from '../../shared/contracts/words.ts'

interface PreviewWords {
  about: string
  incident: string
  sample: string
  channel: string
  html: string
  notes: string
  written: (file: string) => string
}

/** The words of `preview`. */
export const previewWords: Record<Language, PreviewWords> = {
  en: {
    about: 'Show a message as each channel says it, calls included, and send nothing',
    incident: 'of this incident as it stands now, such as 1024',
    sample: 'of an incident that never was',
    channel: 'of these types alone',
    html: 'write one page with a bubble for each channel into this file',
    notes: `Each goes through the channel's own code to a sandbox of its vendor on this machine, which refuses what the vendor would.
An incident's links and buttons are made up: nobody can take it by them.`,
    written: (file) => `written to ${file}`,
  },
  zh: {
    about: '按每个渠道的样子显示一条消息，电话也在内，不发送',
    incident: '这张告警单现在的样子，如 1024',
    sample: '一张虚构的告警单',
    channel: '只看这些类型',
    html: '写成一个网页文件，每个渠道一个气泡',
    notes: `消息经渠道自己的代码，送到本机上厂商的沙箱；厂商会拒绝的，沙箱也拒绝。
告警单的链接和按钮是假的，不能用来认领。`,
    written: (file) => `已写入 ${file}`,
  },
}
