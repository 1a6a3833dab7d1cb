import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { expect, test } from 'vitest'
import { shakableSchemas, withPlainKeys } from '../../../plugins/bundles/shakable.ts'

const commands = 'ConnectClient, StartOutboundVoiceContactCommand, StopContactCommand'

async function bundled(plugins: ReturnType<typeof shakableSchemas>[]): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `export { ${commands} } from '@aws-sdk/client-connect'`, resolveDir: import.meta.dirname },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    minify: true,
    write: false,
    plugins,
  })
  return outputFiles[0]?.text ?? ''
}

test('of the SDK of Amazon Connect only the shapes of what is asked of it are in the bundle', async () => {
  const text = await bundled([shakableSchemas()])
  expect(text).toContain('"StartOutboundVoiceContactRequest"')
  expect(text).toContain('"DestinationNotAllowedException"')
  expect(text).not.toContain('"CreateEvaluationFormRequest"')
})

test('the shapes themselves stay what they were', async () => {
  const file = fileURLToPath(import.meta.resolve('@aws-sdk/client-connect')).replace(
    /dist-\w+.*/,
    'dist-es/schemas/schemas_0.js',
  )
  const source = await readFile(file, 'utf8')
  const made = withPlainKeys(source)
  const constants = Object.fromEntries(
    [...source.matchAll(/^const (_\w+) = "(.*)";$/gm)].map(([, name, text]) => [name, text]),
  )
  expect(made).not.toMatch(/\[_\w+\]:/)
  expect(made).toBe(source.replaceAll(/\[(_\w+)\]:/g, (_, name: string) => `${JSON.stringify(constants[name])}:`))
})

test('a key that is no constant of the file stays as it is written', () => {
  expect(withPlainKeys('const _h = "http";\nexport var A$ = [{ [_h]: 1, [_q]: 2 }];')).toBe(
    'const _h = "http";\nexport var A$ = [{ "http": 1, [_q]: 2 }];',
  )
})
