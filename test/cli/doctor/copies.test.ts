import { expect, it, onTestFinished } from 'vitest'
import { copies } from '../../../cli/doctor/copies.ts'
import { startOss } from '../../simulators/cloud-buckets.ts'
import { startS3 } from '../../simulators/s3.ts'
import { fenghuoYml } from '../terminal.ts'
import { configOf, deployed, lines, now, patientWith } from './patient.ts'

const keys = { ALIBABA_CLOUD_ACCESS_KEY_ID: 'ali', ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'ali-secret' }
const OSS = 'cloud: aliyun, bucket: example-status, region: cn-hangzhou, prefix: pay'
const S3 = 'bucket: example-status, region: eu-west-1, prefix: pay'

async function started() {
  const place = { writable: ['example-status/pay/'], now: () => now }
  const oss = await startOss({
    keyId: 'ali',
    keySecret: 'ali-secret',
    buckets: { 'example-status': 'cn-hangzhou', 'another-status': 'cn-shanghai' },
    region: 'cn-hangzhou',
    ...place,
  })
  const s3 = await startS3({
    accessKeyId: 'AKIDTEST',
    secretAccessKey: 'secret',
    buckets: { 'example-status': 'eu-west-1' },
    ...place,
  })
  onTestFinished(async () => void (await Promise.all([oss.close(), s3.close()])))
  /** What is found of a copy where watch has these variables. */
  const found = (copy: string, env: Record<string, string> = {}) => {
    const status = `status:\n  pay: { title: P, url: "https://a.example.com/status/pay", copy: { ${copy} }, components: { web: { title: W, checks: [pay/web] } } }\n`
    const variables = { FENGHUO_ALIYUN_URL: oss.url, AWS_ENDPOINT_URL_S3: s3.url, ...env }
    const lambda = async () => deployed(variables)
    return lines(copies, patientWith({}, { config: configOf(`${fenghuoYml}\n${status}`), lambda }))
  }
  return { oss, s3, found }
}

it('a bucket that takes copies has an object put into it, by the key that watch has, and it is looked for', async () => {
  const { oss, s3, found } = await started()
  expect(await found(OSS, keys)).toEqual([
    'ok pay (example-status): pay/fenghuo-doctor.txt was put there, and is there',
  ])
  expect(oss.objects.get('example-status/pay/fenghuo-doctor.txt')?.body).toContain('2026-11-21T18:13:00.000Z')
  expect(await found(S3)).toEqual(['ok pay (example-status): pay/fenghuo-doctor.txt was put there, and is there'])
  expect([...s3.objects.keys()]).toEqual(['example-status/pay/fenghuo-doctor.txt'])
})

it.each<[why: string, copy: string, env: Record<string, string>, said: RegExp]>([
  ['variables that watch lacks', OSS, {}, /^fault .* watch lacks ALIBABA_CLOUD_ACCESS_KEY_ID, ALIBABA/],
  [
    'an unknown key',
    OSS,
    { ...keys, ALIBABA_CLOUD_ACCESS_KEY_ID: 'x' },
    /does not know the key \(InvalidAccessKeyId\)/,
  ],
  ['a wrong secret', OSS, { ...keys, ALIBABA_CLOUD_ACCESS_KEY_SECRET: 'x' }, /secret is another one \(SignatureDoes/],
  ['no such bucket', OSS.replace('example', 'no'), keys, /^fault .* no such bucket in this region \(NoSuchBucket\)/],
  ['another folder', OSS.replace(', prefix: pay', ''), keys, /^fault .* nobody who signs so may put it there/],
  [
    'a bucket of another region',
    OSS.replace('example', 'another'),
    keys,
    /^fault .* is in another region \(AccessDenied\)/,
  ],
  [
    'rights that only watch has',
    S3.replace('pay', 'shop'),
    {},
    /^skipped .* you may not put shop\/fenghuo-doctor\.txt/,
  ],
  ['S3 in another region', S3.replace('eu-west-1', 'eu-west-2'), {}, /^fault .* another region \(AuthorizationHeader/],
  ['nobody who answers', OSS, { ...keys, FENGHUO_ALIYUN_URL: 'http://127.0.0.1:1' }, /^fault .* it cannot be reached/],
])('%s: said in its own words', async (_, copy, env, said) => {
  const { found } = await started()
  expect(await found(copy, env)).toEqual([expect.stringMatching(said)])
})
