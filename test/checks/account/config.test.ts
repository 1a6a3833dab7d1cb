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
    packages: [],
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
  ['robots of a cloud', { account: 'tencent', robots: [{ type: 'wecom-robot', key: 'k' }] }, 'not-of-account'],
  [
    'a balance of robots',
    { account: 'robots', robots: [{ type: 'slack', hook: 'h' }], down: { balance: 5 } },
    'not-of-account',
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
  ['an application that Alibaba Cloud has not', { account: 'aliyun', app: '1', signs: ['a'] }, 'not-of-account'],
  ['calls of a cloud without Connect', { account: 'aliyun', down: { calls: 5 } }, 'not-of-account'],
  ['a key for AWS, which the probe has', { account: 'aws', keyId: 'k', senders: ['A'] }, 'not-of-account'],
  ['nothing of AWS', { account: 'aws', region: 'us-east-1' }, 'nothing-asked'],
  ['packages without a limit', { account: 'aliyun', packages: ['短信'] }, 'packages-and-limit'],
  ['a limit of no packages', { account: 'aliyun', down: { packages: 5 } }, 'packages-and-limit'],
  ['calls of no instance', { account: 'aws', down: { calls: 5 } }, 'instance-missing'],
  ['a number of no instance', { account: 'aws', caller: '+6531580000' }, 'instance-missing'],
  ['an age of nobody’s keys', { account: 'aws', down: { keyAge: '9d' } }, 'keys-of-users'],
  ['users without an age', { account: 'aws', users: ['a'] }, 'keys-of-users'],
  [
    'fewer calls too late',
    { account: 'aws', instance: 'i', degraded: { calls: 5 }, down: { calls: 9 } },
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
