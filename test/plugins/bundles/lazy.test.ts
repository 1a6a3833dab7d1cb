import { globSync, readFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { lazyBundles } from '../../../plugins/bundles/lazy.ts'
import { bundled as bundledBy } from './bundled.ts'

const bundled = (files: Record<string, string>) => bundledBy(lazyBundles(), files)

test('what is imported when needed is a bundle beside the entry, which loads it then', async () => {
  const { built, names, text, load } = await bundled({
    'services/probe/aws.ts': `export const early = 'early'
      export const late = async () => (await import('../../shared/late.ts')).value`,
    'shared/late.ts': `export const value: string = 'a late word'`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.js'])
  expect(await text('aws.js')).not.toContain('a late word')
  expect(await load().late()).toBe('a late word')
})

test('what a late one imports late is a third, and two imports of one are one', async () => {
  const { built, names, load } = await bundled({
    'services/probe/aws.ts': `export const a = async () => (await import('./late.ts')).later()
      export const b = async () => (await import('../../shared/later.ts')).value`,
    'services/probe/late.ts': `export const later = async () => (await import('../../shared/later')).value`,
    'shared/later.ts': `export const value = 'later'`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.js', 'aws.later.js'])
  expect([await load().a(), await load().b()]).toEqual(['later', 'later'])
})

test('two of one name are refused, for one would be loaded in place of the other', async () => {
  const { built } = await bundled({
    'services/probe/aws.ts': `export const a = async () => (await import('./a/late.ts')).value
      export const b = async () => (await import('./b/late.ts')).value`,
    'services/probe/a/late.ts': `export const value = 'a'`,
    'services/probe/b/late.ts': `export const value = 'b'`,
  })
  await expect(built).rejects.toThrow(
    /a[/]late[.]ts and .*b[/]late[.]ts would be one bundle|b[/]late[.]ts and .*a[/]late[.]ts would be one bundle/,
  )
})

test('packages stay with whoever imports them, and import late what they like', async () => {
  const { built, names, load } = await bundled({
    'services/probe/aws.ts': `export const late = async () => (await import('lib')).default()`,
    'node_modules/lib/package.json': '{"name":"lib","main":"index.mjs"}',
    'node_modules/lib/index.mjs': `export default async () => (await import('./inside.mjs')).value`,
    'node_modules/lib/inside.mjs': `export const value = 'inside'`,
  })
  await built
  expect(await names()).toEqual(['aws.js'])
  expect(await load().late()).toBe('inside')
})

test('where a function of Lambda has no need to look for its credentials is not deployed', async () => {
  const { built, text } = await bundled({
    'services/probe/aws.ts': `export * from '@aws-sdk/credential-provider-node'`,
    'node_modules/@aws-sdk/credential-provider-node/index.js': `export * from '@aws-sdk/credential-provider-env'
      export const defaultProvider = async () => (await import('@aws-sdk/credential-provider-sso')).fromSSO`,
    'node_modules/@aws-sdk/credential-provider-env/index.js': `export const fromEnv = 'from the environment'`,
    'node_modules/@aws-sdk/credential-provider-sso/index.js': `export const fromSSO = 'signed in'`,
  })
  await built
  expect(await text('aws.js')).toContain('@aws-sdk/credential-provider-sso')
  expect(await text('aws.js')).not.toContain('signed in')
})

test('a mistake in a late one, or one that is not there, fails the build', async () => {
  const entry = { 'services/probe/aws.ts': `export const late = () => import('./late.ts')` }
  await expect((await bundled(entry)).built).rejects.toThrow('Could not resolve "./late.ts"')
  await expect((await bundled({ ...entry, 'services/probe/late.ts': 'let x = ' })).built).rejects.toThrow(
    'Unexpected end of file',
  )
})

test('what channels load late has names of its own, for one function has all of them', () => {
  const root = resolve(import.meta.dirname, '../../..')
  const late = globSync('shared/channels/**/*.ts', { cwd: root }).flatMap((file) => {
    const imports = readFileSync(join(root, file), 'utf8').matchAll(/import\('(\.[^']+)'\)/g)
    return [...imports].map(([, path = '']) => resolve(root, file, '..', path))
  })
  const names = [...new Set(late)].map((file) => basename(file)).filter((name) => name !== 'diagnose.ts')
  expect(names).toContain('smtp.last-resort.ts')
  expect(names.toSorted()).toEqual([...new Set(names)].sort())
})
