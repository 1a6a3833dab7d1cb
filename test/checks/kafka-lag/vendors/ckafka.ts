import { readCkafka } from '../../../../shared/checks/kafka-lag/ckafka.ts'
import type { CkafkaSettings } from '../../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../../shared/checks/run/fault.ts'
import { type CkafkaSimulator, startCkafkaSimulator } from '../../../simulators/ckafka.ts'
import type { FakeCluster } from '../../../simulators/kafka/apis.ts'
import { someIo } from '../../records.ts'
import { type KafkaVendor, KEY, type Key, ORDERS } from './vendor.ts'

const settings: CkafkaSettings = { type: 'ckafka', instance: 'ckafka-8xk2p9vd', region: 'ap-guangzhou' }
const env = { TENCENTCLOUD_SECRET_ID: KEY.id, TENCENTCLOUD_SECRET_KEY: KEY.secret }

const refused = (error: string, said: string) => fact('kafka-refused', { source: 'ckafka', error, said })

/** Tencent Cloud's CKafka. */
export const ckafka = {
  source: 'ckafka',
  start: (cluster: FakeCluster, { id, secret, token }: Key = KEY): Promise<CkafkaSimulator> =>
    startCkafkaSimulator({
      ...cluster,
      ...settings,
      secretId: id,
      secretKey: secret,
      ...(token === undefined ? {} : { token }),
    }),
  read: ({ url }, asked = {}) =>
    readCkafka(
      { ...settings, ...asked.own },
      { group: asked.group ?? ORDERS, topics: asked.topics ?? [] },
      someIo({ ...(asked.env ?? env), FENGHUO_TENCENT_URL: asked.url ?? url }),
      new AbortController().signal,
    ),
  ownKey: ({ id, secret }) => ({ secretId: id, secretKey: secret }),
  roleEnv: ({ id, secret, token = '' }) => ({
    TENCENTCLOUD_SECRETID: id,
    TENCENTCLOUD_SECRETKEY: secret,
    TENCENTCLOUD_SESSIONTOKEN: token,
  }),
  list: { action: 'DescribeGroup', page: 20 },
  group: { action: 'DescribeGroupOffsets', missing: 'InvalidParameterValue.GroupNotExist' },
  passing: [{ kind: 'rate-limit' }, { kind: 'error', code: 'InternalError' }],
  refusals: [
    {
      what: 'throttling that stays',
      failures: [{ kind: 'rate-limit' }, { kind: 'rate-limit' }, { kind: 'rate-limit' }],
      fault: { code: 'kafka-refused', args: { error: 'RequestLimitExceeded' } },
    },
    {
      what: 'an HTTP error that stays',
      failures: [500, 502, 503].map((status) => ({ kind: 'http', status })),
      fault: fact('kafka-http', { source: 'ckafka', status: 503 }),
    },
    {
      what: 'a failure of describing the group',
      failures: [{ kind: 'error', code: 'UnauthorizedOperation', operation: 'DescribeGroupInfo' }],
      fault: refused('UnauthorizedOperation', 'planned failure'),
    },
    {
      what: 'a wrong key',
      failures: [],
      asked: { env: { ...env, TENCENTCLOUD_SECRET_KEY: 'wrong' } },
      fault: refused('AuthFailure.SignatureFailure', 'The provided credentials could not be validated'),
    },
    {
      what: 'an instance that is not there',
      failures: [],
      asked: { own: { instance: 'ckafka-other' } },
      fault: refused('InvalidParameterValue.InstanceNotExist', 'The instance does not exist'),
    },
    {
      what: 'a region that is not there',
      failures: [],
      asked: { own: { region: 'ap-beijing' } },
      fault: { code: 'kafka-refused', args: { error: 'UnsupportedRegion' } },
    },
    {
      what: 'an answer that is none',
      failures: [{ kind: 'garbage' }],
      fault: fact('kafka-lost', { source: 'ckafka' }),
    },
  ],
} satisfies KafkaVendor
