import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { FunctionProcess, type FunctionProcessOptions } from './process.ts'
import { unzip } from './zip.ts'

/** The functions that a simulated cloud runs: each version's package is unpacked once and has one process. */
export interface Fleet {
  /** The process of `key`, which stands for one state of one version; unpacks `zip` when there is none yet, and rejects when it can't. */
  process(key: string, zip: Buffer, options: Omit<FunctionProcessOptions, 'folder'>): Promise<FunctionProcess>
  /** Lets the process of `key`, if any, finish what it has been asked for, ends it and removes its folder. */
  retire(key: string): Promise<void>
  /** Ends all processes at once, whatever they do. */
  close(): Promise<void>
}

interface Member {
  process: FunctionProcess
  folder: string
}

/** An empty fleet; packages are unpacked in the machine's folder for temporary files. */
export function startFleet(): Fleet {
  const members = new Map<string, Promise<Member>>()

  async function start(zip: Buffer, options: Omit<FunctionProcessOptions, 'folder'>): Promise<Member> {
    const folder = await mkdtemp(join(tmpdir(), 'fenghuo-function-'))
    try {
      await unzip(zip, folder)
    } catch (error) {
      await rm(folder, { recursive: true })
      throw error
    }
    return { folder, process: new FunctionProcess({ ...options, folder }) }
  }

  async function end(key: string, how: 'stop' | 'finish'): Promise<void> {
    const member = await members.get(key)
    members.delete(key)
    await member?.process[how]()
    if (member) await rm(member.folder, { recursive: true, force: true })
  }

  return {
    process: async (key, zip, options) => {
      const member = members.get(key) ?? start(zip, options)
      members.set(key, member)
      try {
        return (await member).process
      } catch (error) {
        members.delete(key)
        throw error
      }
    },
    retire: (key) => end(key, 'finish'),
    close: async () => {
      await Promise.all([...members.keys()].map((key) => end(key, 'stop')))
    },
  }
}
