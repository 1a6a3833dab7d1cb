import { describe, expect, it } from 'vitest'
import { readBrokers } from '../../../shared/checks/kafka-lag/protocol.ts'
import { fact } from '../../../shared/checks/run/fault.ts'
import { someIo } from '../records.ts'
import { closesAfterEach, kafka, read, settings, start } from './shop.ts'

closesAfterEach()

describe('what goes wrong is unknown, with its code', () => {
  it('a group that we may not read', async () => {
    await start()
    kafka.groups.orders = { commits: {}, error: 30 }
    await expect(read()).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-refused', {
        source: 'kafka',
        error: 'GROUP_AUTHORIZATION_FAILED',
        said: 'Not authorized to access group: Group authorization failed',
      }),
    })
  })

  it('a named topic that is not there', async () => {
    await start()
    await expect(read('orders', ['gone'])).rejects.toMatchObject({
      outcome: 'unknown',
      fault: { code: 'kafka-refused', args: { error: 'UNKNOWN_TOPIC_OR_PARTITION' } },
    })
  })

  it('no broker that can be reached', async () => {
    await start()
    const brokers = ['127.0.0.1:1', '127.0.0.1:2']
    await expect(read('orders', [], { brokers })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('connection-refused') }),
    })
  })

  it('but one that is down hides no other', async () => {
    await start()
    expect(await read('orders', [], { brokers: ['127.0.0.1:1', ...kafka.addresses] })).toHaveLength(1)
  })

  it('a connection that is reset', async () => {
    await start()
    kafka.fail({ api: 'OffsetFetch', kind: 'reset' })
    await expect(read()).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('connection-reset') }),
    })
  })

  it('an answer that is not Kafka', async () => {
    await start()
    kafka.fail({ api: 'OffsetFetch', kind: 'garbage' })
    const cut = new AbortController()
    const reading = readBrokers(settings(), { group: 'orders', topics: [] }, someIo(), cut.signal)
    setTimeout(() => cut.abort(), 200)
    await expect(reading).rejects.toMatchObject({ outcome: 'unknown' })
  })

  it('no answer at all, until the time is over', async () => {
    await start()
    kafka.fail({ api: 'ListOffsets', kind: 'silence' })
    const cut = new AbortController()
    const reading = readBrokers(settings(), { group: 'orders', topics: [] }, someIo(), cut.signal)
    setTimeout(() => cut.abort(), 100)
    await expect(reading).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-unreached', { source: 'kafka', fault: fact('cut-short') }),
    })
  })
})
