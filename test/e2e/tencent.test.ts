import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ScfSimulator, startScfSimulator } from '../simulators/scf/scf.ts'

const root = resolve(import.meta.dirname, '../..')

const configuration = (functions: string, provider = '') => `
service: svc
frameworkVersion: '4'
plugins: [./plugins/tencent/index.ts, serverless-esbuild]
provider:
  name: tencent
  runtime: nodejs18.x
  environment: { TOKEN: '\${env:PROBE_TOKEN}' }
${provider}
package: { individually: true }
custom: { esbuild: { bundle: true, target: node18, exclude: [] } }
functions:
${functions}
`
const PROBE = `
  probe:
    handler: src/probe.handler
    timeout: 10
    events: [{ schedule: rate(1 minute) }]
`
const OTHER = `
  other:
    handler: src/other.handler
`

let folder: string
let scf: ScfSimulator
let seen: number

beforeEach(async () => {
  scf = await startScfSimulator({
    secretId: 'AKIDexample',
    secretKey: 'a-secret-key',
    now: Date.now,
    transitionMs: 100,
  })
  seen = 0
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-tencent-'))
  for (const part of ['node_modules', 'plugins', 'shared']) await symlink(join(root, part), join(folder, part))
  await mkdir(join(folder, 'src'))
  await writeFile(join(folder, 'package.json'), '{"name":"svc"}')
  await writeFile(join(folder, 'serverless.yml'), configuration(PROBE + OTHER))
  await write('probe', 1)
  await write('other', 1)
})
afterEach(async () => {
  await scf.close()
  await rm(folder, { recursive: true })
})

function write(name: string, version: number): Promise<void> {
  const code = `export const handler = async (event: object) => ({ name: '${name}', version: ${version}, event })\n`
  return writeFile(join(folder, `src/${name}.ts`), code)
}

/** One command; what it printed, and how it ended. */
function sls(args: string[], env: Record<string, string> = {}): Promise<{ code: number; output: string }> {
  const environment = {
    PATH: process.env.PATH,
    HOME: folder,
    TMPDIR: folder,
    PROBE_TOKEN: 'hush-hush-hush',
    TENCENTCLOUD_SECRET_ID: 'AKIDexample',
    TENCENTCLOUD_SECRET_KEY: 'a-secret-key',
    FENGHUO_TENCENT_URL: scf.url,
    ...env,
  }
  const command = [join(root, 'node_modules/serverless/bin/serverless.js'), ...args]
  return new Promise((done) => {
    execFile(process.execPath, command, { cwd: folder, env: environment, timeout: 99_000 }, (error, stdout, stderr) => {
      done({ code: error ? Number(error.code ?? 1) : 0, output: stdout + stderr })
    }).stdin?.end()
  })
}

/** The actions that changed something since this was asked last. */
function writes(): string[] {
  const calls = scf.calls.slice(seen)
  seen = scf.calls.length
  return calls
    .filter(({ kind, code }) => kind === 'write' && code === undefined)
    .map(({ action, parameters }) => `${action} ${parameters.FunctionName}`)
}

describe('sls on Tencent Cloud', () => {
  it('deploys, finds nothing to do, calls, rolls back, deploys one function, and removes', async () => {
    const first = await sls(['deploy', '--stage', 'prod', '--region', 'ap-singapore', '--verbose'])
    expect(first.output).toContain('Deployed svc to stage prod (Tencent Cloud SCF, ap-singapore)')
    expect(first.output).toContain(
      'svc-prod-probe: ready, version 1 is live\n    timer schedule-1 on live: 0 * * * * * *',
    )
    expect(first.output).not.toContain('hush-hush-hush')
    expect(first.code).toBe(0)
    expect(writes()).toHaveLength(9)
    expect(new Set(scf.calls.map(({ region }) => region))).toEqual(new Set(['ap-singapore']))

    const there = ['--stage', 'prod', '--region', 'ap-singapore']
    const second = await sls(['deploy', ...there])
    expect(second).toMatchObject({ code: 0, output: expect.stringContaining('Nothing differs: svc to stage prod') })
    expect(writes()).toEqual([])

    await write('probe', 2)
    await write('other', 2)
    expect((await sls(['deploy', 'function', '-f', 'probe', ...there])).code).toBe(0)
    expect(writes()).toEqual(
      ['UpdateFunctionCode', 'PublishVersion', 'UpdateAlias'].map((one) => `${one} svc-prod-probe`),
    )
    const called = await sls(['invoke', '-f', 'probe', '--data', '{"a":1}', '--log', ...there])
    expect(called.output).toContain('{"name":"probe","version":2,"event":{"a":1}}')
    expect(called.output).toContain('START RequestId')
    expect((await sls(['logs', '-f', 'probe', '--startTime', '5m', ...there])).output).toContain('START RequestId')

    const back = await sls(['rollback', 'function', '-f', 'probe', '--function-version', '1', ...there])
    expect(back.output).toContain('svc-prod-probe: version 1 is live, 2 was')
    expect(JSON.parse((await sls(['info', '--json', ...there])).output).functions).toHaveLength(2)

    await writeFile(join(folder, 'serverless.yml'), configuration(PROBE))
    writes()
    expect((await sls(['deploy', ...there])).code).toBe(0)
    expect(writes()).toContain('DeleteFunction svc-prod-other')
    expect((await sls(['remove', ...there])).output).toContain('Removed svc in stage prod')
    expect(scf.cloud.regions.get('ap-singapore')?.size).toBe(0)
  })

  it('ends before it packages or calls anything, if it lacks a key, a right word, or what the vendor takes', async () => {
    const without = await sls(['deploy'], { TENCENTCLOUD_SECRET_ID: '', TENCENTCLOUD_SECRET_KEY: '' })
    expect(without.output).toContain('There is no key of Tencent Cloud: set TENCENTCLOUD_SECRET_ID')
    expect(without.code).not.toBe(0)

    await writeFile(join(folder, 'serverless.yml'), configuration(PROBE.replace('timeout', 'timeoutt')))
    const typo = await sls(['deploy'])
    expect(typo.output).toContain("at 'functions.probe': unrecognized property 'timeoutt'")

    await writeFile(join(folder, 'serverless.yml'), configuration(PROBE, '  regoin: ap-singapore'))
    expect((await sls(['deploy'])).output).toContain("at 'provider': unrecognized property 'regoin'")

    const wrong = PROBE.replace('10', '1000').replace('1 minute', '7 minutes')
    await writeFile(join(folder, 'serverless.yml'), configuration(wrong))
    const refused = await sls(['deploy'])
    expect(refused.output).toContain('probe: timeout 1000: at most 900 seconds')
    expect(refused.output).toContain('probe: rate(7 minutes): SCF has only cron')
    expect(scf.calls).toEqual([])
  })

  it('says of commands and options that it does not have that it does not have them', async () => {
    for (const command of [
      ['metrics'],
      ['deploy', 'list'],
      ['deploy', 'list', 'functions'],
      ['invoke', 'local', '-f', 'probe'],
    ]) {
      const { code, output } = await sls(command)
      expect(output).toContain(
        `Tencent Cloud SCF has no "${command
          .slice(0, 3)
          .filter((one) => one !== '-f')
          .join(' ')}"`,
      )
      expect(code).not.toBe(0)
    }
    expect((await sls(['invoke', '-f', 'probe', '--qualifier', '1'])).output).toContain(
      'has no --qualifier in this plugin',
    )
    expect(scf.calls).toEqual([])
  })
})
