/** Content to post. */

/** A list of questions about patients, as an insurer takes it. */
export const queryList = (ssins: readonly string[]): Buffer => Buffer.from(`<a>${ssins.join()}</a>`)
