/** The group key of the incident that joins what comes above a project's limit. No sender's key begins so. */
export const STORM_KEY = 'fenghuo:storm'

/** More new incidents a minute than this are joined in one, unless the project says otherwise. */
export const DEFAULT_STORM_LIMIT = 50
