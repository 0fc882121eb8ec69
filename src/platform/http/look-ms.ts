/** How long somebody who only looks waits for a server, ms. Apart from the client, which not everybody who asks for it needs. */
export const LOOK_MS = 5000;
