/** In place of user ids in the settings: whoever a message says is called. */
export const CALLED = '@called'
