import { fault, findingsOf, ok, warning } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'

/** How many messages a queue holds. */
export interface Depth {
  waiting: number
  inHand: number
  delayed: number
}

function depthText({ waiting, inHand, delayed }: Depth): Bilingual {
  const en = [`${waiting} waiting`, inHand > 0 && `${inHand} in hand`, delayed > 0 && `${delayed} delayed`]
  const zh = [`${waiting} 条等待`, inHand > 0 && `${inHand} 条处理中`, delayed > 0 && `${delayed} 条延迟`]
  return { en: en.filter(Boolean).join(', '), zh: zh.filter(Boolean).join('，') }
}

function waited(seconds: number): Bilingual {
  return { en: `the oldest message waited ${seconds} s`, zh: `最老的消息等了 ${seconds} 秒` }
}

function logOf(name: string): Bilingual {
  return { en: `look at the log of ${name}`, zh: `查看 ${name} 的日志` }
}

/** What is found of the queues; `worker`: the function that works on one. */
export const found = findingsOf('queues', {
  'no-dead-letters': () =>
    fault(
      {
        en: 'does not give up into its dead-letter queue: what fails comes again for ever',
        zh: '没有接到死信队列：失败的消息会没完没了地再来',
      },
      { en: 'deploy again', zh: '重新部署' },
    ),
  depth: (depth: Depth) => ok(depthText(depth)),
  'too-deep': (depth: Depth, worker: string) => {
    const { en, zh } = depthText(depth)
    return warning(
      { en: `${en}: ${worker} does not keep up`, zh: `${zh}：${worker} 跟不上` },
      {
        en: `look at the log of ${worker}, and at the line of its queue`,
        zh: `查看 ${worker} 的日志和它的队列那一行`,
      },
    )
  },
  empty: () => ok({ en: 'empty', zh: '空' }),
  'dead-letters': (depth: Depth) =>
    warning(depthText(depth), {
      en: 'read, repair, delete: docs/runbook.md, "When an alarm of Fenghuo\'s own comes by mail"',
      zh: '读、修、删：见 docs/runbook.zh-CN.md',
    }),
  waited: (seconds: number) => ok(waited(seconds)),
  'waited-long': (seconds: number, worker: string) => warning(waited(seconds), logOf(worker)),
})
