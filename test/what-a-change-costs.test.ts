import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')

/** Rows of the table: what varies, by which pattern, its own folder, and how many files of others there are now. */
function rowsOf(document: string) {
  const text = readFileSync(join(root, document), 'utf8')
  return [...text.matchAll(/^\| ([^|]+) \| `((?:\\\||[^|])+)` \| (\S+) \| \d+ \| (\d+)[:：]/gm)].map(
    ([, what = '', pattern = '', own = '', now]) => ({
      what,
      pattern: pattern.replaceAll('\\|', '|'),
      own: own.replaceAll('`', ''),
      now: Number(now),
    }),
  )
}

function filesWith(pattern: string, own: string): string[] {
  const left = ['test', 'bench', 'scaffold', '*/registered/*', ...(own === '–' ? [] : [own])].map((path) => `:!${path}`)
  const command = ['grep', '-lE', pattern, '--', '*.ts', '*.js', '*.cjs', ...left]
  return execFileSync('git', command, { cwd: root, encoding: 'utf8' }).trim().split('\n')
}

const rows = rowsOf('docs/architecture.md')

it('both languages have the same rows', () => {
  expect(rows).toHaveLength(6)
  const numbers = (all: typeof rows) => all.map(({ pattern, own, now }) => ({ pattern, own, now }))
  expect(numbers(rowsOf('docs/architecture.zh-CN.md'))).toEqual(numbers(rows))
})

it.each(rows)('$what: the document counts the files that the tree has', ({ pattern, own, now }) => {
  const files = filesWith(pattern, own)
  expect(files, files.join(', ')).toHaveLength(now)
})
