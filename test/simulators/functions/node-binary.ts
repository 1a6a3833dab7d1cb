import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)
/** npm packages that carry the binary of one major version. */
const PACKAGES: Record<number, () => string> = {
  18: () => require.resolve('node18/package.json'),
  20: () => require.resolve('node20/package.json'),
}

/** The Node binary of a major version that the vendors run functions on: 18 or 20. Throws for any other. */
export function nodeBinary(major: number): string {
  const manifest = PACKAGES[major]
  if (!manifest) throw new Error(`there is no Node ${major} here, only ${Object.keys(PACKAGES).join(', ')}`)
  return join(dirname(manifest()), 'bin/node')
}
