// One job, followed to its end: its events as they come, and what it has made.

import { redraw } from "../parts/draw";
import { ask, refusalFrom } from "../service/ask";
import { listen } from "../service/events";
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

  /** Ends the stream of events. */
  private stopListening: (() => void) | null = null;
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
    this.stopListening?.();
    this.stopListening = null;
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
    if (this.isLetGo) return;
    if (this.isSettled()) {
      this.stopListening?.();
      this.stopListening = null;
      return;
    }
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
    this.stopListening ??= listen(eventsPath(this.id), {
      opened: () => this.turnCutOff(false),
      event: (name, data) => this.hear(name, data),
      broken: () => this.turnCutOff(true),
    });
  }

  private turnCutOff(isCutOff: boolean): void {
    this.isCutOff = isCutOff;
    redraw();
  }

  private hear(name: string, data: string): void {
    if (name === "progress" && this.job) {
      const progress = JSON.parse(data) as JobProgress;
      const status = this.job.status === "queued" ? "running" : this.job.status;
      this.job = { ...this.job, progress, status };
    }
    if (name === "preview") this.preview = (JSON.parse(data) as { image: string }).image;
    if (name === "done" || name === "error") this.end();
    redraw();
  }

  private end(): void {
    this.stopListening?.();
    this.stopListening = null;
    void this.look();
  }
}
