import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { deployOne } from '../../../cli/deploy/deploy-one.ts'
import type { FrameworkRun } from '../../../cli/deploy/framework.ts'
import { withRemedy } from '../../../cli/deploy/remedy.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'fenghuo-deploy-one-'))
  vi.stubEnv('TMPDIR', join(root, 'tmp'))
  await mkdir(join(root, 'tmp'))
  await mkdir(join(root, 'project/docs'), { recursive: true })
  await writeFile(join(root, 'project/serverless.yml'), 'service: fenghuo\n')
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(root, { recursive: true })
})

/** Deploys with a framework that does as it is told; statuses are what CloudFormation answers, one after the other. */
async function deploy(
  run: (run: FrameworkRun) => number,
  { statuses, stop = new AbortController() }: { statuses?: (string | undefined)[]; stop?: AbortController } = {},
) {
  const heard: string[] = []
  const outcome = await deployOne(
    ['deploy'],
    {},
    {
      root: join(root, 'project'),
      log: join(root, 'project/log'),
      ...(statuses && { stack: async () => statuses.shift() }),
      run: async (one) => run(one),
      hear: (line) => heard.push(line),
      wait: async (ms) => void heard.push(`waited ${ms} ms`),
      signal: stop.signal,
      language: 'en',
    },
  )
  expect(await readdir(join(root, 'tmp'))).toEqual([])
  return { outcome, heard }
}

describe('one deployment', () => {
  it('runs in a copy of the project, which is taken away', async () => {
    let copied: string[] = []
    const { outcome, heard } = await deploy(({ cwd, onLine }) => {
      copied = readdirSync(cwd)
      onLine('✔ Service deployed')
      return 0
    })
    expect(copied.sort()).toEqual(['node_modules', 'serverless.yml'])
    expect({ outcome, heard }).toEqual({
      outcome: { status: 'deployed', said: 'Service deployed' },
      heard: ['packaging', '✔ Service deployed'],
    })
    expect(await readFile(join(root, 'project/log'), 'utf8')).toBe('✔ Service deployed\n')
  })

  it('is told as deployed also where the log can not be written', async () => {
    await mkdir(join(root, 'project/log'))
    const { outcome } = await deploy(() => 0)
    expect(outcome.status).toBe('deployed')
  })

  it('waits while CloudFormation works on what was begun before', async () => {
    const statuses = ['UPDATE_IN_PROGRESS', 'UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'UPDATE_COMPLETE']
    const { heard } = await deploy(() => 0, { statuses })
    const waits = (status: string) => `waits for CloudFormation, which works on what was begun before (${status})`
    expect(heard).toEqual([
      waits('UPDATE_IN_PROGRESS'),
      'waited 3000 ms',
      waits('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      'waited 3000 ms',
      'packaging',
    ])
  })

  it.each<[string | undefined, string]>([
    [undefined, 'there is no stack yet'],
    ['REVIEW_IN_PROGRESS', 'a change set waits for somebody, and nothing is under way'],
    ['ROLLBACK_COMPLETE', 'the framework says what is wrong'],
  ])('does not wait at %s: %s', async (status) => {
    expect((await deploy(() => 0, { statuses: [status] })).heard).toEqual(['packaging'])
  })

  it.each<[string | undefined, string]>([
    [
      'UPDATE_IN_PROGRESS',
      'stopped here, and CloudFormation goes on (UPDATE_IN_PROGRESS): run this again, it waits for that and goes on',
    ],
    ['UPDATE_COMPLETE', 'stopped: run this again to go on'],
    [undefined, 'stopped: run this again to go on'],
  ])('stopped while its stack is at %s says what goes on without us', async (status, said) => {
    const stop = new AbortController()
    const run = () => {
      stop.abort()
      return 1
    }
    const { outcome } = await deploy(run, { statuses: [undefined, status], stop })
    expect(outcome).toEqual({ status: 'failed', said })
  })

  it('that was stopped before it began is not tried', async () => {
    const stop = new AbortController()
    stop.abort()
    const { outcome, heard } = await deploy(() => 0, { statuses: ['UPDATE_IN_PROGRESS'], stop })
    expect({ outcome, heard }).toEqual({ outcome: { status: 'not tried', said: 'stopped' }, heard: [] })
  })
})

it.each([
  [
    'The security token included in the request is expired',
    '. The AWS credentials have expired: get new ones, such as by aws sso login.',
  ],
  ['The security token included in the request is invalid.', ' Check AWS_PROFILE or the keys in the environment.'],
  [
    'AccessDenied: The difference between the request time and the current time is too large.',
    " Set this machine's clock, by NTP.",
  ],
  ['Signature expired: 20261122T0000Z is now earlier than', ". Set this machine's clock, by NTP."],
  [
    'User: x is not authorized to perform: cloudformation:CreateStack',
    '. What it takes to deploy is the policy in docs/guides/aws.md.',
  ],
  [
    'Stack:x is in ROLLBACK_COMPLETE state and can not be updated.',
    ' Its first deployment failed: take that away with sls remove, and deploy again.',
  ],
  [
    'Stack:x is in UPDATE_IN_PROGRESS state and can not be updated.',
    ' Somebody else deploys it at this moment: run this again, it waits for that.',
  ],
  ['Stack:x is in UPDATE_ROLLBACK_COMPLETE state', ''],
  ['Rate exceeded', '. AWS is asked too often: run this again in a minute.'],
  ['socket hang up', '. Check the network, and run this again.'],
  ['CREATE_FAILED: ContactFlow (AWS::Connect::ContactFlow)', ''],
])('what AWS says alone, %s, is told with what to do about it', (reason, added) => {
  expect(withRemedy(reason, 'en')).toBe(`${reason}${added}`)
})
