import { expect, it } from 'vitest'
import { callAws } from '../../../shared/clouds/aws/call.ts'

const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'secret' }

/** Where a call of Lambda goes from an environment. */
async function addressOf(env: Record<string, string>): Promise<string> {
  const asked: string[] = []
  const answer: typeof fetch = async (url) => {
    asked.push(String(url))
    return new Response('{}')
  }
  const call = { service: 'lambda', method: 'GET', path: '/functions/', signal: AbortSignal.timeout(1_000) } as const
  await callAws(call, { ...keys, ...env }, { now: () => 0, fetch: answer })
  return asked.join()
}

it.each([
  { where: 'its region', env: { AWS_REGION: 'eu-west-1' }, to: 'https://lambda.eu-west-1.amazonaws.com' },
  { where: 'the domain of China', env: { AWS_REGION: 'cn-north-1' }, to: 'https://lambda.cn-north-1.amazonaws.com.cn' },
  {
    where: 'where it is moved to',
    env: { AWS_REGION: 'cn-north-1', AWS_ENDPOINT_URL_LAMBDA: 'http://127.0.0.1:1' },
    to: 'http://127.0.0.1:1',
  },
])('a service is asked at $where', async ({ env, to }) => {
  expect(await addressOf(env)).toBe(`${to}/functions/`)
})
