// The questions about jobs.

import { ask, queryOf } from "../service/ask";
import type { Artifact, Job, JobList } from "../service/types";

const pathOf = (id: string, part = ""): string => `jobs/${encodeURIComponent(id)}${part}`;

export const listJobs = async (options: Record<string, string>): Promise<JobList> =>
  (await ask<JobList>(`jobs${queryOf(options)}`)).body;

export const showJob = async (id: string): Promise<Job> => (await ask<Job>(pathOf(id))).body;

/** How long an answer may wait for a job that is expected to be over at once. */
const WAIT_SECONDS = 30;

/** Submit long work; repeating a submission whose answer was lost does it once. */
export const submitJob = async (
  kind: string,
  model: string,
  params: Readonly<Record<string, unknown>>,
  isAwaited = false,
): Promise<Job> =>
  (
    await ask<Job>("jobs", {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "Idempotency-Key": randomWord(),
        ...(isAwaited ? { Prefer: `wait=${WAIT_SECONDS}` } : {}),
      },
      body: JSON.stringify({ kind, model, params }),
    })
  ).body;

/** Cancel it; one that has ended is deleted, which answers nothing. */
export const cancelJob = async (id: string): Promise<Job | null> =>
  (await ask<Job | null>(pathOf(id), { method: "DELETE" })).body;

export const retryJob = async (id: string): Promise<Job> =>
  (await ask<Job>(pathOf(id, "/retry"), { method: "POST" })).body;

export const listArtifacts = async (id: string): Promise<readonly Artifact[]> =>
  (await ask<{ artifacts: Artifact[] }>(pathOf(id, "/artifacts"))).body.artifacts;

export const eventsPath = (id: string): string => pathOf(id, "/events");

/** Where a file of a job is fetched. */
export const artifactPath = (id: string, path: string): string =>
  pathOf(id, `/artifacts/${path.split("/").map(encodeURIComponent).join("/")}`);

/** Browsers give `crypto.randomUUID` to pages of this machine and of HTTPS alone. */
const randomWord = (): string =>
  [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(16)).join("-");
