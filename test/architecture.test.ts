import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { lazyBundles } from '../plugins/bundles/lazy.ts'

const root = resolve(import.meta.dirname, '..')
const run = promisify(execFile)

/** A small tree in the project's layout, which breaks its rules. */
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-architecture-'))
  for (const part of ['.dependency-cruiser.cjs', 'biome.json', 'lint', 'package.json'])
    await cp(join(root, part), join(folder, part), { recursive: true })
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
})

afterAll(() => rm(folder, { recursive: true }))

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, file)), { recursive: true })
  await writeFile(join(folder, file), text)
}

/** What a command prints, whether or not it finds something. */
async function output(command: string, args: string[]): Promise<string> {
  const bin = join(root, 'node_modules/.bin', command)
  const options = { cwd: folder, maxBuffer: 64 * 1024 * 1024 }
  return run(bin, args, options).then(
    ({ stdout }) => stdout,
    ({ stdout }: { stdout: string }) => stdout,
  )
}

describe('the rules for imports', () => {
  const forbidden = [
    { rule: 'shared-knows-nobody', from: 'shared/checks/a.ts', line: "import '../../services/page/ok.ts'" },
    { rule: 'shared-knows-nobody', from: 'shared/checks/b.ts', line: "import type { T } from '../../test/ok.ts'" },
    { rule: 'services-know-shared', from: 'services/page/a.ts', line: "import '../watch/ok.ts'" },
    { rule: 'services-know-shared', from: 'services/page/b.ts', line: "import type { T } from '../../local/ok.ts'" },
    { rule: 'services-know-no-machine', from: 'services/page/c.ts', line: "import '../../shared/incidents/ok.ts'" },
    { rule: 'tests-stay-outside', from: 'local/a.ts', line: "import '../test/ok.ts'" },
    {
      rule: 'simulators-judge-by-themselves',
      from: 'test/simulators/a.ts',
      line: "import '../../shared/checks/ok.ts'",
    },
    { rule: 'the-domain-does-no-io', from: 'shared/oncall/a.ts', line: "import { readFileSync } from 'node:fs'" },
    { rule: 'secrets-are-only-arithmetic', from: 'shared/incidents/acknowledge-link.ts', line: "import 'node:https'" },
    { rule: 'the-domain-uses-no-sdk', from: 'shared/messages/a.ts', line: "import 'yaml'" },
    { rule: 'rooms-in-order-incidents', from: 'shared/incidents/c.ts', line: "import '../channels/ok.ts'" },
    {
      rule: 'rooms-in-order-evaluation',
      from: 'shared/evaluation/b.ts',
      line: "import type { T } from '../engine/ok.ts'",
    },
    {
      rule: 'the-mechanism-knows-no-machine',
      from: 'shared/store/apply.ts',
      line: "import type { T } from '../incidents/ok.ts'",
    },
    { rule: 'sdks-at-the-edge', from: 'services/watch/a.ts', line: "import '@aws-sdk/client-sqs'" },
    { rule: 'deployed-code-needs-no-tools', from: 'shared/config/a.ts', line: "import 'esbuild'" },
    { rule: 'the-browser-has-no-node', from: 'local/pages/browser/a.js', line: "import 'node:fs'" },
    { rule: 'everything-resolves', from: 'cli/a.ts', line: "import './nowhere.ts'" },
    { rule: 'no-circle', from: 'shared/engine/a.ts', line: "import './b.ts'" },
    { rule: 'no-circle', from: 'shared/incidents/a.ts', line: "import type { T } from './b.ts'" },
    {
      rule: 'tests-of-the-core-call-use-cases',
      from: 'test/engine/a.ts',
      line: "import '../../services/page/ok.ts'",
    },
    { rule: 'tests-of-rooms-know-no-tests-of-services', from: 'test/store/a.ts', line: "import '../services/ok.ts'" },
  ]
  const allowed = [
    { from: 'shared/engine/b.ts', line: "import './a.ts'" },
    { from: 'shared/evaluation/a.ts', line: "import type { T } from '../incidents/ok.ts'" },
    { from: 'shared/incidents/b.ts', line: "import './a.ts'" },
    { from: 'local/b.ts', line: "import '../test/simulators/ok.ts'" },
    { from: 'test/services/a.ts', line: "import '../../services/page/ok.ts'" },
    { from: 'services/watch/b.ts', line: "import '../../shared/engine/ok.ts'" },
  ]
  const targets = [
    'services/page',
    'services/watch',
    'local',
    'shared/checks',
    'shared/channels',
    'shared/engine',
    'shared/incidents',
    'test',
    'test/services',
  ]

  it('find each import that points outward, and no other', async () => {
    for (const target of [...targets, 'test/simulators']) await write(`${target}/ok.ts`, 'export type T = 1\n')
    for (const { from, line } of [...forbidden, ...allowed]) await write(from, `${line}\n`)
    const folders = ['services', 'shared', 'local', 'cli', 'test']
    const json = await output('depcruise', ['--config', '.dependency-cruiser.cjs', '-T', 'json', ...folders])
    const { summary } = JSON.parse(json) as { summary: { violations: { rule: { name: string }; from: string }[] } }
    const found = summary.violations.map(({ rule, from }) => `${rule.name}: ${from}`)
    expect(found.sort()).toEqual(forbidden.map(({ rule, from }) => `${rule}: ${from}`).sort())
  })
})

describe('the rules for time, chance and the environment', () => {
  const cases = [
    { code: 'Date.now()', path: true, domain: true },
    { code: '[1].map(Date.now)', path: true, domain: true },
    { code: 'new Date()', path: true, domain: true },
    { code: 'new Date(0)', path: false, domain: false },
    { code: 'Math.random()', path: true, domain: true },
    { code: 'process.env', path: true, domain: true },
    { code: 'performance.now()', path: true, domain: true },
    { code: "fetch('http://127.0.0.1')", path: false, domain: true },
    { code: 'setTimeout(() => 1, 1)', path: false, domain: true },
    { code: 'crypto.randomUUID()', path: false, domain: true },
  ]

  it('find what reads them outside the entry points', async () => {
    const files = ['shared/checks/reads', 'shared/oncall/reads', 'services/page/reads']
    for (const file of files)
      for (const [index, { code }] of cases.entries()) await write(`${file}${index}.ts`, `export const it = ${code}\n`)
    await write('services/page/aws.ts', cases.map(({ code }, index) => `export const it${index} = ${code}\n`).join(''))
    const json = await output('biome', ['lint', '--vcs-enabled=false', '--reporter=json', '--max-diagnostics=200', '.'])
    const { diagnostics } = JSON.parse(json) as { diagnostics: { location: { path: string | { file: string } } }[] }
    const found = new Set(
      diagnostics.map(({ location: { path } }) => (typeof path === 'string' ? path : path.file).replace('./', '')),
    )
    for (const [index, { code, path, domain }] of cases.entries()) {
      expect(found.has(`shared/checks/reads${index}.ts`), `${code} in shared/checks`).toBe(path)
      expect(found.has(`services/page/reads${index}.ts`), `${code} in a service`).toBe(path)
      expect(found.has(`shared/oncall/reads${index}.ts`), `${code} in the domain`).toBe(domain)
    }
    expect(found.has('services/page/aws.ts'), 'the entry point').toBe(false)
  })
})

describe('a probe', () => {
  it.each([
    'aws',
    'tencent',
    'aliyun',
  ])('on %s carries no library and nothing of the other functions', async (cloud) => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: [`services/probe/${cloud}.ts`],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: join(folder, cloud),
      plugins: [lazyBundles()],
      metafile: true,
    })
    const carried = Object.keys(metafile.inputs)
    expect(carried).toContain(`services/probe/${cloud}.ts`)
    const libraries = /node_modules\//
    const others =
      /^(services\/(?!probe\/)|shared\/(channels|config|incidents|messages|oncall|phoneline|store)\/|local|cli|test)/
    // Of channels only what reads the recipients of the last resort in the environment.
    const reading = /^shared\/channels\/(registry\.last-resort|sms-last-resort|[\w-]+\/last-resort|smtp\/sender)\.ts$/
    const foreign = carried.filter((file) => libraries.test(file) || (others.test(file) && !reading.test(file)))
    expect(foreign).toEqual([])
  })

  it('loads a last resort late that validates nothing', async () => {
    const { metafile } = await build({
      absWorkingDir: root,
      entryPoints: ['shared/delivery/last-resort.ts'],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outdir: join(folder, 'last-resort'),
      plugins: [lazyBundles()],
      metafile: true,
    })
    expect(Object.keys(metafile.inputs).filter((file) => file.includes('node_modules/'))).toEqual([])
  })
})
