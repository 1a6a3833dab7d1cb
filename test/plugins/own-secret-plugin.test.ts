import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import OwnSecretPlugin from '../../plugins/own-secret/index.ts'
import { fenghuoYml } from '../cli/terminal.ts'
import { startSecretStores } from '../simulators/secret-stores.ts'

const parameter = '/fenghuo/prod/secret'
/** As whom the framework deploys. */
const credentials = async () => ({ accessKeyId: 'AKID', secretAccessKey: 'key' })

/** The plugin in a service of its own, as whoever may do with this account's parameters what `allowed` says. */
async function service({ allowed, secretArn }: { allowed?: string[]; secretArn?: string } = {}) {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-own-secret-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  await writeFile(join(serviceDir, 'fenghuo.yml'), fenghuoYml)
  const parameters: Record<string, string> = {}
  const stores = await startSecretStores({
    ...{
      accessKeyId: 'AKID',
      secretAccessKey: 'key',
      region: 'ap-southeast-1',
      secrets: {},
      parameters,
      now: Date.now,
    },
    ...(allowed && { allowed }),
  })
  const lambda = createServer((_, response) => void response.writeHead(404).end('{}'))
  await new Promise<void>((done) => lambda.listen(0, '127.0.0.1', done))
  onTestFinished(() => stores.close())
  onTestFinished(() => void lambda.close())
  onTestFinished(() => void vi.unstubAllEnvs())
  const env = {
    // Of another account than the one that is deployed to.
    AWS_ACCESS_KEY_ID: 'OTHER',
    AWS_SECRET_ACCESS_KEY: 'other',
    AWS_ENDPOINT_URL_SSM: stores.url,
    AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`,
    FENGHUO_LANGUAGE: 'en',
  }
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value)
  const told: string[] = []
  const say = (text: string) => void told.push(text)
  const { hooks } = new OwnSecretPlugin(
    {
      serviceDir,
      service: {
        service: 'fenghuo',
        provider: { stage: 'prod' },
        custom: { config: 'fenghuo.yml', ownSecret: parameter, ...(secretArn && { secretArn }) },
      },
      getProvider: () => ({ getRegion: () => 'ap-southeast-1', getAwsSdkV3Config: async () => ({ credentials }) }),
      classes: { Error: class extends Error {} },
    },
    {},
    { log: { warning: say, notice: say } },
  )
  const run = async (hook: string) => hooks[hook]?.()
  return { run, parameters, stores, told }
}

it('makes the secret before a deployment, as whoever deploys, tells so without it, and takes it away with the stack', async () => {
  const { run, parameters, told } = await service()
  await run('before:deploy:deploy')
  const made = parameters[parameter] ?? expect.unreachable()
  await run('before:deploy:deploy')
  expect(parameters[parameter]).toBe(made)
  expect(told).toEqual([expect.stringContaining(`${parameter} is made`)])
  expect(told.join()).not.toContain(made)
  await run('after:remove:remove')
  expect(parameters).toEqual({})
})

it.each([
  ['en', /^Not deployed: .*AccessDeniedException.* ssm:GetParameters and ssm:PutParameter/],
  ['zh', /^没有部署：.*AccessDeniedException.*需要各地域的 ssm:GetParameters/],
])('a deployment that may not have it stops, with what that takes: %s', async (language, words) => {
  const { run } = await service({ allowed: [] })
  vi.stubEnv('FENGHUO_LANGUAGE', language)
  await expect(run('before:deploy:deploy')).rejects.toThrow(words)
})

it('what can’t be taken away is named with the command that does, and nothing is where nothing was', async () => {
  const { run, stores, parameters, told } = await service()
  await run('after:remove:remove')
  expect(told).toEqual([])
  parameters[parameter] = 'of years'
  stores.fail({ kind: 'error', code: 'AccessDeniedException', operation: 'AmazonSSM.DeleteParameter', message: 'no' })
  await run('after:remove:remove')
  expect(told).toEqual([
    `${parameter} stays in the parameter store of ap-southeast-1 (AmazonSSM.DeleteParameter: HTTP 400 AccessDeniedException no): aws ssm delete-parameter --region ap-southeast-1 --name ${parameter}`,
  ])
})

it('where another secret is named nothing is asked', async () => {
  const { run, stores, told } = await service({ secretArn: 'arn:aws:secretsmanager:ap-southeast-1:1:secret:mine' })
  await run('before:deploy:deploy')
  await run('after:remove:remove')
  expect([stores.requests, told]).toEqual([[], []])
})

it('the secret of an earlier version, or its copy, is warned of: it goes with the first region’s', async () => {
  const secretArn = 'arn:aws:secretsmanager:ap-southeast-1:1:secret:Secret-e5hGyLjKnFsb-l5Rp9j'
  const { run, told } = await service({ secretArn })
  await run('before:deploy:deploy')
  expect(told).toEqual([expect.stringMatching(/^secretArn arn:.*-l5Rp9j .*Leave secretArn out/)])
})
