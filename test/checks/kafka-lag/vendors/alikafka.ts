import { readFileSync } from 'node:fs'
import { readAlikafka } from '../../../../shared/checks/kafka-lag/alikafka.ts'
import type { AlikafkaSettings } from '../../../../shared/checks/kafka-lag/spec.ts'
import { fact } from '../../../../shared/checks/run/fault.ts'
import { startAlikafkaSimulator } from '../../../simulators/alikafka.ts'
import { someIo } from '../../records.ts'
import { type KafkaVendor, KEY, ORDERS } from './vendor.ts'

const settings: AlikafkaSettings = { type: 'alikafka', instance: 'alikafka_post-cn-x', region: 'cn-hangzhou' }
const env = { ALIBABA_CLOUD_ACCESS_KEY_ID: KEY.id, ALIBABA_CLOUD_ACCESS_KEY_SECRET: KEY.secret }

/** As the documentation shows it. */
const inside200 = JSON.parse(
  readFileSync(new URL('../../../samples/alibaba-alikafka-error-in-200.json', import.meta.url), 'utf8'),
)

const refused = (error: string, said: string) => fact('kafka-refused', { source: 'alikafka', error, said })
const thrice = <T>(one: T): T[] => [one, one, one]

/** Alibaba Cloud's AliKafka. */
export const alikafka: KafkaVendor = {
  source: 'alikafka',
  start: (cluster, { id, secret, token } = KEY) =>
    startAlikafkaSimulator({
      ...cluster,
      ...settings,
      accessKeyId: id,
      accessKeySecret: secret,
      ...(token === undefined ? {} : { securityToken: token }),
      now: Date.now,
    }),
  read: ({ url }, asked = {}) =>
    readAlikafka(
      { ...settings, ...asked.own },
      { group: asked.group ?? ORDERS, topics: asked.topics ?? [] },
      someIo({ ...(asked.env ?? env), FENGHUO_ALIYUN_URL: asked.url ?? url }),
      new AbortController().signal,
    ),
  ownKey: ({ id, secret }) => ({ accessKeyId: id, accessKeySecret: secret }),
  roleEnv: ({ id, secret, token = '' }) => ({
    ALIBABA_CLOUD_ACCESS_KEY_ID: id,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: secret,
    ALIBABA_CLOUD_SECURITY_TOKEN: token,
  }),
  list: { action: 'GetConsumerList', page: 50 },
  group: { action: 'GetConsumerProgress', missing: 'ResourceNotFound.Group' },
  // The second was taken before its answer was lost: a try that is not signed anew would be refused for its nonce.
  passing: [{ kind: 'rate-limit' }, { kind: 'http', status: 503, taken: true }],
  refusals: [
    {
      what: 'throttling that stays',
      failures: thrice({ kind: 'rate-limit' }),
      fault: refused('Throttling.User', 'Request was denied due to user flow control'),
    },
    {
      what: 'an error inside a 200 that stays',
      failures: thrice({ kind: 'error', code: inside200.Code, message: inside200.Message }),
      fault: refused('500', 'System internal error'),
    },
    { what: 'an HTTP error without a code', failures: [{ kind: 'http', status: 403 }], fault: refused('HTTP 403', '') },
    {
      what: 'a wrong key',
      failures: [],
      asked: { env: { ...env, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'wrong' } },
      // What the vendor repeats of the request stays out.
      fault: refused('SignatureDoesNotMatch', 'Specified signature is not matched with our calculation'),
    },
    {
      what: 'an instance that is not ours',
      failures: [],
      asked: { own: { instance: 'other' } },
      fault: { code: 'kafka-refused', args: { error: 'AUTH_RESOURCE_OWNER_ERROR' } },
    },
    {
      what: 'a region that is not there',
      failures: [],
      asked: { own: { region: 'cn-beijing' } },
      fault: { code: 'kafka-refused', args: { error: 'InvalidRegionId' } },
    },
    {
      what: 'an answer that is none',
      failures: [{ kind: 'garbage' }],
      fault: fact('kafka-malformed', { source: 'alikafka', part: 'JSON' }),
    },
  ],
}
