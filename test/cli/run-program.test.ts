import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runProgram } from '../../cli/run-program.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fenghuo-run-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function script(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, `#!/bin/sh\n${text}\n`)
  chmodSync(path, 0o755)
  return path
}

describe('a program that is run', () => {
  it('gives its exit code, or the signal that ended it', async () => {
    expect(await runProgram([script('three', 'exit $1'), '3'])).toBe(3)
    expect(await runProgram([script('killed', 'kill -KILL $$')])).toBe(137)
  })

  it('is told of with the system’s word if it can’t be started', async () => {
    await expect(runProgram([join(folder, 'none')])).rejects.toMatchObject({ code: 'ENOENT' })
    const plain = join(folder, 'plain')
    writeFileSync(plain, '')
    await expect(runProgram([plain])).rejects.toMatchObject({ code: 'EACCES' })
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)('hears of a %s, and may end in its own way', async (signal) => {
    const slow = script(
      `slow-${signal}`,
      `trap 'echo cleaned; exit 7' TERM INT HUP; echo up; while :; do sleep 0.05; done`,
    )
    const parent = starting(slow)
    const written: string[] = []
    parent.stdout.on('data', (chunk: Buffer) => void written.push(String(chunk)))
    await once(parent.stdout, 'data')
    parent.kill(signal)
    expect(await once(parent, 'close')).toEqual([7, null])
    expect(written.join('')).toBe('up\ncleaned\n')
  })
})

function starting(program: string) {
  const source = new URL('../../cli/run-program.ts', import.meta.url).href
  const code = `const { runProgram } = await import(${JSON.stringify(source)}); process.exitCode = await runProgram(process.argv.slice(1))`
  return spawn(process.execPath, ['--input-type=module', '-e', code, program], { stdio: ['ignore', 'pipe', 'pipe'] })
}
