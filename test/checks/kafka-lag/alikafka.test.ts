import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { fact } from '../../../shared/checks/run/fault.ts'
import { signedRpc } from '../../../shared/clouds/aliyun/rpc.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'
import { alikafka } from './vendors/alikafka.ts'

const sample = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../samples/${name}.json`, import.meta.url), 'utf8'))

let server: VendorServer | undefined
afterEach(() => server?.close())

it('signs as the documentation says', () => {
  const { accessKeyId, accessKeySecret, headers, query, authorization } = sample('alibaba-acs3-vector.selfcomputed')
  const { host, ...others } = headers
  const signed = signedRpc(
    {
      url: new URL(`https://${host}/`),
      action: headers['x-acs-action'],
      version: headers['x-acs-version'],
      parameters: Object.fromEntries(new URLSearchParams(query)),
    },
    { accessKeyId, accessKeySecret },
    Date.parse(headers['x-acs-date']),
    headers['x-acs-signature-nonce'],
  )
  expect(signed).toEqual({ url: `https://${host}/?${query}`, headers: { ...others, authorization } })
})

describe('an answer', () => {
  async function answering(body: unknown) {
    server = await startVendorServer({
      answer: () => ({ status: 200, body }),
      refuse: () => ({ status: 500, body: {} }),
    })
    return alikafka.read(server, { group: 'g' })
  }

  it('as the documentation shows it is understood: only the partition that a member holds is held', async () => {
    expect(await answering(sample('alibaba-alikafka-get-consumer-progress-response'))).toEqual([
      {
        group: 'g',
        at: expect.any(Number),
        state: 'Stable',
        members: 1,
        topics: [
          {
            topic: 'test',
            partitions: [
              [0, 4, 9, true],
              [1, 10, 20, false],
            ],
          },
        ],
      },
    ])
  })

  it('without an offset is one of a partition that nobody committed on', async () => {
    const OffsetList = {
      OffsetList: [
        { Partition: 0, BrokerOffset: 9 },
        { Partition: 1, BrokerOffset: 9, ConsumerOffset: -1 },
      ],
    }
    const [group] = await answering({
      Success: true,
      Code: 200,
      ConsumerProgress: { State: 'EMPTY', TopicList: { TopicList: [{ Topic: 't', OffsetList }] } },
    })
    expect(group?.topics[0]?.partitions).toEqual([
      [0, null, 9, false],
      [1, null, 9, false],
    ])
  })

  it.each([
    ['lists that are none', { TopicList: [] }, 'TopicList'],
    [
      'a partition as text',
      { TopicList: { TopicList: [{ Topic: 't', OffsetList: { OffsetList: [{ Partition: '0' }] } }] } },
      'Partition',
    ],
  ])('with %s is unknown', async (_what, ConsumerProgress, part) => {
    await expect(answering({ Success: true, Code: 200, ConsumerProgress })).rejects.toMatchObject({
      outcome: 'unknown',
      fault: fact('kafka-malformed', { source: 'alikafka', part }),
    })
  })
})
