import { join } from 'node:path'
import { compileFor } from '../shared/config/compile-for.ts'
import { filesBeside } from '../shared/config/files.ts'
import { loadConfig } from '../shared/config/load.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'

export const vantage = 'aws/ap-southeast-1'

/** What a probe carries of a configuration with `checks`, each as people write it; files that they name are in `folder`. */
export function probeConfig(checks: object[], folder: string): CompiledConfig {
  const file = {
    vantages: { sg: vantage },
    defaults: { from: ['sg'], timeout: '5s', severity: 'error' },
    channels: { phone: [{ to: '+', type: 'connect', instance: '${CONNECT_INSTANCE_ID}', caller: '+6531580000' }] },
    // Somebody must be told of the path's own troubles, too.
    policies: {
      default: { layers: [{ page: 'lin' }], channels: { critical: ['phone'], error: ['phone'], warning: ['phone'] } },
    },
    projects: {
      bench: {
        title: '测试',
        checks: Object.fromEntries(checks.map((check, index) => [`c${index}`, { title: '网站', ...check }])),
      },
    },
  }
  // JSON is YAML.
  const { config, problems } = loadConfig(
    JSON.stringify(file),
    'fenghuo.yml',
    undefined,
    filesBeside(join(folder, 'fenghuo.yml')),
  )
  if (config === undefined) throw new Error([...new Set(problems.map(({ message }) => message))].join('; '))
  return compileFor('probe', config, vantage)
}
