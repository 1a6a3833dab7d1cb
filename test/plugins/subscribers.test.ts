import { expect, it } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import { run } from './run-config.ts'

/** Which queues Lambda asks for `page` where the only status page has this under `subscribe`. */
async function polled(subscribe?: string[]) {
  const file = {
    vantages: { sg: 'aws/ap-southeast-1' },
    channels: {
      wecom: { type: 'wecom-robot', key: 'k' },
      email: {
        type: 'smtp',
        host: 'smtp.example.com',
        port: 465,
        user: 'u',
        password: '${SMTP_PASSWORD}',
        from: 'a@example.com',
      },
    },
    policies: { default: { layers: [{ page: 'lin' }], channels: { critical: ['chat'] } } },
    projects: {
      pay: { title: 'Pay', chat: ['wecom'], checks: { web: { title: 'Web', http: 'https://example.com' } } },
    },
    status: {
      pay: {
        title: 'Pay',
        components: { web: { title: 'Web', checks: ['pay/web'] } },
        ...(subscribe && { subscribe }),
      },
    },
  }
  const page: FunctionDefinition = {
    handler: 'services/page/aws.handler',
    environment: { FENGHUO_CONFIG: '.build/config/page.json' },
    events: [{ sqs: {} }, { sqs: { enabled: false } }],
  }
  await run(['package'], JSON.stringify(file), undefined, { page })
  return page.events?.map(({ sqs }) => sqs?.enabled)
}

it('Lambda asks the subscribers’ queue where a status page may have some, and is paid for it nowhere else', async () => {
  expect(await polled()).toEqual([undefined, false])
  expect(await polled(['webhook'])).toEqual([undefined, true])
  expect(await polled(['mail'])).toEqual([undefined, true])
})
