import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type FcSimulator, startFcSimulator } from '../simulators/fc/simulator.ts'

const root = resolve(import.meta.dirname, '../..')
const program = join(root, 'node_modules/serverless/bin/serverless.js')
const keys = { accountId: '1234567890123456', accessKeyId: 'LTAI5tExample', accessKeySecret: 'account-secret' }

const serverlessYml = `
service: demo
frameworkVersion: '4'
plugins: [./plugins/aliyun/index.ts, serverless-esbuild]
provider:
  name: aliyun
  runtime: nodejs20.x
  region: cn-shanghai
  api: '\${param:api, "3.0"}'
  logs: { project: logs, logstore: probes }
package: { individually: true }
custom:
  esbuild: { bundle: true, target: node20 }
functions:
  hello:
    handler: src/hello.handler
    memorySize: \${param:memory, 256}
    environment: { WHOM: '\${env:WHOM}' }
    events:
      - schedule: rate(1 minute)
`

const hello = `
export const handler = async (event: Buffer) => {
  const { name = 'nobody' } = JSON.parse(event.toString())
  console.log('greeting', name)
  if (name === 'trouble') throw new Error('there is trouble')
  return { hello: name, from: process.env.WHOM?.length }
}
`

let folder: string
let fc: FcSimulator
const clock = { now: Date.now() }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-sls-aliyun-'))
  await mkdir(join(folder, 'src'))
  for (const name of ['node_modules', 'plugins', 'shared']) await symlink(join(root, name), join(folder, name))
  await writeFile(join(folder, 'serverless.yml'), serverlessYml)
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  await writeFile(join(folder, 'src/hello.ts'), hello)
  fc = await startFcSimulator({
    ...keys,
    region: 'cn-shanghai',
    now: () => clock.now,
    logProjects: { logs: ['probes'] },
  })
})
afterAll(async () => {
  await fc?.close()
  await rm(folder, { recursive: true })
})

/** Runs `sls` as a person does; it must not reach for anything but the simulator. */
function sls(args: string[], env: Record<string, string | undefined> = {}) {
  const all = {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    HTTPS_PROXY: 'http://127.0.0.1:1',
    FENGHUO_ALIYUN_URL: fc.url,
    ALIBABA_CLOUD_ACCOUNT_ID: keys.accountId,
    ALIBABA_CLOUD_ACCESS_KEY_ID: keys.accessKeyId,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: keys.accessKeySecret,
    WHOM: 'a-secret-of-ours',
    ...env,
  }
  return new Promise<{ code: number; out: string; all: string }>((done) => {
    execFile(process.execPath, [program, ...args], { cwd: folder, env: all, timeout: 120_000 }, (error, out, err) => {
      done({ code: error ? Number(error.code ?? 1) : 0, out, all: out + err })
    })
  })
}

function changes(): string[] {
  const calls = fc.calls.splice(0).filter(({ kind }) => kind === 'write')
  return calls.map(({ operation }) => operation)
}

describe('sls on Function Compute 3.0', () => {
  test('deploys, says what there is, and runs it', async () => {
    const first = await sls(['deploy', '--verbose'])
    expect(first.code, first.all).toBe(0)
    expect(first.all).toContain('demo-dev-hello: create')
    expect(first.all).toMatch(/demo-dev-hello: ready, version 1 is live\n\s+timer schedule-1 on live: @every 1m/)
    expect(first.all).not.toContain('a-secret-of-ours')
    changes()

    const second = await sls(['deploy'])
    expect(second.all).toContain('Nothing differs')
    expect(changes()).toEqual([])

    clock.now += 60_000
    await fc.tick()
    expect(fc.runs).toMatchObject([{ functionName: 'demo-dev-hello', qualifier: 'live', kind: 'timer' }])

    const called = await sls(['invoke', '-f', 'hello', '--data', '{"name":"lin"}', '--log'])
    expect(called.out).toContain('{"hello":"lin","from":16}')
    expect(called.out).toContain('greeting lin')
    const failed = await sls(['invoke', '-f', 'hello', '--data', '{"name":"trouble"}'])
    expect(failed).toMatchObject({ code: 1 })
    expect(failed.all).toContain('there is trouble')
  })

  test('shows the log, changes what differs, goes back, and removes all', async () => {
    clock.now = Date.now()
    await sls(['invoke', '-f', 'hello', '--data', '{"name":"chen"}'])
    const logs = await sls(['logs', '-f', 'hello', '--startTime', '5m', '--filter', 'greeting'])
    expect(logs.out).toMatch(/greeting chen/)

    changes()
    const changed = await sls(['deploy', 'function', '-f', 'hello', '--param', 'memory=512'])
    expect(changed.code, changed.all).toBe(0)
    expect(changes()).toEqual(['UpdateFunction', 'PublishFunctionVersion', 'UpdateAlias'])
    const back = await sls(['rollback'])
    expect(back.all).toContain('version 1 is live, 2 was')
    const info = await sls(['info', '--json'])
    expect(JSON.parse(info.out)).toMatchObject({
      service: 'demo',
      functions: [{ name: 'demo-dev-hello', live: '1', timers: [{ qualifier: 'live' }] }],
    })
    expect(info.all).not.toContain('a-secret-of-ours')

    const removed = await sls(['remove'])
    expect(removed.code, removed.all).toBe(0)
    expect([...fc.account.functions.keys()]).toEqual([])
  })
})

test('sls deploys to Function Compute 2.0, calls it, and removes all', async () => {
  const api = ['--param', 'api=2.0']
  const deployed = await sls(['deploy', ...api])
  expect(deployed.code, deployed.all).toBe(0)
  expect([...fc.account.services.keys()]).toEqual(['demo-dev'])
  const called = await sls(['invoke', '-f', 'hello', '--data', '{"name":"lin"}', ...api])
  expect(called.out).toContain('{"hello":"lin","from":16}')
  const removed = await sls(['remove', ...api])
  expect(removed.code, removed.all).toBe(0)
  expect([...fc.account.services.keys()]).toEqual([])
})

test('what is wrong is one clear error before anything is packaged or called', async () => {
  fc.calls.splice(0)
  const unknown = await sls(['deploy'], {
    ALIBABA_CLOUD_ACCESS_KEY_ID: undefined,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: undefined,
  })
  expect(unknown).toMatchObject({ code: 1 })
  expect(unknown.all).toContain('There is no access key: set ALIBABA_CLOUD_ACCESS_KEY_ID')
  expect(unknown.all).not.toContain('Bundling')
  const refused = await sls(['deploy', '--param', 'memory=100'])
  expect(refused.all).toContain('hello: memorySize 100: a multiple of 64')
  const typo = await sls(['package', '--param', 'api=4.0'])
  expect(typo.all).toMatch(/provider\.api/)
  expect(fc.calls).toEqual([])
})
