import type { Plugin } from 'esbuild'
import { dataModules } from './data.ts'
import { lateFiles } from './late-files.ts'
import { lazyBundles } from './lazy.ts'
import { shakableSchemas } from './shakable.ts'
import { LOADED_LATE } from './sources.ts'

/** What `custom.esbuild.plugins` names. */
export default [dataModules(), loadedLate(), shakableSchemas()]

/**
 * How what is imported when it is needed is packaged: a probe's zip holds of it what its checks load, other functions' all. The console,
 * each of whose rooms is a score of small files, has them in one; `page` has not, whose late files are few and one of them Connect's SDK.
 */
function loadedLate(): Plugin {
  const [asTheyAre, inOne] = [lateFiles(), lateFiles({ isPacked: true })]
  return {
    name: LOADED_LATE,
    setup(build) {
      const [entry = ''] = [build.initialOptions.entryPoints].flat().map(String)
      if (/\bservices\/probe\//.test(entry)) return lazyBundles().setup(build)
      return (/\bservices\/console\//.test(entry) ? inOne : asTheyAre).setup(build)
    },
  }
}
