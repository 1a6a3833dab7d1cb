import { lazyBundles } from './lazy.ts'
import { shakableSchemas } from './shakable.ts'

/** What `custom.esbuild.plugins` names. */
export default [lazyBundles(), shakableSchemas()]
