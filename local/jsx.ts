import { readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath } from 'node:url'
import { transformSync } from 'esbuild'

let isRegistered = false

/** Has this process read JSX: Node strips types, and leaves that to whoever bundles; here nobody does. To be called before it is imported. */
export function readJsx(): void {
  if (isRegistered) return
  isRegistered = true
  registerHooks({
    load(url, context, next) {
      if (!url.endsWith('.tsx')) return next(url, context)
      const sourcefile = fileURLToPath(url)
      const { code } = transformSync(readFileSync(sourcefile, 'utf8'), {
        loader: 'tsx',
        format: 'esm',
        target: 'node24',
        jsx: 'automatic',
        jsxImportSource: 'hono/jsx',
        sourcefile,
        sourcemap: 'inline',
      })
      return { format: 'module', source: code, shortCircuit: true }
    },
  })
}
