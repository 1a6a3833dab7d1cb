import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { isPart, parts } from './parts.ts'
import { scaffold } from './scaffold.ts'
import { writeTables } from './write-tables.ts'

const usage = `npm run new -- channel|check|inbound NAME

Writes the folder of a new channel, check kind or inbound format, with its descriptor, a test and (for a channel) a simulator, and its
line in the registry; then makes the tables of what is registered anew. The tests fail until they are filled. NAME is what the
configuration will call it: mattermost, redis-ping.
Exit code 2 if the arguments are wrong, or something of that name is there.`

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { help: { type: 'boolean', short: 'h', default: false } },
})
const [part = '', name = '', ...rest] = positionals

if (values.help) {
  console.log(usage)
} else if (!isPart(part) || name === '' || rest.length > 0) {
  console.error(usage)
  process.exitCode = 2
} else {
  try {
    const root = fileURLToPath(new URL('..', import.meta.url))
    const { written, changed } = await scaffold(parts[part], name, root)
    // Imports in their order and lines broken as everywhere: a template does not know how long the name is.
    const files = [...written, changed].filter((file) => file.endsWith('.ts'))
    spawnSync('npx', ['biome', 'check', '--write', ...files], { cwd: root, stdio: 'ignore' })
    for (const file of written) console.log(`wrote    ${file}`)
    console.log(`changed  ${changed}`)
    for (const file of await writeTables(root)) console.log(`made     ${file}`)
    console.log(`\nNext: ${parts[part].next}`)
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    process.exitCode = 2
  }
}
