// What one channel looks for and what it turns from: two jobs, found again or ordered.

import { artifactPath, listJobs, submitJob } from "../jobs/asking";
import { Followed } from "../jobs/following";
import { busyWith } from "../parts/busy";
import type { Refusal } from "../service/refusal";
import type { Job } from "../service/types";

const KIND = "activation-maximization";

/** Jobs that are looked through for those of the channel, the newest first. */
const LOOKED_THROUGH = "100";

export interface Unit {
  model: string;
  layer: string;
  channel: number;
}

/** One for what raises the channel, one for what lowers it. */
export const SIGNS = ["positive", "negative"] as const;
export type Sign = (typeof SIGNS)[number];

/** A job that makes the picture, and where that will be. */
export interface Made {
  followed: Followed;
  picture: string;
}

export class UnitPictures {
  readonly jobs = new Map<Sign, Made>();
  refusal: Refusal | null = null;
  /** Not yet known what there is, or being ordered. */
  isBusy = true;
  private isLetGo = false;

  constructor(readonly unit: Unit) {
    void busyWith(this, async () => {
      const { jobs } = await listJobs({ kind: KIND, limit: LOOKED_THROUGH });
      for (const sign of SIGNS) {
        const made = jobs.find((job) => isOf(job, unit, sign));
        if (made) this.follow(sign, made);
      }
    });
  }

  /** Follow no longer. */
  letGo(): void {
    this.isLetGo = true;
    for (const { followed } of this.jobs.values()) followed.letGo();
  }

  /** Order what is not there yet. */
  make(): Promise<void> {
    return busyWith(this, async () => {
      for (const sign of SIGNS.filter((each) => !this.jobs.has(each))) {
        const { model, layer, channel } = this.unit;
        const job = await submitJob(KIND, model, {
          objective: "channel",
          layer,
          channels: String(channel),
          negative: sign === "negative",
        });
        this.follow(sign, job);
      }
    });
  }

  private follow(sign: Sign, { id, params }: Job): void {
    if (this.isLetGo) return;
    const channels = listedChannels(params["channels"]);
    const place = String(channels.indexOf(this.unit.channel)).padStart(3, "0");
    // With its label, where it is all that there is to see.
    const path = channels.length === 1 ? "grid.png" : `pictures/${place}.png`;
    this.jobs.set(sign, { followed: new Followed(id), picture: artifactPath(id, path) });
  }
}

/** Whether a job makes a picture of this channel, and has not gone wrong. */
function isOf({ model, params, status }: Job, unit: Unit, sign: Sign): boolean {
  return (
    model === unit.model &&
    params["objective"] === "channel" &&
    params["layer"] === unit.layer &&
    Number(params["facets"] ?? 1) === 1 &&
    listedChannels(params["channels"]).includes(unit.channel) &&
    params["negative"] === (sign === "negative") &&
    status !== "failed" &&
    status !== "cancelled"
  );
}

const RANGE = /^(\d+)(?:-(\d+))?$/;

/** The channels of a job, in the order of its pictures: of `0-3,7`; none of `random:9`. */
function listedChannels(words: unknown): number[] {
  return String(words)
    .split(",")
    .flatMap((word) => {
      const [, first, last = first] = RANGE.exec(word.trim()) ?? [];
      const start = Number(first);
      return first === undefined
        ? []
        : Array.from({ length: Number(last) - start + 1 }, (_, step) => start + step);
    });
}
