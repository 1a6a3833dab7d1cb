import { expect, it } from 'vitest'
import { accountConfig } from '../../../shared/checks/account/config.ts'
import { mistakeIn } from '../../../shared/contracts/mistake.ts'

it('what people write becomes what a probe needs', () => {
  const written = {
    account: 'tencent',
    app: '1400006666',
    degraded: { texts: 500, keyAge: '180d' },
    down: { texts: 50 },
  }
  expect(accountConfig.schema.parse(written)).toEqual({
    vendor: 'tencent',
    keyId: `\${TENCENTCLOUD_SECRET_ID}`,
    keySecret: `\${TENCENTCLOUD_SECRET_KEY}`,
    app: '1400006666',
    signs: [],
    templates: [],
    degraded: { texts: 500, keyAgeMs: 180 * 86_400_000 },
    down: { texts: 50 },
  })
})

it.each([
  ['asks for nothing', { account: 'tencent' }, 'nothing-asked'],
  ['packages without an application', { account: 'tencent', down: { texts: 5 } }, 'app-missing'],
  ['packages that nobody tells of', { account: 'aliyun', down: { texts: 5 } }, 'no-packages'],
  ['robots of nobody', { account: 'robots' }, 'nothing-asked'],
  ['robots of a cloud', { account: 'tencent', robots: [{ type: 'wecom-robot', key: 'k' }] }, 'of-robots'],
  [
    'a balance of robots',
    { account: 'robots', robots: [{ type: 'slack', hook: 'h' }], down: { balance: 5 } },
    'of-clouds',
  ],
  ['a robot by another’s key', { account: 'robots', robots: [{ type: 'wecom-robot', token: 't' }] }, 'robot-keys'],
  [
    'a signature that there is not',
    { account: 'robots', robots: [{ type: 'slack', hook: 'h', secret: 's' }] },
    'robot-keys',
  ],
  [
    'a warning after the end',
    { account: 'aliyun', degraded: { balance: 5 }, down: { balance: 5 } },
    'warning-too-late',
  ],
  [
    'a key that is old too late',
    { account: 'aliyun', degraded: { keyAge: '9d' }, down: { keyAge: '9d' } },
    'warning-too-late',
  ],
])('%s', (_, written, code) => {
  const { error } = accountConfig.schema.safeParse(written)
  expect(error?.issues.map((issue) => mistakeIn(issue).code)).toEqual([code])
})
