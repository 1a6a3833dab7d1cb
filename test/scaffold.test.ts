import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Part, parts } from '../scaffold/parts.ts'
import { scaffold } from '../scaffold/scaffold.ts'
import { writeTables } from '../scaffold/write-tables.ts'

const root = join(import.meta.dirname, '..')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-'))
  for (const { registry } of Object.values<Part>(parts))
    await cp(join(root, registry.file), join(folder, registry.file))
})
afterEach(() => rm(folder, { recursive: true }))

const read = (file: string) => readFile(join(folder, file), 'utf8')

it.each(Object.entries<Part>(parts))('a new %s is its files and one line in one registry', async (_, part) => {
  const { file } = part.registry
  const before = await read(file)
  const { written, changed } = await scaffold(part, 'redis-ping', folder)
  expect(written).toEqual(part.files.map(({ to }) => to('redis-ping')))
  expect(changed).toBe(file)
  for (const file of written) expect(await read(file), file).not.toMatch(/<(?:name|camel|Pascal|VARIABLE)>/)
  const after = await read(file)
  expect(after.replace("  'redis-ping',\n", '')).toBe(before)
  expect(after).not.toBe(before)
})

it('a new format is asked before the one that knows everything', async () => {
  await scaffold(parts.inbound, 'redis-ping', folder)
  expect(await read(parts.inbound.registry.file)).toContain("  'redis-ping',\n  'generic',\n]")
})

/** Runs where the project is a copy with new folders, and prints what it knows of them. */
const asking = `
const { sendersOf } = await import('./shared/channels/senders.ts')
const { channels } = await import('./shared/channels/registered/channels.ts')
const { checkKindConfigs } = await import('./shared/checks/registered/configs.ts')
const { checkKinds } = await import('./shared/checks/registered/runs.ts')
const { checkWords } = await import('./shared/checks/registered/wordings.ts')
const { formats } = await import('./shared/ingest/registered/formats.ts')
const { pigeon } = await sendersOf(['pigeon'])
console.log(JSON.stringify({
  sent: pigeon.send === channels.pigeon.send,
  described: channels.pigeon.type,
  configured: checkKindConfigs.at(-1).kind,
  run: checkKinds['redis-ping'].kind,
  worded: Object.keys(checkWords['redis-ping']).includes('unwritten'),
  read: formats.at(-2).format,
}))`

it('what was written is sent by, run and read, as soon as the tables are made anew', async () => {
  await cp(join(root, 'shared'), join(folder, 'shared'), { recursive: true })
  await cp(join(root, 'package.json'), join(folder, 'package.json'))
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  await scaffold(parts.channel, 'pigeon', folder)
  await scaffold(parts.check, 'redis-ping', folder)
  await scaffold(parts.inbound, 'smoke', folder)
  const made = await writeTables(folder)
  expect(made.toSorted()).toEqual([
    'shared/channels/registered/channels.ts',
    'shared/channels/registered/senders.ts',
    'shared/checks/registered/configs.ts',
    'shared/checks/registered/runs.ts',
    'shared/checks/registered/wordings.ts',
    'shared/ingest/registered/formats.ts',
    'shared/ingest/registered/guides.ts',
  ])
  const answer = execFileSync(process.execPath, ['--input-type=module', '--eval', asking], { cwd: folder })
  expect(JSON.parse(answer.toString())).toEqual({
    sent: true,
    described: 'pigeon',
    configured: 'redis-ping',
    run: 'redis-ping',
    worded: true,
    read: 'smoke',
  })
})

it('a channel’s variables are named as all are', async () => {
  await scaffold(parts.channel, 'redis-ping', folder)
  const text = await read('shared/channels/redis-ping/redis-ping.ts')
  expect(text.match(/\bFENGHUO_\w+|\w+_TOKEN\b/g)).toEqual(['FENGHUO_REDIS_PING_URL', 'REDIS_PING_TOKEN'])
})

it.each(Object.entries<Part>(parts))('what a new %s imports is there', async (_, part) => {
  for (const { template, to } of part.files) {
    const text = await readFile(join(root, 'scaffold/templates', template), 'utf8')
    for (const [, names = '', from = ''] of text.matchAll(/^import (?:type )?\{ (.+) \} from '(\..+)'$/gm)) {
      const file = join(root, to('<name>'), '..', from)
      if (file.includes('<name>')) continue
      const source = await readFile(file, 'utf8')
      for (const name of names.split(', ').map((one) => one.replace('type ', '')))
        expect(source, `${name} in ${from}`).toMatch(
          new RegExp(`^export (?:.* )?${name}\\b|^export .*\\b${name}\\b.*\\}$`, 'm'),
        )
    }
  }
})

it.each([
  ['Slack', 'small letters', 'a configuration has one way to write a type'],
  ['../slack', 'small letters', 'nothing is written elsewhere'],
  ['slack_bot', 'small letters', 'the other types have hyphens'],
  ['smtp', 'is there already', 'nothing is written over'],
  ['registered', 'is there already', 'the tables have that folder'],
  ['class', 'is a word of JavaScript', 'the tables import it by its name'],
  ['phone', 'means something else', 'a policy names what reaches people'],
])('%s is refused, since %s', async (name, message) => {
  const there = join(root, 'shared/channels/smtp')
  await cp(there, join(folder, 'shared/channels/smtp'), { recursive: true })
  await mkdir(join(folder, 'shared/channels/registered'))
  const before = await read('shared/channels/registry.ts')
  await expect(scaffold(parts.channel, name, folder)).rejects.toThrow(message)
  expect(await read('shared/channels/registry.ts')).toBe(before)
})

it('a registry whose list has another name is told, and nothing is written', async () => {
  const moved: Part = { ...parts.channel, registry: { ...parts.channel.registry, opens: 'const others = [' } }
  await expect(scaffold(moved, 'slack', folder)).rejects.toThrow('has no line "const others = ["')
  await expect(read('shared/channels/slack/slack.ts')).rejects.toThrow()
})
