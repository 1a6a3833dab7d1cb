import type { ReadQueues } from '../receipts/receipt-queues.ts'
import { findingsOf, skipped } from './finding.ts'

/** What doctor says of receipts that are read from queues of the vendor. */
export const found = findingsOf('receipt-queues', {
  read: ({ queues, at, variable }: ReadQueues, address: string) =>
    skipped(
      {
        en: `the function receipts at ${at} reads ${queues.join(', ')} and hands it to ${address}; its log tells whether it does`,
        zh: `由 ${at} 的函数 receipts 读取 ${queues.join('、')}，交给 ${address}；是否如此看它的日志`,
      },
      {
        en: `deploy serverless.aliyun.yml there with ${variable} set to that address`,
        zh: `把 ${variable} 设为这个地址，在那里部署 serverless.aliyun.yml`,
      },
    ),
})
