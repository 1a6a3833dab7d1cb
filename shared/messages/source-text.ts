/** Where something was seen, as people are shown it: a URL's user name and password are left out, be there an @ in them. */
export const sourceText = (source: string): string => source.replace(/\/\/[^/?#\s]*@/g, '//')
