import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { NAMES_FILE } from '../services/console/assets.ts'
import { compileFor } from '../shared/config/compile-for.ts'
import { loadConfig } from '../shared/config/load.ts'
import type { CompiledConfig } from '../shared/contracts/compiled-config.ts'
import { deployed, environmentOf } from './deployed.ts'
import type { Harness } from './harness.ts'
import { type Lambda, startLambda } from './lambda.ts'

const TOKEN = 'the token of whoever measures'.replaceAll(' ', '-')

/** Node is given what Lambda leaves it of 512 MB. */
const memoryArgument = '--max-old-space-size=448'

/** The packaged console over a harness' tables, by this configuration. */
export async function startConsole(
  harness: Harness,
  { bundle, assets, fenghuo }: { bundle: string; assets: Record<string, string | Uint8Array>; fenghuo: object },
): Promise<{ lambda: Lambda; config: CompiledConfig }> {
  const access = [{ role: 'viewer', tokens: ['${CONSOLE_TOKEN}'] }]
  const { config, problems } = loadConfig(JSON.stringify({ ...fenghuo, console: { access } }), 'fenghuo.yml')
  if (config === undefined) throw new Error(JSON.stringify(problems))
  const inFolder = (name: string) => join(harness.dataDir, 'config', name)
  await writeFile(inFolder('console.json'), JSON.stringify(compileFor('console', config)))
  for (const [name, content] of Object.entries(assets)) await writeFile(inFolder(name), content)
  const env = {
    ...environmentOf('console', harness),
    NODE_OPTIONS: memoryArgument,
    FENGHUO_CONFIG: inFolder('console.json'),
    CONSOLE_ASSETS: inFolder(NAMES_FILE),
    CONSOLE_TOKEN: TOKEN,
    ACKNOWLEDGE_URL: 'https://acknowledge.invalid/',
    INGEST_URL: 'https://ingest.invalid/',
  }
  return { lambda: startLambda(bundle, env, deployed('console').timeoutMs), config }
}

/** A request as a function URL invokes it (payload format 2.0). */
export function get(path: string) {
  const [rawPath = '', rawQueryString = ''] = path.split('?')
  return {
    version: '2.0',
    rawPath,
    rawQueryString,
    headers: {
      host: 'console.example.com',
      'accept-encoding': 'br',
      'accept-language': 'zh',
      authorization: `Bearer ${TOKEN}`,
    },
    requestContext: {
      domainName: 'console.example.com',
      http: { method: 'GET', path: rawPath, sourceIp: '192.0.2.1' },
    },
    isBase64Encoded: false,
  }
}

/** What was answered, and its bytes as they go over the line. Throws unless it is there. */
export function pageIn(answer: unknown): { text: string; bytes: number } {
  const { statusCode, body, headers } = answer as { statusCode: number; body: string; headers: Record<string, string> }
  const bytes = Buffer.from(body, 'base64')
  const text = String(headers['content-encoding'] === 'br' ? brotliDecompressSync(bytes) : bytes)
  if (statusCode !== 200) throw new Error(`the console answered ${statusCode}: ${text.slice(0, 200)}`)
  return { text, bytes: bytes.length }
}
