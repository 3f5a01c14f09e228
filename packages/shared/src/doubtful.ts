// When a word is doubtful: one pair of thresholds for the ledger's counts and the marks of the viewer.

/**
 * Words below this confidence are doubtful: the threshold that proofreading uses for its marks. In the corpus two in five of them are
 * wrong, and one word in fourteen is one of them.
 */
export const doubtfulBelow = 75;
/** Words from here on are sure: at most one in sixty of them is wrong. Between the two a light mark is enough. */
export const sureFrom = 85;
