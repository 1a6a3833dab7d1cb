import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import tls from 'node:tls'
import { nodeBinary } from '../../simulators/functions/node-binary.ts'

const require = createRequire(import.meta.url)

/** Where the roots stand that not every Node has; `npx node test/checks/network/node-roots.ts` writes it anew. */
export const MORE_ROOTS = new URL('../../../shared/checks/network/more-roots.ts', import.meta.url)

/** The roots of another Node, as it has them. */
function rootsOf(node: string): string {
  const script = "console.log(require('node:tls').rootCertificates.join('\\n'))"
  return execFileSync(node, ['-e', script], { encoding: 'utf8', maxBuffer: 10_000_000 })
}

/** Each certificate of a text as the base64 of its DER. */
function derOf(pems: string): string[] {
  return pems.split('-----END CERTIFICATE-----').flatMap((pem) => {
    const base64 = pem.replace('-----BEGIN CERTIFICATE-----', '').replaceAll(/\s/g, '')
    return base64 === '' ? [] : [base64]
  })
}

/** What the file is made of: the versions of the older Nodes, and how many roots this one has. */
export function sources(): string {
  const [older, old] = [18, 20].map((major) => Object.values(require(`node${major}/package.json`).dependencies))
  return `Node ${older} and ${old}, and the ${tls.rootCertificates.length} roots of Node 24`
}

/** The text of that file. */
function moreRootsText(): string {
  const texts = [rootsOf(nodeBinary(18)), rootsOf(nodeBinary(20)), tls.rootCertificates.join('\n')]
  const all = texts.map((text) => new Set(derOf(text)))
  const union = new Set(all.flatMap((roots) => [...roots]))
  const some = [...union].filter((root) => !all.every((roots) => roots.has(root))).sort()
  return `/**
 * Root certificates of Mozilla's list that one of the Nodes has which functions run on, and another has not, in base64. Made by
 * \`npx node test/checks/network/node-roots.ts\` of ${sources()}.
 */
export const moreRoots: string[] = [
${some.map((root) => `  '${root}',\n`).join('')}]
`
}

if (import.meta.main) writeFileSync(MORE_ROOTS, moreRootsText())
