/** What the group key of an incident begins with that joins alerts by their labels. No sender's key begins so. */
export const GROUP_PREFIX = 'fenghuo:group:'
