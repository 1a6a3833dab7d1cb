import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { blackboxFile, metricsOf } from '../../bench/blackbox.ts'

it('metrics are read by their name with its labels', () => {
  const text = `# HELP probe_http_duration_seconds Duration of http request by phase, summed over all redirects
# TYPE probe_http_duration_seconds gauge
probe_http_duration_seconds{phase="connect"} 0.000123456
probe_http_duration_seconds{phase="tls"} 1.5e-05
probe_success 1
`
  expect(metricsOf(text)).toEqual({
    'probe_http_duration_seconds{phase="connect"}': 0.000123456,
    'probe_http_duration_seconds{phase="tls"}': 0.000015,
    probe_success: 1,
  })
})

it('the program is looked for on the path', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fenghuo-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const path = `/nowhere:${folder}`
  expect(blackboxFile(path)).toBeUndefined()
  const file = join(folder, 'prometheus-blackbox-exporter')
  await writeFile(file, '')
  await chmod(file, 0o755)
  expect(blackboxFile(path)).toBe(file)
})
