// How long somebody who only looks waits for a server, ms: with what the program takes to start, 5 s. Apart from the client,
// which not everybody who asks for it needs.

/** For all that is asked of one server, and for one answer that is no repository. */
export const LOOK_MS = 4500;
/** To connect, without a byte, and for less than 1 kB: before the whole, so that a mute server is named as one. */
export const LOOK_SILENT_MS = 4000;
