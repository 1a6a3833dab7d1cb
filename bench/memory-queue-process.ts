import { startQueueServer } from '../local/queues.ts'
import { credentialsOf } from '../shared/clouds/aws/sigv4.ts'
import { region } from './vendors.ts'

// The process of a memory queue: tells its parent where it is, and ends with it.

const { endpoint } = await startQueueServer({ port: 0, region, credentials: credentialsOf(process.env) })
process.send?.(endpoint)
process.on('disconnect', () => process.exit(0))
