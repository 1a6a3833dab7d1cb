import { expect, it } from 'vitest'
import { envFor } from '../../local/functions.ts'

const env = {
  FENGHUO_TENCENT_URL: 'http://127.0.0.1:1',
  TENCENTCLOUD_SECRET_ID: 'sandbox-id',
  DEMO_URL: 'http://127.0.0.1:2',
}
const madeUp = { FENGHUO_TENCENT_URL: 'http://127.0.0.1:1', TENCENTCLOUD_SECRET_ID: 'sandbox-id' }

it.each([
  ['services/page/aws', env, 'texts go to the simulator'],
  [
    'services/probe/tencent',
    { DEMO_URL: env.DEMO_URL },
    'a CKafka check does not: it asks Tencent Cloud, or lacks its key',
  ],
])('%s: $2', (module, expected, _reason) => {
  expect(envFor({ module }, { env, madeUp })).toEqual(expected)
})
