import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { type Part, parts } from '../scaffold/parts.ts'
import { scaffold } from '../scaffold/scaffold.ts'

const root = join(import.meta.dirname, '..')
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fenghuo-'))
  for (const part of Object.values<Part>(parts))
    for (const { file } of part.registries) await cp(join(root, file), join(folder, file))
})
afterEach(() => rm(folder, { recursive: true }))

const read = (file: string) => readFile(join(folder, file), 'utf8')

it.each(Object.entries<Part>(parts))('a new %s is its files and a line in each registry', async (_, part) => {
  const before = await Promise.all(part.registries.map(({ file }) => read(file)))
  const { written, changed } = await scaffold(part, 'redis-ping', folder)
  expect(written).toEqual(part.files.map(({ to }) => to('redis-ping')))
  expect(changed).toEqual(part.registries.map(({ file }) => file))
  for (const file of written) expect(await read(file), file).not.toMatch(/<(?:name|camel|Pascal|VARIABLE)>/)
  for (const [index, { file }] of part.registries.entries()) {
    const lines = (await read(file)).split('\n')
    const isNew = (line: string) => !before[index]?.split('\n').includes(line)
    expect(lines.filter(isNew).filter((line) => /redis-?ping/i.test(line))).toHaveLength(
      part.registries[index]?.imports === undefined ? 1 : 2,
    )
  }
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
])('%s is refused, since %s', async (name, message) => {
  const there = join(root, 'shared/channels/smtp')
  await cp(there, join(folder, 'shared/channels/smtp'), { recursive: true })
  const before = await read('shared/channels/registry.ts')
  await expect(scaffold(parts.channel, name, folder)).rejects.toThrow(message)
  expect(await read('shared/channels/registry.ts')).toBe(before)
})

it('a registry whose list has another name is told, and nothing is written', async () => {
  const moved = { ...parts.channel, registries: [{ ...parts.channel.registries[0], opens: 'const others = [' }] }
  await expect(scaffold(moved as Part, 'slack', folder)).rejects.toThrow('has no line "const others = ["')
  await expect(read('shared/channels/slack/slack.ts')).rejects.toThrow()
})
