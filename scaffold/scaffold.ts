import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Names, Part, Registry } from './parts.ts'

/** As the configuration's types are named: small letters, digits and single hyphens. */
const NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/

/**
 * Writes a part of a name below `root`, and its lines in the registries there. Gives the paths of what was written and changed, from
 * `root`. Throws, having changed nothing, for a name of another form, a file that is there, or a registry without its list.
 */
export async function scaffold(
  part: Part,
  name: string,
  root: string,
): Promise<{ written: string[]; changed: string[] }> {
  if (!NAME.test(name)) throw new Error(`"${name}" should be small letters, digits and hyphens, such as redis-ping`)
  const names = namesOf(name)
  const written = await Promise.all(
    part.files.map(async ({ template, to }) => {
      const file = to(name)
      if (existsSync(join(root, file))) throw new Error(`${file} is there already`)
      const text = await readFile(new URL(`templates/${template}`, import.meta.url), 'utf8')
      return { file, text: filled(text, names) }
    }),
  )
  const changed = await Promise.all(
    part.registries.map(async (registry) => ({
      file: registry.file,
      text: registered(await readFile(join(root, registry.file), 'utf8'), registry, names),
    })),
  )
  for (const { file, text } of [...written, ...changed]) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), text)
  }
  return { written: written.map(({ file }) => file), changed: changed.map(({ file }) => file) }
}

function namesOf(name: string): Names {
  const pascal = name.replace(/(?:^|-)(.)/g, (_, first: string) => first.toUpperCase())
  return { name, pascal, camel: pascal.charAt(0).toLowerCase() + pascal.slice(1) }
}

function filled(template: string, { name, camel, pascal }: Names): string {
  const variable = name.toUpperCase().replaceAll('-', '_')
  return template
    .replaceAll('<name>', name)
    .replaceAll('<camel>', camel)
    .replaceAll('<Pascal>', pascal)
    .replaceAll('<VARIABLE>', variable)
}

/** A list on one line is opened up: the formatter closes it again if it fits. */
function registered(source: string, { file, imports, opens, line }: Registry, names: Names): string {
  const start = source.indexOf(opens)
  const end = source.slice(start + opens.length).search(/[\]}]/) + start + opens.length
  if (start < 0 || end < start + opens.length) throw new Error(`${file} has no line "${opens}"`)
  const listed = source.slice(0, end).trimEnd()
  const comma = /[,[{]$/.test(listed) ? '' : ','
  const imported = imports === undefined ? '' : `${imports(names)}\n`
  return `${imported}${listed}${comma}\n${line(names)}\n${source.slice(end)}`
}
