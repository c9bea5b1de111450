// One job, followed to its end: its events as they come, and what it has made.

import { redraw } from "../parts/draw";
import { ask, refusalFrom } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Artifact, Job, JobProgress } from "../service/types";
import {
  artifactPath,
  cancelJob,
  eventsPath,
  listArtifacts,
  retryJob,
  showJob,
} from "./asking";
import { OPEN } from "./wording";

/** How far a picture of a job rose towards what it was made for. */
export interface Rise {
  objective: string;
  scores: readonly (number | null)[];
}

const LOOK_AGAIN_MILLISECONDS = 2000;

/** Follows a job until it is let go. */
export class Followed {
  job: Job | null = null;
  artifacts: readonly Artifact[] = [];
  rises: readonly Rise[] = [];
  preview: string | null = null;
  refusal: Refusal | null = null;
  /** The stream of events broke off, and is sought again. */
  isCutOff = false;
  isDeleted = false;
  isAsking = false;

  private stream: EventSource | null = null;
  private timer = 0;
  private isLetGo = false;

  /** `whenDone` is called once the job has succeeded. */
  constructor(
    readonly id: string,
    private readonly whenDone: () => void = () => undefined,
  ) {
    void this.look();
  }

  /** Follow no longer. */
  letGo(): void {
    this.isLetGo = true;
    this.stream?.close();
    this.stream = null;
    clearTimeout(this.timer);
  }

  /** Cancel the job; one that has ended is deleted. */
  cancel(): Promise<void> {
    return this.change(async () => {
      const job = await cancelJob(this.id);
      if (job) this.job = job;
      else {
        this.isDeleted = true;
        this.letGo();
      }
    });
  }

  /** Begin a failed or cancelled job again. */
  retry(): Promise<void> {
    return this.change(async () => {
      this.job = await retryJob(this.id);
      await this.look();
    });
  }

  private async change(wish: () => Promise<void>): Promise<void> {
    this.isAsking = true;
    redraw();
    try {
      await wish();
      this.refusal = null;
    } catch (error) {
      this.refusal = refusalFrom(error);
    }
    this.isAsking = false;
    redraw();
  }

  /** Look how the job stands, and again as long as it is open. */
  private async look(): Promise<void> {
    try {
      this.job = await showJob(this.id);
      this.refusal = null;
      if (!OPEN.has(this.job.status)) await this.gather();
      else if (!this.isLetGo) this.listen();
    } catch (error) {
      this.refusal = refusalFrom(error);
    }
    redraw();
    if (!this.isLetGo && this.job?.status === "succeeded") this.whenDone();
    if (this.isLetGo || this.isSettled()) return;
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.look(), LOOK_AGAIN_MILLISECONDS);
  }

  /** Whether nothing more will be heard of the job. */
  private isSettled(): boolean {
    if (this.refusal) return this.refusal.code === "job_not_found";
    return this.job !== null && !OPEN.has(this.job.status);
  }

  private async gather(): Promise<void> {
    this.artifacts = await listArtifacts(this.id);
    if (this.artifacts.some(({ path }) => path === "loss.json")) {
      const { body } = await ask<{ pictures: Rise[] }>(artifactPath(this.id, "loss.json"));
      this.rises = body.pictures;
    }
  }

  private listen(): void {
    if (this.stream) return;
    const stream = new EventSource(eventsPath(this.id));
    this.stream = stream;
    stream.addEventListener("open", () => {
      this.isCutOff = false;
      redraw();
    });
    stream.addEventListener("progress", (event: MessageEvent<string>) => {
      if (this.job) this.job = { ...this.job, progress: JSON.parse(event.data) as JobProgress };
      if (this.job?.status === "queued") this.job.status = "running";
      redraw();
    });
    stream.addEventListener("preview", (event: MessageEvent<string>) => {
      this.preview = (JSON.parse(event.data) as { image: string }).image;
      redraw();
    });
    stream.addEventListener("done", () => this.end());
    stream.addEventListener("error", (event) => {
      // The service's own event of that name has data; the browser's says that nobody answers.
      if (event instanceof MessageEvent) this.end();
      else this.broken(stream);
    });
  }

  private end(): void {
    this.stream?.close();
    this.stream = null;
    void this.look();
  }

  private broken(stream: EventSource): void {
    this.isCutOff = true;
    // A browser that has given up is replaced at the next look.
    if (stream.readyState === EventSource.CLOSED) this.stream = null;
    redraw();
  }
}
