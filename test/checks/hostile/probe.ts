import { readFileSync } from 'node:fs'
import { setDefaultCACertificates } from 'node:tls'
import { checkKindConfigs } from '../../../shared/checks/registered/configs.ts'
import { runChecks } from '../../../shared/checks/run/run-checks.ts'
import type { CompiledCheck } from '../../../shared/contracts/compiled-config.ts'
import { someCheck, someIo } from '../records.ts'

/** What a process of a probe's size has seen, and by how much it grew at most meanwhile. */
export interface Watched {
  seen: Record<string, { outcome: string; fault?: { code: string } }>
  grewMiB: number
}

const KIB_PER_MIB = 1_024

/** Runs the checks of the first argument (name → keys as people write them, or as compiled in `spec`), and prints a `Watched`. */
async function main(written: Record<string, Record<string, unknown>>): Promise<void> {
  setDefaultCACertificates([readFileSync(new URL('../../samples/tls-targets/ca.pem', import.meta.url), 'utf8')])
  const checks = Object.entries(written).map(([name, keys]) => compiled(name, keys))
  // Whatever is loaded late is there before the count begins.
  await runChecks(checks.slice(0, 1), someIo())
  const before = process.resourceUsage().maxRSS
  const observations = await runChecks(checks, someIo())
  const grewMiB = (process.resourceUsage().maxRSS - before) / KIB_PER_MIB
  const seen = Object.fromEntries(observations.map(({ check, outcome, fault }) => [check, { outcome, fault }]))
  console.log(JSON.stringify({ seen, grewMiB }))
}

function compiled(name: string, keys: Record<string, unknown>): CompiledCheck {
  const { kind, schema } = checkKindConfigs.find(({ kind }) => kind in keys) ?? {}
  if (kind === undefined || schema === undefined) throw new Error(`no kind of check in ${Object.keys(keys)}`)
  const spec = 'spec' in keys ? keys.spec : schema.parse(keys)
  return someCheck({ id: name, name, kind, spec, timeoutMs: 4_000 })
}

await main(JSON.parse(process.argv[2] ?? '{}'))
