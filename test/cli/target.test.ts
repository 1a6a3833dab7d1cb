import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findTarget } from '../../cli/target.ts'
import { localCredentials } from '../../local/resources.ts'
import { type Terminal, terminal } from './terminal.ts'

let here: Terminal
beforeEach(() => {
  here = terminal()
})
afterEach(() => here.remove())

const stackFile = (facts: object = {}) =>
  JSON.stringify({
    pid: process.pid,
    sqs: 'http://127.0.0.1:1',
    dynamodb: 'http://127.0.0.1:2',
    region: 'ap-southeast-1',
    queues: { events: 'http://127.0.0.1:1/0/events', escalation: 'http://127.0.0.1:1/0/escalation' },
    tables: { contacts: 'c', incidents: 'i', checks: 'k', regions: 'r' },
    ...facts,
  })

/** The process that had this id is gone, if there ever was one: Linux gives none above 2^22. */
const nobody = 2 ** 22 + 1

describe('where a command goes', () => {
  it.each([
    {
      reason: 'nowhere to go',
      args: [],
      err: 'error: where? No local stack runs: start one with npm start, or name a deployment with --stage (and --region)',
    },
    {
      reason: 'a stack that has died',
      file: stackFile({ pid: nobody }),
      args: ['--local'],
      err: 'error: no local stack runs with its data in .fenghuo: start one with npm start',
    },
    {
      reason: 'a file cut short',
      file: '{"pid": 1',
      args: [],
      err: /stack\.json can't be read \(SyntaxError.*remove the file$/,
    },
    {
      reason: 'a stack of another version',
      file: stackFile({ tables: {} }),
      args: [],
      err: /the local stack has no contacts/,
    },
    {
      reason: 'two places at once',
      args: ['--local', '--stage', 'prod'],
      err: /--local.*cannot be used with.*--stage/,
    },
    {
      reason: 'a region of no deployment, though a stack runs here',
      file: stackFile(),
      args: ['--region', 'eu-west-1'],
      err: 'error: --region eu-west-1: of which deployment? Name it with --stage, such as prod',
    },
    {
      reason: 'no stage',
      args: ['--stage', '../x'],
      err: 'error: --stage ../x: a stage has letters, digits and -, such as prod',
    },
    {
      reason: 'a stack that does not answer',
      file: stackFile(),
      args: [],
      err: /^error: no connection: .*127\.0\.0\.1:2/,
    },
  ])('$reason', async ({ file, args, err }) => {
    if (file) here.write('.fenghuo/stack.json', file)
    const result = await here.run('incidents', ...args)
    expect(result).toMatchObject({ code: 2, out: '' })
    expect(result.err).toMatch(err)
  })

  it('goes to the local stack when it runs, and elsewhere when told', async () => {
    here.write('.fenghuo/stack.json', stackFile())
    expect(findTarget({ data: '.fenghuo' }, here.io).name).toBe('the local stack')
    expect(findTarget({ data: '.fenghuo', stage: 'prod' }, here.io).name).toBe('fenghuo-prod in ap-southeast-1')
  })

  it.each([
    { reason: 'the one given', env: { AWS_REGION: 'eu-west-1' }, region: 'us-east-1', expected: 'us-east-1' },
    { reason: 'AWS_REGION', env: { AWS_REGION: 'eu-west-1' }, expected: 'eu-west-1' },
    { reason: 'the one of serverless.yml', env: {}, expected: 'ap-southeast-1' },
  ])('takes for region: $reason', ({ env, region, expected }) => {
    const target = findTarget(
      { data: '.fenghuo', stage: 'dev', ...(region && { region }) },
      { root: here.folder, cwd: here.folder, env, language: 'en' },
    )
    expect(target.env.AWS_REGION).toBe(expected)
  })

  it('uses made-up credentials locally, unless it shares a server with the environment', () => {
    const env = {
      AWS_ACCESS_KEY_ID: 'mine',
      AWS_SECRET_ACCESS_KEY: 'secret',
      AWS_ENDPOINT_URL_SQS: 'http://127.0.0.1:9',
    }
    here.write('.fenghuo/stack.json', stackFile())
    const at = (sqs: string) =>
      findTarget(
        { data: '.fenghuo' },
        { root: here.folder, cwd: here.folder, env: { ...env, AWS_ENDPOINT_URL_SQS: sqs }, language: 'en' },
      )
    expect(at('http://127.0.0.1:9').env.AWS_ACCESS_KEY_ID).toBe(localCredentials.accessKeyId)
    expect(at('http://127.0.0.1:1').env.AWS_ACCESS_KEY_ID).toBe('mine')
  })

  it('looks for the data where it is named from, and else in the project', () => {
    const cwd = join(here.folder, 'elsewhere')
    here.write('.fenghuo/stack.json', stackFile())
    here.write('elsewhere/own/stack.json', stackFile())
    const io = { root: here.folder, cwd, env: {}, language: 'en' } as const
    expect(findTarget({}, io).name).toBe('the local stack')
    expect(findTarget({ data: 'own' }, io).name).toBe('the local stack')
    expect(() => findTarget({ data: '.fenghuo' }, io)).toThrow('where? No local stack runs')
  })

  it('leaves credentials to the SDK when a profile is chosen', () => {
    const env = { AWS_PROFILE: 'oncall', AWS_ACCESS_KEY_ID: 'old', AWS_SECRET_ACCESS_KEY: 'older' }
    const target = findTarget(
      { data: '.fenghuo', stage: 'dev' },
      { root: here.folder, cwd: here.folder, env, language: 'en' },
    )
    expect(target.env).toMatchObject({ AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined })
  })
})
