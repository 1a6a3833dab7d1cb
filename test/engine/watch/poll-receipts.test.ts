import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { signedMns } from '../../../shared/clouds/aliyun/mns.ts'
import { type PollIo, pollReceipts } from '../../../shared/engine/watch/poll-receipts.ts'
import { type MnsSimulator, startMnsSimulator } from '../../simulators/mns.ts'
import { startVendorServer, type VendorServer } from '../../simulators/server.ts'

const VOICE = 'Alicom-Queue-1234567890-VoiceReport'
const TEXTS = 'Alicom-Queue-1234567890-SmsReport'
const key = { accessKeyId: 'LTAItest', accessKeySecret: 'secret' }

let now: number
let mns: MnsSimulator
let acknowledge: VendorServer
let status: number
let logged: Record<string, unknown>[]
let io: PollIo

beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 2, 14)
  status = 200
  logged = []
  const waits = (seconds: number) => {
    now += seconds * 1000
  }
  mns = await startMnsSimulator({ ...key, queues: [VOICE, TEXTS], now: () => now, waits })
  acknowledge = await startVendorServer({
    answer: () => ({ status, body: status === 200 ? { code: 0, msg: 'ok' } : {} }),
    refuse: () => ({ status: 503, body: {} }),
  })
  io = {
    key,
    fetch,
    env: { FENGHUO_ALIYUN_MNS_URL: mns.url, FENGHUO_ALIYUN_DYBASE_URL: mns.url },
    now: () => now,
    wait: async (ms) => {
      now += ms
    },
    log: (entry) => logged.push(entry),
    kept: new Map(),
  }
})
afterEach(() => Promise.all([mns.close(), acknowledge.close()]))

const voice = () => ({ queue: VOICE, to: `${acknowledge.url}/receipts/aliyun-voice/token` })
const texts = () => ({ queue: TEXTS, to: `${acknowledge.url}/receipts/aliyun-sms/token` })
const poll = (queues = [voice()], forMs = 55_000) => pollReceipts(queues, now + forMs, io)
const handed = () => acknowledge.requests.map(({ path, body }) => [path.split('/')[2], JSON.parse(body.toString())])
const asked = (operation: 'token' | 'receive' | 'delete') =>
  mns.requests.filter(({ method, path }) => {
    if (path === '/') return operation === 'token'
    return operation === (method === 'GET' ? 'receive' : 'delete')
  })

test('the signature is that of the vendor’s own tests', () => {
  // aliyun/aliyun-mns-java-sdk, ServiceSignatureTest.
  const at = Date.parse('Tue, 03 Jun 2025 11:23:48 GMT')
  const signed = signedMns('PUT', '/queues/TestQueue', { ...key, accessKeySecret: 'accessKeySecret111' }, at)
  expect(signed.authorization).toBe('MNS LTAItest:HCSlBi5KuXGNf06tZKFiQlNDt4c=')
})

describe('what is on a queue', () => {
  test('goes to acknowledge as the vendor would post it, and off the queue', async () => {
    mns.put(VOICE, { call_id: 'c1', out_id: 'o1', status_code: '300000', dtmf: '1' })
    mns.put(VOICE, { call_id: 'c2', status_code: '200003' })
    mns.put(TEXTS, { biz_id: 'b1', success: true })
    await poll([voice(), texts()])
    expect(handed()).toEqual(
      expect.arrayContaining([
        [
          'aliyun-voice',
          [expect.objectContaining({ call_id: 'c1', dtmf: '1' }), expect.objectContaining({ call_id: 'c2' })],
        ],
        ['aliyun-sms', [{ biz_id: 'b1', success: true }]],
      ]),
    )
    expect([mns.left(VOICE), mns.left(TEXTS)]).toEqual([0, 0])
  })

  test('of texts outside of the mainland is kept elsewhere', async () => {
    const keys = { AccessKeyId: 'a', AccessKeySecret: 'b', SecurityToken: 'c', ExpireTime: '2099-01-01 00:00:00' }
    const hosts = new Set<string>()
    const answering: typeof fetch = async (url) => {
      const { host } = new URL(String(url))
      hosts.add(host)
      now += 10_000
      return host.startsWith('dybaseapi')
        ? Response.json({ Code: 'OK', MessageTokenDTO: keys })
        : new Response('<Error><Code>MessageNotExist</Code></Error>', { status: 404 })
    }
    await pollReceipts([{ ...texts(), isIntl: true }], now + 55_000, { ...io, env: {}, fetch: answering })
    expect([...hosts]).toEqual([
      'dybaseapi.ap-southeast-1.aliyuncs.com',
      '1493622401794734.mns.ap-southeast-1.aliyuncs.com',
    ])
  })

  test('is taken sixteen at a time', async () => {
    for (let n = 0; n < 20; n++) mns.put(VOICE, { call_id: `c${n}` })
    await poll()
    expect(handed().map(([, all]) => all.length)).toEqual([16, 4])
    expect(mns.left(VOICE)).toBe(0)
  })

  test('and is no JSON is dropped, and holds up nothing', async () => {
    mns.put(VOICE, 'no JSON')
    mns.put(VOICE, { call_id: 'c1' })
    await poll()
    expect(handed()).toEqual([['aliyun-voice', [{ call_id: 'c1' }]]])
    expect(mns.left(VOICE)).toBe(0)
  })

  test('stays there while acknowledge has trouble, and comes again', async () => {
    status = 503
    mns.put(VOICE, { call_id: 'c1' })
    await poll([voice()], 20_000)
    expect(mns.left(VOICE)).toBe(1)
    status = 200
    now += 30_000
    await poll()
    expect(mns.left(VOICE)).toBe(0)
    expect(logged).toContainEqual(expect.objectContaining({ level: 'error', status: 503 }))
  })

  test('comes twice when its deletion was lost, which does no harm', async () => {
    mns.put(VOICE, { call_id: 'c1' })
    mns.fail({ kind: 'reset', operation: 'delete' })
    await poll()
    now += 30_000
    await poll()
    expect(handed()).toHaveLength(2)
    expect(mns.left(VOICE)).toBe(0)
  })
})

describe('a queue', () => {
  test('is asked to wait, so that a quiet minute is three requests', async () => {
    await poll()
    expect(asked('receive')).toHaveLength(3)
    expect(asked('receive').every(({ params }) => Number(params.get('waitseconds')) <= 20)).toBe(true)
  })

  test('that never waits is asked every three seconds, not as fast as the line is', async () => {
    await mns.close()
    mns = await startMnsSimulator({ ...key, queues: [VOICE], now: () => now })
    io.env = { FENGHUO_ALIYUN_MNS_URL: mns.url, FENGHUO_ALIYUN_DYBASE_URL: mns.url }
    await poll()
    expect(asked('receive').length).toBeLessThan(20)
  })

  test('has keys of its own, which are kept from run to run and fetched again before they are over', async () => {
    await poll()
    await poll()
    expect(asked('token')).toHaveLength(1)
    now += 3_600_000 - 110_000
    await poll()
    expect(asked('token')).toHaveLength(2)
  })

  test('whose keys are revoked gets new ones', async () => {
    await poll()
    mns.revoke()
    mns.put(VOICE, { call_id: 'c1' })
    await poll()
    expect(mns.left(VOICE)).toBe(0)
  })

  test('that there is not is said, and holds up no other', async () => {
    mns.put(TEXTS, { biz_id: 'b1', success: true })
    await poll([{ ...voice(), queue: 'Alicom-Queue-9-VoiceReport' }, texts()])
    expect(mns.left(TEXTS)).toBe(0)
    expect(logged).toContainEqual(
      expect.objectContaining({ level: 'error', error: expect.stringContaining('isp.QUEUE_NOT_EXIST') }),
    )
  })

  test('whose line breaks is asked again in the same run', async () => {
    mns.put(VOICE, { call_id: 'c1' })
    mns.fail({ kind: 'reset', operation: 'receive' }, { kind: 'garbage', operation: 'token' })
    await poll()
    expect(mns.left(VOICE)).toBe(0)
  })

  test('is left before the function’s time is up', async () => {
    const end = now + 55_000
    await poll()
    expect(now).toBeLessThanOrEqual(end)
  })
})
