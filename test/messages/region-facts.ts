import type { FailoverFact, FailoverReason, RegionFault } from '../../shared/evaluation/failover-fact.ts'
import type { OwnFact } from '../../shared/evaluation/own-fact.ts'

const why = { code: 'http-status', args: { status: 502 } }
const queue = 'arn:aws:sqs:us-east-1:123456789012:orders'
const instance = 'arn:aws:connect:us-east-1:123456789012:instance/1111'
const ofQueue = { of: queue, service: 'sqs', said: '' }

/** What watch says of another region of the deployment. */
export type OwnRegionCode = Extract<OwnFact['code'], `region-${string}`>

/** What is told of regions: each code with arguments, and what is read of it. A code without an entry does not compile. */
export const factsOfRegions: {
  [Code in (FailoverFact | FailoverReason | RegionFault)['code'] | OwnRegionCode]: [
    args: object,
    zh: string,
    en: string,
  ][]
} = {
  'region-differs': [
    [
      { region: 'ap-northeast-1', projects: ['pay', 'shop'], more: 0 },
      'AWS 东京 的联系人、排班或替班与这里不同（pay、shop）：执行 bin/fenghuo.js apply',
      'AWS Tokyo has other contacts, schedules or overrides than here (pay, shop): run bin/fenghuo.js apply',
    ],
    [
      { region: 'ap-northeast-1', projects: ['pay'], more: 3 },
      'AWS 东京 的联系人、排班或替班与这里不同（pay，还有 3 个项目）：执行 bin/fenghuo.js apply',
      'AWS Tokyo has other contacts, schedules or overrides than here (pay and 3 more): run bin/fenghuo.js apply',
    ],
  ],
  'region-same': [
    [
      { region: 'ap-northeast-1' },
      'AWS 东京 的联系人、排班和替班与这里一致',
      'AWS Tokyo has the contacts, schedules and overrides that are here',
    ],
  ],
  'region-late': [
    [
      { region: 'ap-northeast-1', minutes: 7 },
      'AWS 东京 没有在处理收到的消息，已 7 分钟：它无法呼叫，也无法看守',
      'AWS Tokyo has not worked on what it takes for 7 min: it neither pages nor guards',
    ],
  ],
  'region-never-worked': [
    [
      { region: 'ap-northeast-1' },
      'AWS 东京 从未处理过收到的消息，它无法呼叫，也无法看守：用 bin/fenghuo.js doctor 查明原因，再重新部署那个地域',
      'AWS Tokyo has never worked on what it takes, and neither pages nor guards: see with bin/fenghuo.js doctor what is wrong there, and deploy that region again',
    ],
  ],
  'region-unread': [
    [
      { region: 'ap-northeast-1', said: 'ECONNRESET' },
      '读不到 AWS 东京 的表：ECONNRESET',
      'The tables of AWS Tokyo cannot be read: ECONNRESET',
    ],
  ],
  'region-unanswering': [
    [
      { region: 'ap-northeast-1', said: 'ECONNRESET' },
      'AWS 东京 不回答询问，看守到时只能当它已失联，两个地域会同时呼叫：ECONNRESET',
      'AWS Tokyo answers no questions: a guard that runs out takes it for lost, and both page: ECONNRESET',
    ],
  ],
  'region-other-secret': [
    [
      { region: 'ap-northeast-1' },
      'AWS 东京 的密钥与这里不同，互相不接受告知：按指南复制密钥，重新部署那个地域',
      "AWS Tokyo has another secret, and neither takes the other's words: replicate the secret as the guide says, and deploy that region again",
    ],
  ],
  'region-clock': [
    [
      { region: 'ap-northeast-1', seconds: -40 },
      'AWS 东京 函数的时钟比队列慢 40 秒',
      "The clock of functions in AWS Tokyo is 40 s behind its queues'",
    ],
  ],
  'region-clock-apart': [
    [
      { region: 'ap-northeast-1', seconds: 45 },
      'AWS 东京 的时钟比这里快 45 秒',
      'The clock of AWS Tokyo is 45 s ahead of the one here',
    ],
  ],
  'region-well': [[{ region: 'ap-northeast-1' }, 'AWS 东京 正常', 'AWS Tokyo is well']],
  'region-other-version': [
    [
      { region: 'ap-northeast-1', version: 'f760c79' },
      'AWS 东京 运行的版本与这里不同（f760c79）：能照常工作；把各地域部署成同一版本',
      'AWS Tokyo runs another version than here (f760c79): it works; deploy the same one to all regions',
    ],
    [
      { region: 'ap-northeast-1' },
      'AWS 东京 运行的版本与这里不同：能照常工作；把各地域部署成同一版本',
      'AWS Tokyo runs another version than here: it works; deploy the same one to all regions',
    ],
  ],
  'region-same-version': [
    [{ region: 'ap-northeast-1' }, 'AWS 东京 运行的版本与这里相同', 'AWS Tokyo runs the version that is here'],
  ],
  'region-gone': [
    [
      { region: 'ap-northeast-1' },
      'AWS 东京 不再是这个部署的地域',
      'AWS Tokyo is no region of this deployment any more',
    ],
  ],
  'region-silent': [
    [
      { of: queue, service: 'sqs', error: 'ECONNRESET' },
      'SQS 没有应答（orders）：ECONNRESET',
      'no answer of SQS for orders: ECONNRESET',
    ],
  ],
  'region-failed': [[{ ...ofQueue, status: 503 }, 'SQS 出错（orders，HTTP 503）', 'SQS failed for orders (HTTP 503)']],
  'region-throttled': [[ofQueue, 'SQS 正忙（限流，orders）', 'SQS is busy (throttled) for orders']],
  'region-not-allowed': [[ofQueue, '没有权限查看 SQS 的 orders', 'may not look at orders of SQS']],
  'region-without': [[{ ...ofQueue, said: 'gone' }, 'SQS 中没有 orders：gone', 'SQS has no orders: gone']],
  'queue-not-consumed': [
    [
      { of: queue, ageMs: 300_000 },
      '队列 orders 收得进却无人处理：最早的一条已等 5 分钟',
      'nobody works on the queue orders, though it accepts: the oldest message has waited 5 min',
    ],
  ],
  'queue-age-unknown': [
    [
      { of: queue, waiting: 3 },
      '队列 orders 有 3 条在等，等了多久不详',
      'messages wait on the queue orders (3), for how long is not known',
    ],
  ],
  'instance-not-active': [
    [
      { of: instance, status: 'CREATION_FAILED' },
      'Connect 实例 1111 不可用：CREATION_FAILED',
      'the Connect instance 1111 is not active: CREATION_FAILED',
    ],
  ],
  'quota-too-low': [
    [
      { of: instance, calls: 10, needed: 40 },
      'Connect 实例 1111 的配额只允许同时 10 通电话，需要 40 通',
      'the quota of the Connect instance 1111 allows 10 calls at once, and 40 are needed',
    ],
  ],
  'region-faulty': [
    [{ region: 'us-east-1', fault: why }, 'AWS 弗吉尼亚 异常：HTTP 502', 'AWS Virginia is faulty: HTTP 502'],
  ],
  'region-back': [
    [{ region: 'us-east-1', forMs: 300_000 }, 'AWS 弗吉尼亚 已正常 5 分钟', 'AWS Virginia has been well for 5 min'],
  ],
  'region-unlisted': [
    [{ region: 'us-east-1' }, 'AWS 弗吉尼亚 已不在配置中', 'AWS Virginia is in the configuration no longer'],
  ],
  'failover-elsewhere': [
    [
      { failover: 'orders', from: 'us-east-1', to: 'us-west-2', why },
      'orders 改由 AWS 俄勒冈 承接，不再是 AWS 弗吉尼亚：HTTP 502',
      'orders is served by AWS Oregon, no longer by AWS Virginia: HTTP 502',
    ],
  ],
  'failover-home': [
    [
      { failover: 'orders', region: 'us-east-1' },
      'orders 恢复由 AWS 弗吉尼亚 承接',
      'orders is served by AWS Virginia again',
    ],
  ],
  'failover-none-well': [
    [
      {
        failover: 'orders',
        keeps: 'us-west-2',
        faults: [{ region: 'us-east-1', fault: why }, { region: 'us-west-2' }],
      },
      'orders 没有一个地域正常，仍由 AWS 俄勒冈 承接。AWS 弗吉尼亚：HTTP 502；AWS 俄勒冈：未知',
      'orders is well in no region; AWS Oregon keeps serving. AWS Virginia: HTTP 502; AWS Oregon: unknown',
    ],
  ],
  'failover-well-again': [
    [
      { failover: 'orders', region: 'us-west-2' },
      'orders 又有正常的地域：由 AWS 俄勒冈 承接',
      'orders is well again: AWS Oregon serves it',
    ],
  ],
}
