// What can wait: a browser has work enough with what somebody is looking for.

/** A quick answer is there by then, and nobody reloads the page before. */
const PAUSE_MILLISECONDS = 300;

/** Wait until what is more urgent has had its turn. */
export const later = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
