import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { terminal } from './cli/terminal.ts'

const root = resolve(import.meta.dirname, '..')
const documents = globSync(['*.md', 'docs/**/*.md', 'plugins/*/README.md'], { cwd: root })
const read = (document: string) => readFileSync(join(root, document), 'utf8')

const shell = terminal()
afterAll(() => shell.remove())

const commandsIn = (help: string) => [...help.matchAll(/^ {2}([a-z]+)(?: |$)/gm)].map(([, name]) => name ?? '')

it('every link to a file of ours leads to one', () => {
  for (const document of documents) {
    const links = [...read(document).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, path]) => path ?? '')
    const dead = links.filter((path) => !existsSync(join(root, dirname(document), path)))
    expect(dead, document).toEqual([])
  }
})

it('every picture is shown somewhere', () => {
  const pictures = globSync('docs/images/*', { cwd: root })
  const all = documents.map(read).join('')
  expect(pictures.length).toBeGreaterThan(1)
  expect(pictures.filter((picture) => !all.includes(picture.replace('docs/', '')))).toEqual([])
})

it('nobody is told to run a package of that name from a registry', () => {
  for (const document of documents) expect(read(document), document).not.toMatch(/np[mx] (?:exec |-- )?fenghuo\b/)
})

it('every source that is named is there', () => {
  const source =
    /`((?:bench|cli|infrastructure|lint|local|plugins|services|shared|test)\/[\w./-]+\.(?:ts|css|yml|grit))`/g
  for (const document of documents) {
    const named = [...read(document).matchAll(source)].map(([, path]) => path ?? '')
    expect(
      named.filter((path) => !existsSync(join(root, path))),
      document,
    ).toEqual([])
  }
})

it('every anchor that is linked to is a heading', () => {
  for (const document of documents) {
    const links = [...read(document).matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)]
    for (const [link, path = '', anchor] of links) {
      const target = path === '' ? document : join(dirname(document), path)
      expect(anchorsIn(target), `${document}: ${link}`).toContain(anchor)
    }
  }
})

/** The anchors that GitHub makes of a document's headings. */
function anchorsIn(document: string): string[] {
  const headings = [...read(document).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading.toLowerCase())
  return headings.map((heading) => heading.replace(/[^\p{L}\p{N}_ -]/gu, '').replaceAll(' ', '-'))
}

const guides = documents.filter((document) => document.startsWith('docs/guides/') && !document.includes('.zh-CN'))

it.each([
  'README.md',
  'CONTRIBUTING.md',
  'docs/README.md',
  'docs/commands.md',
  'docs/console.md',
  'docs/extending.md',
  'docs/runbook.md',
  'docs/law-and-place.md',
  'docs/checks.md',
  'docs/kafka.md',
  'docs/inbound.md',
  ...guides,
])('%s has the same commands, links and rows in both languages', (page) => {
  const [english, chinese] = [page, page.replace('.md', '.zh-CN.md')].map((document) => {
    const text = read(document).replaceAll('.zh-CN', '')
    return {
      blocks: [...text.matchAll(/```[\s\S]*?```/g)].map(([block]) => withoutWords(block)),
      // Headings are in each language's own words.
      links: [...text.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link).sort(),
      rows: text.split('\n').flatMap((line) => (line.startsWith('|') ? [line.split('|').length] : [])),
      headings: [...text.matchAll(/^(#+) /gm)].map(([, depth]) => depth),
      points: [...text.matchAll(/^(- \*\*|\d\. )/gm)].map(([point]) => point),
    }
  })
  expect(chinese).toEqual(english)
})

/** A block without what each language has its own words for: comments, and what the program answers. */
function withoutWords(block: string): string {
  if (block.trimStart().startsWith('```text')) return '```text'
  return block.replace(/(^|\s+)# .*$/gm, '').replace(/(--comment) "[^"]*"/g, '$1')
}

it.each([
  ['地域', /区域(?!文件)/],
  ['告警单', /事件单|故障单|事故单|告警事件|关闭事件/],
  ['去重键相同', /去重键一样|相同去重键/],
  ['不可用', /发生不可用/],
  ['兜底通知', /最后手段通知|兜底渠道/],
])('Chinese has one word for it: %s', (_word, others) => {
  const sources = globSync(['shared/**/*.ts', 'cli/**/*.ts', 'local/**/*.ts', 'services/**/*.ts*'], { cwd: root })
  const texts = [...documents.filter((document) => !document.startsWith('docs/decisions/')), ...sources]
  expect(texts.filter((text) => others.test(read(text)))).toEqual([])
})

it('every page is there in both languages, but what we write down for ourselves', () => {
  const ours = /^(CHANGELOG|docs\/(decisions\/.*|performance)|plugins\/.*)\.md$/
  const bilingual = 'docs/glossary.md'
  const english = documents.filter((page) => !page.endsWith('.zh-CN.md') && !ours.test(page) && page !== bilingual)
  expect(english.filter((page) => !documents.includes(page.replace('.md', '.zh-CN.md')))).toEqual([])
  expect(documents.filter((page) => ours.test(page)).length).toBeGreaterThan(5)
})

it('the list of documents has them all', () => {
  const pages = documents.filter((document) => /^docs\/(?!decisions\/|README)/.test(document))
  const lists = ['README', 'inbound'].flatMap((list) => [`docs/${list}.md`, `docs/${list}.zh-CN.md`])
  const listed = lists.flatMap((list) =>
    [...read(list).matchAll(/\]\(([^)]+)\)/g)].map(([, path = '']) => join('docs', path)),
  )
  expect(pages.length).toBeGreaterThan(30)
  expect(pages.filter((page) => !listed.includes(page))).toEqual([])
})

it('every npm script that is named exists', () => {
  const scripts = Object.keys(JSON.parse(read('package.json')).scripts)
  for (const document of documents) {
    const named = [...read(document).matchAll(/npm run ([a-z0-9]+)/g)].map(([, script]) => script ?? '')
    expect(scripts, document).toEqual(expect.arrayContaining(named))
  }
})

it('the pages of commands have a line for every command', async () => {
  const { out } = await shell.run('--help')
  const commands = commandsIn(out).filter((command) => command !== 'help')
  expect(commands.length).toBeGreaterThan(10)
  for (const document of ['docs/commands.md', 'docs/commands.zh-CN.md']) {
    const lines = read(document).match(/^\| `[a-z].*$/gm) ?? []
    const told = lines.flatMap((line) => (line.split(' | ')[0] ?? '').match(/(?<=`)[a-z]+/g) ?? [])
    expect(told, document).toEqual(expect.arrayContaining(commands))
  }
})

it('the pages of commands name what is below each command', async () => {
  const { out } = await shell.run('--help')
  for (const command of commandsIn(out).filter((name) => name !== 'help')) {
    const [, list = ''] = (await shell.run(command, '--help')).out.split(/^Commands:$/m)
    const inner = commandsIn(list).filter((name) => !['help', 'show'].includes(name))
    for (const document of ['docs/commands.md', 'docs/commands.zh-CN.md']) {
      const rows = read(document).match(new RegExp(`^\\| \`${command}\\b.*$`, 'gm')) ?? []
      const told = [...rows.join('').matchAll(/`(?:[a-z]+ )?([a-z]+)[^`]*`/g)].map(([, name]) => name)
      expect(told, `${document}: ${command}`).toEqual(expect.arrayContaining(inner))
    }
  }
})

it('every command line that is shown is one that the program takes', async () => {
  const { out } = await shell.run('--help')
  const commands = commandsIn(out)
  for (const document of documents) {
    for (const [line, name = '', rest = ''] of read(document).matchAll(/bin\/fenghuo\.js ([a-z]+)([^`|\n#]*)/g)) {
      expect(commands, `${document}: ${line}`).toContain(name)
      const { out: own } = await shell.run(name, '--help')
      const [below = ''] = rest.trim().split(' ')
      // `region` alone is `region show`.
      const inner = ['show', below].findLast((one) => commandsIn(own).includes(one))
      const help = inner === undefined ? own : own + (await shell.run(name, inner, '--help')).out
      const options = rest.match(/--[a-z-]+/g) ?? []
      for (const option of options) expect(help, `${document}: ${line}`).toContain(option)
    }
  }
})
