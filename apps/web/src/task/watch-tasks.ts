// One stream of events for the whole tab: browsers allow six connections to a server, and uploads need some of them.

/** First wait before trying again, ms; doubled each time up to the longest. */
const firstWaitMs = 1_000;
const longestWaitMs = 30_000;
/** A gap shorter than this, ms, is not worth a word: the server ends every stream now and then. */
const graceMs = 3_000;

export interface StreamHandlers<Event> {
  onEvent(event: Event): void;
  /** The stream is open; what happened before is not in it. */
  onOpen(): void;
  /** Open, or on the way: the browser reconnects by itself. */
  onInterrupted(): void;
  /** Over; nothing reconnects by itself. */
  onClosed(): void;
}

export interface WatchOptions<Event> {
  /** Opens the stream and yields how to close it. */
  subscribe(handlers: StreamHandlers<Event>): () => void;
  /** A cheap call that throws while the server is out of reach and renews the session where that is needed. */
  probe(): Promise<unknown>;
  onEvent(event: Event): void;
  /** Everything held may be old: called each time the stream opens. */
  onOpen(): void;
  onLost(lost: boolean): void;
}

/** Keeps a stream open until stopped: after an end, it asks whether the server is there, and opens the next. */
export function watchTasks<Event>(options: WatchOptions<Event>): () => void {
  let stopped = false;
  let close = () => {};
  let waitMs = firstWaitMs;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let graceTimer: ReturnType<typeof setTimeout> | undefined;

  function interrupted() {
    graceTimer ??= setTimeout(() => options.onLost(true), graceMs);
  }

  function open() {
    if (stopped) return;
    clearTimeout(retryTimer);
    retryTimer = undefined;
    close = options.subscribe({
      onEvent: (event) => {
        if (!stopped) options.onEvent(event);
      },
      onOpen: () => {
        if (stopped) return;
        waitMs = firstWaitMs;
        clearTimeout(graceTimer);
        graceTimer = undefined;
        options.onLost(false);
        options.onOpen();
      },
      onInterrupted: interrupted,
      onClosed: () => {
        if (stopped || retryTimer !== undefined) return;
        interrupted();
        retryTimer = setTimeout(reopen, waitMs);
        waitMs = Math.min(longestWaitMs, waitMs * 2);
      },
    });
  }

  function reopen() {
    options.probe().then(open, () => {
      if (stopped) return;
      retryTimer = setTimeout(reopen, waitMs);
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    });
  }

  interrupted();
  open();
  return () => {
    stopped = true;
    clearTimeout(retryTimer);
    clearTimeout(graceTimer);
    close();
  };
}
