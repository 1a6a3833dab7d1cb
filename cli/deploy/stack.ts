import { element } from '../../shared/clouds/aws/answer.ts'
import { type AwsCallIo, callAws } from '../../shared/clouds/aws/call.ts'
import { credentialsFor } from '../../shared/clouds/aws/clients.ts'
import type { Env } from '../../shared/clouds/aws/lambda.ts'
import type { Language } from '../../shared/contracts/words.ts'
import { awsEnv } from '../target.ts'
import { deployWords } from '../words/deploy.ts'
import type { Deployment } from './deployments.ts'

/** The services' names in the framework's configurations. */
const services: Record<Deployment['role'], string> = {
  primary: 'fenghuo',
  probe: 'fenghuo-probe',
}

const ANSWER_MS = 5_000
const POLL_MS = 3_000

/** Asks for the status of a stack, such as `UPDATE_IN_PROGRESS`; undefined: there is none, or it can't be told. Rejects never. */
export type StackStatus = () => Promise<string | undefined>

/** CloudFormation API reference, DescribeStacks, version 2010-05-15. */
export function stackStatus({ role, region }: Deployment, stage: string, given: Env, io: AwsCallIo): StackStatus {
  const body = new URLSearchParams({
    Action: 'DescribeStacks',
    Version: '2010-05-15',
    StackName: `${services[role]}-${stage}`,
  })
  const env = awsEnv(given, region)
  const credentials = credentialsFor(env)
  return async () => {
    const call = {
      service: 'cloudformation',
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: String(body),
      signal: AbortSignal.timeout(ANSWER_MS),
    } as const
    const answer = await callAws(call, env, { ...io, credentials }).catch(() => undefined)
    if (!answer?.ok) return undefined
    return element(await answer.text().catch(() => ''), 'StackStatus')
  }
}

/** A change set that waits for somebody's word is nothing under way. */
export function isUnderWay(status: string | undefined): status is string {
  return status?.endsWith('_IN_PROGRESS') === true && status !== 'REVIEW_IN_PROGRESS'
}

/** Waits as long as CloudFormation works on what was begun before: it takes no second deployment beside that. */
export async function untilSettled(
  status: StackStatus,
  {
    hear,
    wait,
    signal,
    language,
  }: { hear(line: string): void; wait(ms: number): Promise<void>; signal: AbortSignal; language: Language },
): Promise<void> {
  for (;;) {
    const now = signal.aborted ? undefined : await status()
    if (!isUnderWay(now)) return
    hear(deployWords[language].settling(now))
    await wait(POLL_MS)
  }
}
