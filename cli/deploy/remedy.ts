import type { Bilingual, Language } from '../../shared/contracts/words.ts'

/** What AWS and the way there say by message alone, and what to do about it. The other clouds' plugins say it themselves. */
const remedies: [RegExp, Bilingual][] = [
  [
    /provider credentials not found/i,
    {
      en: 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.',
      zh: '请设置 AWS_PROFILE，或 AWS_ACCESS_KEY_ID 和 AWS_SECRET_ACCESS_KEY。',
    },
  ],
  [
    /token .*is expired|ExpiredToken/i,
    {
      en: 'The AWS credentials have expired: get new ones, such as by aws sso login.',
      zh: 'AWS 凭证已过期：请重新获取，例如用 aws sso login。',
    },
  ],
  [
    /Signature (expired|not yet current)|RequestTimeTooSkewed|between the request time and/i,
    { en: "Set this machine's clock, by NTP.", zh: '请用 NTP 校准本机时钟。' },
  ],
  [
    /token .*is invalid|signature we calculated/i,
    { en: 'Check AWS_PROFILE or the keys in the environment.', zh: '请检查 AWS_PROFILE 或环境变量里的密钥。' },
  ],
  [
    /not authorized to perform|AccessDenied/i,
    {
      en: 'What it takes to deploy is the policy in docs/guides/aws.md.',
      zh: '部署所需的权限见 docs/guides/aws.zh-CN.md 里的策略。',
    },
  ],
  [
    /is in ROLLBACK_(COMPLETE|FAILED) state/,
    {
      en: 'Its first deployment failed: take that away with sls remove, and deploy again.',
      zh: '它的首次部署失败了：用 sls remove 删除，再部署。',
    },
  ],
  [
    /_IN_PROGRESS state/,
    {
      en: 'Somebody else deploys it at this moment: run this again, it waits for that.',
      zh: '此刻有别人在部署它：再执行一次，会等它完成。',
    },
  ],
  [
    /Rate exceeded|Throttling/i,
    { en: 'AWS is asked too often: run this again in a minute.', zh: '请求 AWS 过于频繁：过一分钟再执行。' },
  ],
  [
    /socket hang up|timed? ?out|ECONN|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/i,
    { en: 'Check the network, and run this again.', zh: '请检查网络，再执行一次。' },
  ],
]

/** The reason of a failed deployment on AWS, followed by what to do where that is known. */
export function withRemedy(reason: string, language: Language): string {
  const remedy = remedies.find(([says]) => says.test(reason))?.[1][language]
  if (remedy === undefined) return reason
  return `${/[.!?]$/.test(reason) ? reason : `${reason}.`} ${remedy}`
}
