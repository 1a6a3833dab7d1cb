import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'

const json = (file: string) => JSON.parse(readFileSync(new URL(`../${file}`, import.meta.url), 'utf8'))

it('says of every package with an install script whether npm may run it', () => {
  const { allowScripts } = json('package.json')
  const packages = Object.entries<{ hasInstallScript?: boolean }>(json('package-lock.json').packages)
  const withScript = packages.filter(([, { hasInstallScript }]) => hasInstallScript)
  const names = new Set(withScript.map(([path]) => path.split('node_modules/').at(-1) ?? ''))

  // From npm 12 on a script that nobody has allowed is left out, and `node` without its script is no Node.
  expect(Object.keys(allowScripts).sort()).toEqual([...names].sort())
  expect(allowScripts.node).toBe(true)
})
