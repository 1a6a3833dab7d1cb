import { dataModules } from './data.ts'
import { lazyBundles } from './lazy.ts'
import { shakableSchemas } from './shakable.ts'

/** What `custom.esbuild.plugins` names. */
export default [dataModules(), lazyBundles(), shakableSchemas()]
