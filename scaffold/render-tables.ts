import { namesOf } from './names.ts'
import { type Registry, rooms, type Table, tables } from './tables.ts'

/** The names of each registry, in its order. */
export type Registered = Record<Registry, readonly string[]>

/** The longest line (biome.json). */
const LINE = 120

/** An entry of a table, and where it comes from: a path below the room. */
interface Entry {
  name: string
  exported: string
  path: string
  isLate: boolean
}

/**
 * The text of every table, by its path. `has` says whether there is a file, by its path. Throws for a folder without a file that all
 * have to have.
 */
export function renderTables(registered: Registered, has: (path: string) => boolean): Record<string, string> {
  return Object.fromEntries(
    tables.map((table) => {
      const names = table.of.flatMap((registry) => registered[registry])
      const entries = names.flatMap((name) => entryOf(table, name, has))
      return [`${roomOf(table)}/registered/${table.file}`, rendered(table, entries)]
    }),
  )
}

function roomOf({ of: [registry] }: Table): string {
  return rooms[registry]
}

function entryOf(table: Table, name: string, has: (path: string) => boolean): Entry[] {
  const { sources, isOptional } = table
  const room = roomOf(table)
  const names = namesOf(name)
  const files = sources.map(({ file }) => `${name}/${file(names)}`)
  const index = files.findIndex((file) => has(`${room}/${file}`))
  const [source, path] = [sources[index], files[index]]
  if (source !== undefined && path !== undefined)
    return [{ name, path, exported: source.exports(names), isLate: source.isLate === true }]
  if (isOptional) return []
  throw new Error(`${room}/registry.ts lists ${name}, but there is no ${room}/${files.at(-1)}`)
}

function rendered(table: Table, entries: Entry[]): string {
  const { says, constant, type, typeFile, form } = table
  const imports = [
    { path: typeFile, line: `import type { ${type.replace('<unknown>', '')} } from '../${typeFile}'` },
    ...entries.flatMap(({ path, exported, isLate }) =>
      isLate ? [] : [{ path, line: `import { ${exported} } from '../${path}'` }],
    ),
  ].toSorted((one, other) => inOrder(one.path, other.path))
  const lines = entries.map(({ name, exported, path, isLate }) => {
    if (form === 'list') return `  ${exported},`
    if (form !== 'late') return name === exported ? `  ${name},` : `  ${key(name)}: ${exported},`
    return isLate
      ? `  ${key(name)}: async () => (await import('../${path}')).${exported},`
      : `  ${key(name)}: async () => ${exported},`
  })
  const { opens, closes } = {
    list: { opens: `: ${type}[] = [`, closes: ']' },
    'by-name': { opens: `: Record<string, ${type}> = {`, closes: '}' },
    late: { opens: `: Record<string, () => Promise<${type}>> = {`, closes: '}' },
    exact: { opens: ' = {', closes: `} satisfies Record<string, ${type}>` },
  }[form]
  return `// Made by \`npx node cli/schema.ts\` from ${roomOf(table)}/registry.ts and the files of each folder; a test compares.

${imports.map(({ line }) => line).join('\n')}

/** ${says} */
${body(`export const ${constant}${opens}`, lines, closes, form === 'list')}
`
}

/** A list that fits stands on one line, as the formatter has it. */
function body(opens: string, lines: string[], closes: string, isList: boolean): string {
  const short = `${opens}${lines
    .map((line) => line.trim())
    .join(' ')
    .replace(/,$/, '')}${closes}`
  return isList && short.length <= LINE ? short : [opens, ...lines, closes].join('\n')
}

/** As imports stand everywhere: folder by folder. */
function inOrder(one: string, other: string): number {
  const [a = '', ...restOfA] = one.split('/')
  const [b = '', ...restOfB] = other.split('/')
  if (a === b) return inOrder(restOfA.join('/'), restOfB.join('/'))
  return a < b ? -1 : 1
}

function key(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : `'${name}'`
}
