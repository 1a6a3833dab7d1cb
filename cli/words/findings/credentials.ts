import { fault, findingsOf, ok, skipped } from '../../../shared/channels/diagnoses/finding.ts'
import type { Bilingual } from '../../../shared/contracts/words.ts'

function refused(reason: string): Bilingual {
  return { en: `refused: ${reason}`, zh: `被拒绝：${reason}` }
}

function noKey(id: string, secret: string) {
  return skipped(
    { en: 'no key here', zh: '这里没有密钥' },
    { en: `deploying to it takes ${id} and ${secret}`, zh: `部署到那里需要 ${id} 和 ${secret}` },
  )
}

/** Whose keys these are. */
export const found = findingsOf('credentials', {
  account: (id: string) => ok({ en: `account ${id}`, zh: `账号 ${id}` }),
  'aws-account': (id: string, who: string | undefined) =>
    ok({ en: `account ${id}, ${who ?? 'somebody'}`, zh: `账号 ${id}，${who ?? '某人'}` }),
  'aws-refused': (reason: string) =>
    fault(refused(reason), {
      en: 'check AWS_PROFILE or the keys, and the clock of this machine',
      zh: '检查 AWS_PROFILE 或密钥，以及本机时钟',
    }),
  'not-sts': () =>
    fault(
      { en: 'the answer is not one of STS', zh: '应答不是 STS 的' },
      { en: 'is there a proxy in between?', zh: '中间有代理吗？' },
    ),
  'no-tencent-key': () => noKey('TENCENTCLOUD_SECRET_ID', 'TENCENTCLOUD_SECRET_KEY'),
  'tencent-refused': (reason: string) =>
    fault(refused(reason), {
      en: 'check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY (and TENCENTCLOUD_TOKEN), and the clock of this machine',
      zh: '检查 TENCENTCLOUD_SECRET_ID 和 TENCENTCLOUD_SECRET_KEY（以及 TENCENTCLOUD_TOKEN），还有本机时钟',
    }),
  'no-aliyun-key': () => noKey('ALIBABA_CLOUD_ACCESS_KEY_ID', 'ALIBABA_CLOUD_ACCESS_KEY_SECRET'),
  'aliyun-refused': (reason: string) =>
    fault(refused(reason), {
      en: 'check ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET, and the clock of this machine',
      zh: '检查 ALIBABA_CLOUD_ACCESS_KEY_ID 和 ALIBABA_CLOUD_ACCESS_KEY_SECRET，以及本机时钟',
    }),
})
