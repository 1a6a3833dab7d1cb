import { type ChildProcess, spawn, spawnSync } from 'node:child_process'

/** librdkafka's own cluster in memory, which its client brings with it: a peer that nobody of ours wrote. */
export interface MockCluster {
  /** `host:port` of each broker. */
  brokers: string[]
  stop(): void
}

/** What to say where it is not installed. */
export const kcatMissing = 'kcat is not installed; Debian: apt-get install kcat'

export function isKcatHere(): boolean {
  return spawnSync('kcat', ['-V']).status === 0
}

/** Starts a cluster of three brokers. It creates topics, of four partitions, as they are asked for; it describes no groups. */
export async function startMockCluster(): Promise<MockCluster> {
  const args = ['-P', '-b', 'ignored', '-t', 'seed', '-X', 'test.mock.num.brokers=3', '-d', 'mock']
  // It lives as long as its standard input is open.
  const kcat = spawn('kcat', args, { stdio: ['pipe', 'ignore', 'pipe'] })
  // At SIGTERM it first waits for the end of its standard input.
  return { brokers: await bootstrapServers(kcat), stop: () => kcat.kill('SIGKILL') }
}

/** The addresses that the cluster tells on its standard error. */
function bootstrapServers({ stderr }: ChildProcess): Promise<string[]> {
  return new Promise((resolve, reject) => {
    let told = ''
    stderr?.on('data', (chunk) => {
      told += chunk
      const servers = /bootstrap\.servers\D*?((?:127\.0\.0\.1:\d+,?){3})(?=\D)/.exec(told)?.[1]
      if (servers) resolve(servers.split(','))
    })
    stderr?.on('end', () => reject(new Error(`kcat ended: ${told}`)))
  })
}
