import { startQueueServer } from '../local/queues.ts'
import { startTableServer } from '../local/tables.ts'

// The process of the local stack's queues, or of its tables: tells its parent the address, and ends with it.

const [what, dataDir = '', region = '', accessKeyId = '', secretAccessKey = ''] = process.argv.slice(2)
const options = { dataDir, port: 0, region, credentials: { accessKeyId, secretAccessKey } }
const { endpoint } = await (what === 'queues' ? startQueueServer(options) : startTableServer(options))
process.send?.(endpoint)
process.on('disconnect', () => process.exit(0))
