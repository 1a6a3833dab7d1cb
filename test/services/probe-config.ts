import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CompiledCheck } from '../../shared/contracts/compiled-config.ts'

/** A probe's compiled configuration in a file, until the test ends. */
export function configFile(checks: CompiledCheck[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'fenghuo-probe-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const path = join(folder, 'probe.json')
  writeFileSync(path, JSON.stringify({ language: 'zh', timezone: 'Asia/Shanghai', checks }))
  return path
}
