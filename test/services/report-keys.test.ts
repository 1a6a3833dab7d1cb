import { describe, expect, it } from 'vitest'
import { compileFor } from '../../shared/config/compile-for.ts'
import { loadConfig } from '../../shared/config/load.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { configuredFunctions } from '../../shared/contracts/functions.ts'
import { references } from '../../shared/contracts/references.ts'
import { secretsOf } from '../../shared/engine/ingest/inbound-of.ts'

const written = (keys: string) => `
vantages:
  sg: aws/ap-southeast-1
  gz: { at: tencent/ap-guangzhou, reportKeys: ${keys} }
projects:
  pay: { title: 支付, chat: [wecom], checks: { web: { title: 收银台, http: "https://pay.example.com/" } } }
channels: { wecom: { type: wecom-robot, key: "\${WECOM_KEY}" } }
policies: { default: { layers: [{ page: lin }], channels: { critical: [chat] } } }
`

function configOf(keys: string): CompiledConfig {
  const { config, problems } = loadConfig(written(keys), 'fenghuo.yml')
  return config ?? expect.unreachable(problems.map(({ message }) => message).join())
}

describe('keys of reports', () => {
  const config = configOf(`["\${GZ_NEW}", "\${GZ_OLD}"]`)

  it('are known to ingest, the one that signs to the probe of their vantage, and to nobody else', () => {
    const known = configuredFunctions.map((fn) => [
      fn,
      references(compileFor(fn, config, fn === 'probe' ? 'tencent/ap-guangzhou' : undefined)).filter((name) =>
        name.startsWith('GZ_'),
      ),
    ])
    expect(Object.fromEntries(known)).toEqual({
      probe: ['GZ_NEW'],
      evaluate: [],
      page: [],
      acknowledge: [],
      heartbeat: [],
      ingest: ['GZ_NEW', 'GZ_OLD'],
      console: [],
      watch: [],
    })
    expect(compileFor('probe', config, 'aws/ap-southeast-1').reportKeys).toBeUndefined()
  })

  it('without a value let nobody in by their own text', () => {
    expect(secretsOf(config.reportKeys ?? {}, { GZ_OLD: 'old' })).toEqual({ 'tencent/ap-guangzhou': ['old'] })
  })

  it.each([
    ['a key in the file', '["a-key-in-the-file-itself"]', 'a key stands in no file'],
    ['three at a time', `["\${A}", "\${B}", "\${C}"]`, 'one or two references'],
    ['none', '[]', 'one or two references'],
  ])('%s is a mistake', (_reason, keys, message) => {
    const { problems } = loadConfig(written(keys), 'fenghuo.yml')
    expect(problems.map((problem) => problem.message).join()).toContain(message)
  })
})
