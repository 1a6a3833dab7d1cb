import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { aliyun } from '../../../plugins/aliyun/cloud.ts'
import { writeZip } from '../../../plugins/provider/artifact.ts'
import type { Options, Serverless } from '../../../plugins/provider/framework.ts'
import { ProviderPlugin } from '../../../plugins/provider/plugin.ts'
import type { Cloud as Provider } from '../../../plugins/provider/service.ts'
import { tencent } from '../../../plugins/tencent/cloud.ts'
import { Cloud } from './memory.ts'

class FrameworkError extends Error {}

const FUNCTION = { handler: 'index.handler', events: [{ schedule: 'rate(1 minute)' }] }

interface Run {
  folder: string
  command: string
  options?: Options
  provider: Serverless['service']['provider']
  functions: Serverless['service']['functions']
}

/** One run of the framework with the plugin in it: a new process, in which nothing is known that is not in files. */
function run(real: Provider, { folder, command, options = {}, provider, functions }: Run) {
  const memory = new Cloud()
  memory.looks = 0
  const cloud = { ...real, connect: async () => memory.backend() }
  const serverless: Serverless = {
    serviceDir: folder,
    processedInput: { commands: [command] },
    service: { service: 'probes', provider, functions, package: {} },
    pluginManager: { plugins: [], spawn: async () => {} },
    configSchemaHandler: { defineProvider: () => {} },
    setProvider: () => {},
    classes: { Error: FrameworkError },
  }
  const say = () => {}
  const plugin = new ProviderPlugin(cloud, serverless, options, {
    log: { notice: say, info: say, warning: say, success: say },
    writeText: say,
    progress: { get: () => ({ notice: say, remove: say }) },
  })
  return { hook: async (name: string) => plugin.hooks[name]?.(), memory }
}

/** A service folder whose functions are bundled. */
async function service(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-state-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await mkdir(join(folder, '.serverless'))
  const code = { 'index.js': Buffer.from('exports.handler = async () => 1') }
  await writeFile(join(folder, 'bundle.zip'), writeZip(code))
  return folder
}

const clouds: { title: string; cloud: Provider; provider: Serverless['service']['provider'] }[] = [
  { title: 'SCF', cloud: tencent as Provider, provider: { name: 'tencent', runtime: 'nodejs18.x' } },
  { title: 'Function Compute 3.0', cloud: aliyun as Provider, provider: { name: 'aliyun', runtime: 'nodejs20.x' } },
  {
    title: 'Function Compute 2.0',
    cloud: aliyun as Provider,
    provider: { name: 'aliyun', runtime: 'nodejs20.x', api: '2.0' } as Serverless['service']['provider'],
  },
]

describe.each(clouds)('a package for $title', ({ cloud, provider }) => {
  /** What packaging has computed: variables, and which functions there are at all. */
  const computed = () => ({
    provider: { ...provider, stage: 'prod', region: 'there', environment: { QUEUE: 'https://queue.example/events' } },
    functions: {
      uptime: {
        ...FUNCTION,
        name: 'probes-prod-uptime',
        environment: { LAST_RESORT_WECOM_KEY: 'robot' },
        package: { artifact: 'bundle.zip' },
      },
    },
  })
  /** What a machine reads of the configuration that has none of the variables, and packages nothing. */
  const elsewhere = () => ({
    provider: { ...provider, stage: 'dev', region: 'here', environment: { QUEUE: '' } },
    functions: {
      uptime: { ...FUNCTION, name: 'probes-dev-uptime' },
      kafka: { ...FUNCTION, name: 'probes-dev-kafka' },
    },
  })

  async function made(): Promise<string> {
    const folder = await service()
    const { hook } = run(cloud, { folder, command: 'package', options: { package: 'out' }, ...computed() })
    await hook('package:finalize')
    return folder
  }

  test('is deployed elsewhere as it would have been here', async () => {
    const folder = await made()
    const here = run(cloud, { folder, command: 'deploy', ...computed() })
    await here.hook('initialize')
    await here.hook('package:finalize')
    await here.hook('deploy:deploy')

    const other = await service()
    await rm(join(other, 'bundle.zip'))
    const options = { package: join(folder, 'out') }
    const there = run(cloud, { folder: other, command: 'deploy', options, ...elsewhere() })
    await there.hook('initialize')
    await there.hook('deploy:deploy')

    expect(there.memory.shown()).toEqual(here.memory.shown())
    expect(JSON.stringify(there.memory.shown())).toContain('LAST_RESORT_WECOM_KEY')
  })

  test('is the same, byte for byte, wherever it was made, and for its owner only', async () => {
    const files = await Promise.all(
      [await made(), await made()].map(async (folder) => {
        const names = ['uptime.zip', 'serverless-state.json']
        return Promise.all(names.map((name) => readFile(join(folder, 'out', name), 'base64')))
      }),
    )
    expect(files[0]).toEqual(files[1])
    const { mode } = await stat(join(await made(), 'out', 'serverless-state.json'))
    expect(mode & 0o077).toBe(0)
  })

  test.each([
    ['stage', { stage: 'test' }, /was made for stage prod: package it for test/],
    ['region', { region: 'here' }, /was made for region there: package it for here/],
  ])('is refused for another %s', async (_, option, told) => {
    const options = { package: 'out', ...option }
    const { hook } = run(cloud, { folder: await made(), command: 'deploy', options, ...elsewhere() })
    await expect(hook('initialize')).rejects.toThrow(told)
  })

  test('is refused without what it was made of', async () => {
    const folder = await made()
    await rm(join(folder, 'out', 'serverless-state.json'))
    const { hook } = run(cloud, { folder, command: 'deploy', options: { package: 'out' }, ...elsewhere() })
    await expect(hook('initialize')).rejects.toThrow(/serverless-state\.json can't be read/)
  })
})
