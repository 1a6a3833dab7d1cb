/** Where something was seen, as people are shown it: a URL's user name and password are left out. */
export const sourceText = (source: string): string => source.replace(/\/\/[^/@\s]*@/g, '//')
