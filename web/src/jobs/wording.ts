// How a job stands, in plain words.

import { duration, titled } from "../parts/words";
import type { Job, JobProgress, JobStatus } from "../service/types";

export const OPEN: ReadonlySet<JobStatus> = new Set(["queued", "running"]);

export const STATUSES: readonly JobStatus[] = [
  "queued",
  "running",
  "succeeded",
  "failed",
  "cancelled",
];

const MARKS: Readonly<Record<JobStatus, string>> = {
  queued: "…",
  running: "▸",
  succeeded: "✓",
  failed: "✕",
  cancelled: "–",
};

export const markOf = (status: JobStatus): string => MARKS[status];

/** Where it stands, in a sentence. */
export function standing(job: Job): string {
  switch (job.status) {
    case "queued":
      return queued(job.queue_position);
    case "running":
      return progressing(job.progress);
    case "succeeded":
      return `Done${took(job)}.`;
    case "cancelled":
      return "Cancelled. Retrying goes on from where it stopped.";
    case "failed":
      return inPlainWords(job);
  }
}

function queued(position: number | null): string {
  if (position === null) return "Waits for a worker that hosts its model.";
  if (position === 0) return "Is next, as soon as a worker is free.";
  return `Waits: ${position} ${position === 1 ? "job goes" : "jobs go"} first.`;
}

/** `Optimize: 210 of 500 steps, about 31 s left.` */
export function progressing({
  stage = "",
  step = 0,
  total = 0,
  eta_seconds: eta = null,
  message = "",
}: JobProgress): string {
  if (message) return message;
  if (!stage) return "Begins.";
  const left = eta === null ? "" : `, about ${duration(eta)} left`;
  return total > 0
    ? `${titled(stage)}: ${step} of ${total}${left}.`
    : `${titled(stage)}${left}.`;
}

function took({ started_at: started, finished_at: finished }: Job): string {
  if (!started || !finished) return "";
  return ` in ${duration((Date.parse(finished) - Date.parse(started)) / 1000)}`;
}

/** Why it failed, and what to do about it. */
function inPlainWords({ error }: Job): string {
  switch (error?.code) {
    case "job_killed_its_worker":
      return `It ended the workers that tried it, probably for want of memory. Ask for less at once. (${error.detail})`;
    case "job_failed":
      return `The worker failed at it; its log says more. Retrying goes on from the last checkpoint. (${error.detail})`;
    case undefined:
      return "It failed.";
    default:
      return error?.detail ?? "It failed.";
  }
}
