/** What a server does that somebody else keeps the time for. */
export interface Driven {
  handle(message: string | object): string[];
  isDue(): boolean;
  pump(): string[];
  isUnsettled(): boolean;
  settle(): string[];
}

/** Work waits until no message came for so long, in milliseconds, */
const QUIET = 3;
/** but never longer than this. */
const LONGEST = 40;
/** As long is waited for files that the client was asked for, in milliseconds. */
const PATIENCE = 1_000;

/**
 * Keeps the time for a server: messages in, messages out, and a turn for the work that waits when no message comes.
 * What goes wrong is thrown where there is no `broken` to hear it.
 */
export function drive(
  server: Driven,
  send: (message: string) => void,
  broken?: (error: unknown) => void,
): (message: string | object) => void {
  let turn: ReturnType<typeof setTimeout> | undefined;
  let waitsSince = 0;
  let settling: ReturnType<typeof setTimeout> | undefined;
  const say = (messages: string[]) => messages.forEach((message) => send(message));
  const guarded = (act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!broken) throw error;
      broken(error);
    }
  };
  const plan = () => {
    if (server.isDue()) {
      const now = Date.now();
      if (turn === undefined) waitsSince = now;
      clearTimeout(turn);
      turn = setTimeout(work, now - waitsSince > LONGEST ? 0 : QUIET);
    } else if (!server.isUnsettled()) {
      clearTimeout(settling);
      settling = undefined;
    } else {
      settling ??= setTimeout(settle, PATIENCE);
    }
  };
  const work = () => {
    turn = undefined;
    guarded(() => {
      say(server.pump());
      if (!server.isDue()) return plan();
      // The next piece follows at once, after messages that came meanwhile.
      waitsSince = Date.now();
      turn = setTimeout(work, 0);
    });
  };
  const settle = () => {
    settling = undefined;
    guarded(() => {
      if (server.isUnsettled()) say(server.settle());
      plan();
    });
  };
  return (message) =>
    guarded(() => {
      say(server.handle(message));
      plan();
    });
}
