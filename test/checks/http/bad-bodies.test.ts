import { gzipSync } from 'node:zlib'
import { fact } from '../../../shared/checks/run/fault.ts'
import { httpTarget } from '../targets.ts'
import { itHasItsOwnWords } from './bad-target.ts'

const MIB = 1_048_576

const bomb = gzipSync(Buffer.alloc(200 * MIB))

itHasItsOwnWords([
  {
    reason: 'an endless body without conditions: the target is up, and we stop reading',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(2 * MIB, 'a'))),
    outcome: 'up',
    fault: fact('body-not-read'),
  },
  {
    reason: 'a body of just the limit',
    target: () => httpTarget((_request, response) => void response.end(Buffer.alloc(MIB, 'a'))),
    outcome: 'up',
    fault: undefined,
  },
  {
    reason: 'text beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`${'a'.repeat(MIB)}needle`)),
    keys: { contains: 'needle' },
    outcome: 'down',
    fault: fact('body-lacks', { text: 'needle', isCut: true }),
  },
  {
    reason: 'JSON beyond the limit',
    target: () => httpTarget((_request, response) => void response.end(`"${'a'.repeat(MIB)}"`)),
    keys: { json: { '$.status': 'ok' } },
    outcome: 'down',
    fault: fact('json-too-large'),
  },
  {
    reason: 'a gzip bomb: 200 MB in 200 kB',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
      }),
    keys: { contains: 'needle' },
    outcome: 'down',
    fault: fact('body-lacks', { text: 'needle', isCut: true }),
  },
  {
    reason: 'gzip that is none',
    target: () =>
      httpTarget(
        (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain text'),
      ),
    keys: { contains: 'plain' },
    outcome: 'down',
    fault: fact('body-damaged', { how: 'damaged' }),
  },
  {
    reason: 'gzip that ends early',
    target: () =>
      httpTarget((_request, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('plain text').subarray(0, 15))
      }),
    keys: { contains: 'plain' },
    outcome: 'down',
    fault: fact('body-damaged', { how: 'cut-short' }),
  },
  {
    reason: 'an encoding that not every Node decodes',
    target: () =>
      httpTarget((_request, response) => void response.writeHead(200, { 'content-encoding': 'zstd' }).end('x')),
    keys: { contains: 'x' },
    outcome: 'down',
    fault: fact('encoding-unsupported', { encoding: 'zstd' }),
  },
])
