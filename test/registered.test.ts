import { existsSync, globSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type Registered, renderTables } from '../scaffold/render-tables.ts'
import { channels, voiceRoutes } from '../shared/channels/registry.ts'
import { checks } from '../shared/checks/registry.ts'
import { formats } from '../shared/ingest/registry.ts'

const root = join(import.meta.dirname, '..')
const registered: Registered = { channels, voiceRoutes, checks, formats }
const files = new Set(globSync('shared/{channels,checks,ingest}/*/*.ts', { cwd: root }))
const has = (path: string) => files.has(path)

describe('the tables of what is registered', () => {
  const texts = renderTables(registered, has)

  it.each(Object.entries(texts))('%s is current; if not, run `npx node cli/schema.ts`', (path, text) => {
    expect(existsSync(join(root, path)) && readFileSync(join(root, path), 'utf8')).toBe(text)
  })

  it('are all that is in their folders', () => {
    const others = [...files].filter((path) => dirname(path).endsWith('/registered') && !(path in texts))
    expect(others).toEqual([])
  })
})

it('every folder with a descriptor is registered', () => {
  const named = (glob: string) => globSync(glob, { cwd: root }).map((path) => basename(dirname(path)))
  const ofItsName = [...files].filter((path) => basename(path) === `${basename(dirname(path))}.ts`)
  const inChannels = ofItsName
    .filter((path) => path.startsWith('shared/channels/'))
    .map((path) => basename(path, '.ts'))
  expect(inChannels.toSorted()).toEqual([...channels, ...voiceRoutes].toSorted())
  expect(named('shared/checks/*/config.ts').toSorted()).toEqual(checks.toSorted())
  expect(named('shared/ingest/*/format.ts').toSorted()).toEqual(formats.toSorted())
})

describe('one line and the files of its folder', () => {
  const folder = (room: string, ...names: string[]) => names.map((name) => `shared/${room}/redis-ping/${name}`)
  const none: Registered = { channels: [], voiceRoutes: [], checks: [], formats: [] }
  const linesOf = (room: string, one: Partial<Registered>, names: string[]) => {
    const there = folder(room, ...names)
    const texts = renderTables({ ...none, ...one }, (path) => there.includes(path))
    return Object.entries(texts).flatMap(([path, text]) =>
      text.split('\n').flatMap((line) => (/redis/i.test(line) ? [`${basename(path)}: ${line.trim()}`] : [])),
    )
  }

  it('a channel of one file is described and sends', () => {
    expect(linesOf('channels', { channels: ['redis-ping'] }, ['redis-ping.ts'])).toEqual([
      "channels.ts: import { redisPing } from '../redis-ping/redis-ping.ts'",
      "channels.ts: 'redis-ping': redisPing,",
      "senders.ts: import { redisPing } from '../redis-ping/redis-ping.ts'",
      "senders.ts: 'redis-ping': async () => redisPing,",
    ])
  })

  it('a channel of all files is loaded late to send, has buttons, and is a last resort', () => {
    const all = ['redis-ping.ts', 'redis-ping.sender.ts', 'callbacks.ts', 'last-resort.ts']
    expect(linesOf('channels', { channels: ['redis-ping'] }, all).slice(2)).toEqual([
      "senders.ts: 'redis-ping': async () => (await import('../redis-ping/redis-ping.sender.ts')).redisPingSender,",
      "callbacks.ts: import { redisPingCallbacks } from '../redis-ping/callbacks.ts'",
      "callbacks.ts: 'redis-ping': redisPingCallbacks,",
      "last-resorts.ts: import { redisPingLastResort } from '../redis-ping/last-resort.ts'",
      'last-resorts.ts: export const lastResorts: LastResort<unknown>[] = [redisPingLastResort]',
    ])
  })

  it('a kind of check that probes run, or that something else reports', () => {
    const active = linesOf('checks', { checks: ['redis-ping'] }, ['config.ts', 'run.ts', 'faults.ts', 'evaluate.ts'])
    expect(active.map((line) => line.split(':')[0])).toEqual(
      ['configs.ts', 'runs.ts', 'wordings.ts', 'sample-evaluators.ts'].flatMap((file) => [file, file]),
    )
    const passive = linesOf('checks', { checks: ['redis-ping'] }, ['config.ts', 'faults.ts', 'passive.ts', 'places.ts'])
    expect(passive.map((line) => line.split(':')[0])).toEqual(
      ['configs.ts', 'wordings.ts', 'passive-evaluators.ts', 'place-namings.ts'].flatMap((file) => [file, file]),
    )
  })

  it.each([
    ['channels', { channels: ['redis-ping'] }, ['callbacks.ts'], 'shared/channels/redis-ping/redis-ping.ts'],
    ['channels', { voiceRoutes: ['redis-ping'] }, ['redis-ping.ts'], 'shared/channels/redis-ping/calls.ts'],
    ['checks', { checks: ['redis-ping'] }, ['config.ts'], 'shared/checks/redis-ping/faults.ts'],
    ['ingest', { formats: ['redis-ping'] }, [], 'shared/ingest/redis-ping/format.ts'],
    ['ingest', { formats: ['redis-ping'] }, ['format.ts'], 'shared/ingest/redis-ping/guide.ts'],
  ])('a folder in %s that lacks what all have is named: %o %o', (room, one, names, path) => {
    expect(() => linesOf(room, one, names)).toThrow(`lists redis-ping, but there is no ${path}`)
  })
})
