import { fault, findingsOf, ok, skipped, typed, warning } from '../../../shared/channels/finding.ts'
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

/** `in eu-west-1, …`; nothing is said of a region that is not known. */
function placed(region: string | undefined, { en, zh }: Bilingual): Bilingual {
  return region === undefined ? { en, zh } : { en: `in ${region}, ${en}`, zh: `在 ${region}，${zh}` }
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
  'standby-no-dead-letters': (region: string | undefined) =>
    fault(placed(region, { en: 'without a dead-letter queue', zh: '没有死信队列' }), {
      en: 'deploy the standby again',
      zh: '重新部署备用队列',
    }),
  'standby-empty': (region: string | undefined) => ok(placed(region, { en: 'empty', zh: '空' })),
  'standby-used': (region: string | undefined, depth: Depth) => {
    const { en, zh } = depthText(depth)
    const words = {
      en: `${en}: probes do not reach the primary region, or forward does not bring them there`,
      zh: `${zh}：探针连不上主地域，或 forward 没有把消息送过去`,
    }
    return warning(placed(region, words), {
      en: 'look at the log of forward in that region',
      zh: '查看那个地域里 forward 的日志',
    })
  },
  'standby-not-ours': () =>
    skipped({
      en: 'the queue is none of serverless.standby.yml: what empties it is yours to know',
      zh: '这个队列不是 serverless.standby.yml 的：由谁清空要你自己清楚',
    }),
  'forward-astray': (to: string, events: string, deploy: Record<'stage' | 'region' | 'primary', string | undefined>) =>
    fault(
      {
        en: `it brings messages to ${to || 'nowhere'}, and the events queue is ${events}`,
        zh: `它把消息送到 ${to || '别处（没有地址）'}，而事件队列是 ${events}`,
      },
      typed(
        `npx sls deploy --config serverless.standby.yml --stage ${deploy.stage} --region ${deploy.region} --param="primaryRegion=${deploy.primary}"`,
      ),
    ),
  forwards: (region: string) =>
    ok({
      en: `in ${region}, called by the queue, brings messages to the events queue`,
      zh: `在 ${region}，由队列调用，把消息送到事件队列`,
    }),
})
