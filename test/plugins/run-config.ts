import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { FunctionDefinition } from '../../plugins/config/functions.ts'
import ConfigPlugin from '../../plugins/config/index.ts'

class ServerlessError extends Error {}

/** Runs the plugin as the framework does, in a service of its own. */
export async function run(
  commands: string[],
  fenghuoYml: string | undefined,
  vantage = 'aws/ap-southeast-1',
  own?: Record<string, FunctionDefinition>,
  param: string[] = [],
  packaged?: string,
) {
  const serviceDir = await mkdtemp(join(tmpdir(), 'fenghuo-config-'))
  onTestFinished(() => rm(serviceDir, { recursive: true }))
  for (const folder of ['services', 'shared']) await mkdir(join(serviceDir, folder))
  await writeFile(join(serviceDir, 'package.json'), '{ "version": "0.1.0" }')
  if (fenghuoYml !== undefined) await writeFile(join(serviceDir, 'fenghuo.yml'), fenghuoYml)
  const functions: Record<string, FunctionDefinition> = own ?? {
    probe: {
      handler: 'services/probe/aws.handler',
      environment: { FENGHUO_CONFIG: '.build/config/probe.json', VANTAGE: vantage },
    },
    page: {
      handler: 'services/page/aws.handler',
      environment: { FENGHUO_CONFIG: '.build/config/page.json' },
      package: { patterns: ['a-certificate.pem'] },
    },
  }
  const warnings: string[] = []
  const notices: string[] = []
  const [cloud = ''] = vantage.split('/')
  // In AWS only the probe has one.
  const place = cloud === 'aws' ? {} : { VANTAGE: vantage }
  const environment = { ...place, VANTAGE_CITY: '', REPORTS_URL: '' }
  const provider = { name: cloud, environment }
  const custom: { config: string } = { config: 'fenghuo.yml' }
  const plugin = new ConfigPlugin(
    {
      serviceDir,
      processedInput: { commands },
      configurationInput: { params: { default: { config: 'fenghuo.yml' }, prod: { alarmEmail: 'a@example.com' } } },
      service: { service: 'fenghuo', provider: own ? provider : { name: 'aws' }, functions, custom },
      configSchemaHandler: { defineFunctionProperties: () => {} },
      classes: { Error: ServerlessError },
      getProvider: () => {
        throw new Error('nobody is asked')
      },
    },
    { param, ...(packaged === undefined ? {} : { package: packaged }) },
    { log: { warning: (text) => warnings.push(text), notice: (text) => notices.push(text) } },
  )
  await plugin.hooks['before:package:initialize']?.()
  const compiled = async (name: string) =>
    JSON.parse(await readFile(join(serviceDir, `.build/config/${name}.json`), 'utf8'))
  return { functions, warnings, notices, compiled, custom, plugin }
}
