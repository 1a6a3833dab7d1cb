import { expect, test } from 'vitest'
import { lateFiles } from '../../../plugins/bundles/late-files.ts'
import { bundled } from './bundled.ts'

const shared = `let count = 0
  export const counted = () => 'counted here: ' + ++count`

test('what is imported when needed is a file beside the entry, which loads it then', async () => {
  const { built, names, text, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `export const early = 'early'
      export const late = async () => (await import('../../shared/late.ts')).value`,
    'shared/late.ts': `export const value: string = 'a late word'`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.mjs'])
  expect(await text('aws.js')).not.toContain('a late word')
  expect(await load().late()).toBe('a late word')
})

test('an entry that imports nothing when needed is a bundle by itself', async () => {
  const { built, names, load } = await bundled(lateFiles(), { 'services/probe/aws.ts': `export const early = 'early'` })
  await built
  expect(await names()).toEqual(['aws.js'])
  expect(load()).toEqual({ early: 'early' })
})

test('what two of them need stands once, beside them, and is one', async () => {
  const { built, times, text, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `export const a = async () => (await import('./a.ts')).a()
      export const b = async () => (await import('./b.ts')).b()`,
    'services/probe/a.ts': `import { counted } from '../../shared/counted.ts'
      export const a = () => 'a, ' + counted()`,
    'services/probe/b.ts': `import { counted } from '../../shared/counted.ts'
      export const b = () => 'b, ' + counted()`,
    'shared/counted.ts': shared,
  })
  await built
  expect(await times('counted here')).toBe(1)
  expect(await text('aws.js')).not.toContain('counted here')
  expect([await load().a(), await load().b()]).toEqual(['a, counted here: 1', 'b, counted here: 2'])
})

test('what the entry holds anyway the others have from there, and is one with it', async () => {
  const { built, times, text, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `import { counted } from '../../shared/counted.ts'
      export const early = () => counted()
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/late.ts': `import { counted } from '../../shared/counted.ts'
      export const late = () => 'late, ' + counted()`,
    'shared/counted.ts': shared,
  })
  await built
  expect(await times('counted here')).toBe(1)
  expect(await text('aws.js')).toContain('counted here')
  expect([load().early(), await load().late()]).toEqual(['counted here: 1', 'late, counted here: 2'])
})

test('what a module of the entry hands on of another by a star the others have from there, too', async () => {
  const { built, times, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `import { counted, own } from '../../shared/all.ts'
      export const early = () => own() + counted()
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/late.ts': `import { counted, own } from '../../shared/all.ts'
      export const late = () => own() + counted()`,
    'shared/all.ts': `export * from './counted.ts'
      export const own = () => 'our own, '`,
    'shared/counted.ts': shared,
  })
  await built
  expect(await times('counted here')).toBe(1)
  expect([load().early(), await load().late()]).toEqual(['our own, counted here: 1', 'our own, counted here: 2'])
})

test('the entry holds nothing for the others: of a module of which they need more they have a copy', async () => {
  const { built, text, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `import { short } from '../../shared/words.ts'
      export const early = () => short()
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/late.ts': `import { long, short } from '../../shared/words.ts'
      export const late = () => short() + long()`,
    'shared/words.ts': `import { schema } from './schema.ts'
      export const short = () => 'in short'
      export const long = () => ', and at length: ' + schema()`,
    'shared/schema.ts': `export const schema = () => 'what only late ones need'`,
  })
  await built
  expect(await text('aws.js')).toContain('in short')
  expect(await text('aws.js')).not.toMatch(/at length|only late ones/)
  expect(await load().late()).toBe('in short, and at length: what only late ones need')
})

test('the entry does not hold for the others what it only hands on from a module that nobody else needs', async () => {
  const { built, text, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `import { short } from '../../shared/words.ts'
      export const early = () => short()
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/late.ts': `import { schema } from '../../shared/words.ts'
      export const late = () => schema()`,
    'shared/words.ts': `export { schema } from './schema.ts'
      export const short = () => 'in short'`,
    'shared/schema.ts': `export const schema = () => 'what only late ones need'`,
  })
  await built
  expect(await text('aws.js')).not.toContain('only late ones')
  expect(await load().late()).toBe('what only late ones need')
})

test('what a late one imports late is a further one, and two of one name are two', async () => {
  const { built, names, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `export const a = async () => (await import('./a/late.ts')).later()
      export const b = async () => (await import('./b/late.ts')).value`,
    'services/probe/a/late.ts': `export const later = async () => (await import('../../../shared/later')).value`,
    'services/probe/b/late.ts': `export const value = 'b'`,
    'shared/later.ts': `export const value = 'later'`,
  })
  await built
  const late = ['aws.late-2.mjs', 'aws.late.mjs', expect.stringMatching(/^aws[.]later-\w+[.]mjs$/)]
  expect(await names()).toEqual(['aws.js', ...late])
  expect([await load().a(), await load().b()]).toEqual(['later', 'b'])
})

test('packed they are one file, from which each is loaded as if it stood there', async () => {
  const { built, names, times, loaded } = await bundled(lateFiles({ isPacked: true }), {
    'services/probe/aws.ts': `import { early } from '../../shared/early.ts'
      export const all = async () => [
        early(),
        (await import('./a.ts')).a(),
        (await import('./b.ts')).b(),
        await import(globalThis.other ?? './aws.gone.mjs').catch(({ code }) => code),
      ]`,
    'services/probe/a.ts': `import { counted } from '../../shared/counted.ts'
      export const a = () => '烽火, ' + counted()`,
    'services/probe/b.ts': `import { counted } from '../../shared/counted.ts'
      import { early } from '../../shared/early.ts'
      import old from 'old'
      export const b = () => [counted(), early(), old.sep]`,
    'shared/counted.ts': shared,
    'shared/early.ts': `let count = 0
      export const early = () => 'early: ' + ++count`,
    'node_modules/old/package.json': '{"name":"old","main":"index.js"}',
    'node_modules/old/index.js': `module.exports = { sep: require('path').posix.sep }`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.br'])
  expect(await times('counted here')).toBe(0)
  const [early, a, b, gone] = await loaded('all')
  expect([early, a, b]).toEqual(['early: 1', '烽火, counted here: 1', ['counted here: 2', 'early: 2', '/']])
  expect(gone).toBe('ENOENT')
})

test('what a packaging that broke off has left, by other names, is in no zip', async () => {
  const { built, names } = await bundled(lateFiles(), {
    'out/aws.late-OLDHASH1.js': 'old',
    'out/aws.gone-OLDHASH2.js': 'old',
    'out/other.js': 'of another entry',
    'services/probe/aws.ts': `export const late = async () => (await import('./late.ts')).value`,
    'services/probe/late.ts': `export const value = 'late'`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.mjs', 'other.js'])
})

test('packages stay with whoever imports them, and require of Node what they like', async () => {
  const { built, names, load } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `export const early = async () => (await import('lib')).default()
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/late.ts': `import old from 'old'
      export const late = () => old.sep`,
    'node_modules/lib/package.json': '{"name":"lib","main":"index.mjs"}',
    'node_modules/lib/index.mjs': `export default async () => (await import('./inside.mjs')).value`,
    'node_modules/lib/inside.mjs': `export const value = 'inside'`,
    'node_modules/old/package.json': '{"name":"old","main":"index.js"}',
    'node_modules/old/index.js': `module.exports = { sep: require('path').posix.sep }`,
  })
  await built
  expect(await names()).toEqual(['aws.js', 'aws.late.mjs'])
  expect([await load().early(), await load().late()]).toEqual(['inside', '/'])
})

test('what only doctor asks for, and where a function does not look for credentials, is not deployed', async () => {
  const { built, names, times } = await bundled(lateFiles(), {
    'services/probe/aws.ts': `export const diagnosed = async () => (await import('./diagnose.ts')).value
      export const late = async () => (await import('./late.ts')).late()`,
    'services/probe/diagnose.ts': `export const value = 'looked from outside'`,
    'services/probe/late.ts': `export const late = () => import('@aws-sdk/credential-provider-sso')`,
    'node_modules/@aws-sdk/credential-provider-sso/index.js': `export const fromSSO = 'signed in'`,
  })
  await built
  expect(await names()).toHaveLength(2)
  expect(await times('credential-provider-sso')).toBe(1)
  expect([await times('looked from outside'), await times('signed in')]).toEqual([0, 0])
})

test('a mistake in a late one, or one that is not there, fails the build', async () => {
  const entry = { 'services/probe/aws.ts': `export const late = () => import('./late.ts')` }
  await expect((await bundled(lateFiles(), entry)).built).rejects.toThrow('Could not resolve "./late.ts"')
  const wrong = await bundled(lateFiles(), { ...entry, 'services/probe/late.ts': 'let x = ' })
  await expect(wrong.built).rejects.toThrow('Unexpected end of file')
})
