import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Names, namesOf } from './names.ts'
import type { Part, RegistryList } from './parts.ts'

/** Words that no import can be named by (ECMAScript 2026, 12.7.2 "Keywords and Reserved Words"). */
const RESERVED =
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval'

/** As the configuration's types are named: small letters, digits and single hyphens. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/**
 * Writes a part of a name below `root`, and its line in the registry there. Gives the paths of what was written, and of the registry,
 * from `root`. Throws, having changed nothing, for a name of another form or one that is taken, a file that is
 * there, or a registry without its list.
 */
export async function scaffold(
  part: Part,
  name: string,
  root: string,
): Promise<{ written: string[]; changed: string }> {
  if (!NAME.test(name)) throw new Error(`"${name}" should be small letters, digits and hyphens, such as redis-ping`)
  if (RESERVED.split(' ').includes(name)) throw new Error(`${name} is a word of JavaScript, and can name nothing there`)
  if (part.taken?.includes(name)) throw new Error(`${name} means something else in a configuration`)
  if (existsSync(join(root, part.folder, name))) throw new Error(`${part.folder}/${name} is there already`)
  const names = namesOf(name)
  const written = await Promise.all(
    part.files.map(async ({ template, to }) => {
      const file = to(name)
      if (existsSync(join(root, file))) throw new Error(`${file} is there already`)
      const text = await readFile(new URL(`templates/${template}`, import.meta.url), 'utf8')
      return { file, text: filled(text, names) }
    }),
  )
  const { file: registry } = part.registry
  const source = await readFile(join(root, registry), 'utf8')
  const changed = { file: registry, text: registered(source, part.registry, name) }
  for (const { file, text } of [...written, changed]) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  return { written: written.map(({ file }) => file), changed: registry }
}

function filled(template: string, { name, camel, pascal }: Names): string {
  const variable = name.toUpperCase().replaceAll('-', '_')
  return template
    .replaceAll('<name>', name)
    .replaceAll('<camel>', camel)
    .replaceAll('<Pascal>', pascal)
    .replaceAll('<VARIABLE>', variable)
}

function registered(source: string, { file, opens, last }: RegistryList, name: string): string {
  const start = source.indexOf(opens)
  const end = source.indexOf(last === undefined ? '\n]' : `\n  '${last}',`, start)
  if (start < 0 || end < 0) throw new Error(`${file} has no line "${opens}"`)
  return `${source.slice(0, end)}\n  '${name}',${source.slice(end)}`
}
