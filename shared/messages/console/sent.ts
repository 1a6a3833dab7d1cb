import { spaced } from '../../contracts/spaced.ts'

/** What is said of an incident that another region has sent. */
export const consoleSentWords = {
  zh: {
    notHeard: (number: string, from: string, own: string) =>
      spaced`#${number}是 ${from} 的告警单，这里（${own}）还没有收到，或已被遗忘。稍后再打开，或到 ${from} 的控制台查看。`,
  },
  en: {
    notHeard: (number: string, from: string, own: string) =>
      `#${number} is an incident of ${from}. This one, ${own}, has not heard of it yet, or has forgotten it: open it again in a moment, or on the console of ${from}.`,
  },
}
