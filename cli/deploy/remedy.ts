/** What AWS and the way there say by message alone, and what to do about it. The other clouds' plugins say it themselves. */
const remedies: [RegExp, string][] = [
  [/provider credentials not found/i, 'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'],
  [/token .*is expired|ExpiredToken/i, 'The AWS credentials have expired: get new ones, such as by aws sso login.'],
  [
    /Signature (expired|not yet current)|RequestTimeTooSkewed|between the request time and/i,
    "Set this machine's clock, by NTP.",
  ],
  [/token .*is invalid|signature we calculated/i, 'Check AWS_PROFILE or the keys in the environment.'],
  [/not authorized to perform|AccessDenied/i, 'What it takes to deploy is the policy in docs/guides/aws.md.'],
  [
    /is in ROLLBACK_(COMPLETE|FAILED) state/,
    'Its first deployment failed: take that away with sls remove, and deploy again.',
  ],
  [/_IN_PROGRESS state/, 'Somebody else deploys it at this moment: run this again, it waits for that.'],
  [/Rate exceeded|Throttling/i, 'AWS is asked too often: run this again in a minute.'],
  [
    /socket hang up|timed? ?out|ECONN|ENOTFOUND|EAI_AGAIN|ENETUNREACH|EHOSTUNREACH/i,
    'Check the network, and run this again.',
  ],
]

/** The reason of a failed deployment on AWS, followed by what to do where that is known. */
export function withRemedy(reason: string): string {
  const remedy = remedies.find(([says]) => says.test(reason))?.[1]
  if (remedy === undefined) return reason
  return `${/[.!?]$/.test(reason) ? reason : `${reason}.`} ${remedy}`
}
