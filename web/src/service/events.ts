// Server-sent events, read from the body of a `fetch`: an `EventSource` sends no key.

import { keyHeaders, noteStatus } from "./key";

export interface Listener {
  opened: () => void;
  event: (name: string, data: string) => void;
  /** The stream broke off; it is sought again until it is let go. */
  broken: () => void;
}

const SEEK_AGAIN_MILLISECONDS = 2000;

/** Listen until the function that is given back is called. */
export function listen(path: string, listener: Listener): () => void {
  const end = new AbortController();
  void follow(path, listener, end.signal);
  return () => end.abort();
}

async function follow(path: string, listener: Listener, signal: AbortSignal): Promise<void> {
  const parser = new EventParser(listener.event);
  while (!signal.aborted) {
    try {
      await read(path, listener, parser, signal);
    } catch {
      // Whatever broke it off, it is sought again.
    }
    if (signal.aborted) return;
    listener.broken();
    await new Promise((resolve) => setTimeout(resolve, SEEK_AGAIN_MILLISECONDS));
  }
}

async function read(
  path: string,
  { opened }: Listener,
  parser: EventParser,
  signal: AbortSignal,
): Promise<void> {
  const since = parser.lastId === "" ? {} : { "Last-Event-ID": parser.lastId };
  const response = await fetch(path, {
    headers: { Accept: "text/event-stream", ...keyHeaders(), ...since },
    cache: "no-store",
    signal,
  });
  noteStatus(response.status);
  if (!response.ok || !response.body) return;
  opened();
  parser.begin();
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (
    let part = await reader.read();
    !part.done && !signal.aborted;
    part = await reader.read()
  ) {
    parser.take(part.value);
  }
}

/** Reads the lines of a stream, however they are cut; see the HTML standard, 9.2.6. */
export class EventParser {
  /** Of the last event, by which a new stream goes on after it. */
  lastId = "";
  private rest = "";
  private name = "";
  private data: string[] = [];

  constructor(private readonly tell: (name: string, data: string) => void) {}

  /** Forget what an earlier stream left unfinished. */
  begin(): void {
    this.rest = this.name = "";
    this.data = [];
  }

  take(text: string): void {
    const lines = (this.rest + text).split(/\r\n|\n|\r(?!$)/);
    this.rest = lines.pop() ?? "";
    for (const line of lines) this.takeLine(line);
  }

  private takeLine(line: string): void {
    if (line === "") {
      if (this.data.length > 0) this.tell(this.name || "message", this.data.join("\n"));
      this.name = "";
      this.data = [];
      return;
    }
    const [, field = "", value = ""] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === "event") this.name = value;
    else if (field === "data") this.data.push(value);
    else if (field === "id") this.lastId = value;
  }
}
