// The images of a dataset that a layer's channels answer to most: a job, found again or ordered.

import { artifactPath, listJobs, submitJob } from "../jobs/asking";
import { Followed } from "../jobs/following";
import { busyWith } from "../parts/busy";
import { redraw } from "../parts/draw";
import { ask } from "../service/ask";
import type { Refusal } from "../service/refusal";
import type { Dataset, Job } from "../service/types";

export const KIND = "strongest-images";

/** Jobs that are looked through for those of the layer, the newest first. */
const LOOKED_THROUGH = "100";

export interface StrongImage {
  path: string;
  thumbnail: string;
  value: number;
  x: number;
  y: number;
}

/** `strongest.json`, as far as it is read here. */
interface StrongestFile {
  images: number;
  channels: readonly { images: readonly StrongImage[] }[];
}

/** Of one layer; its channels share the job. */
export class LayerStrongest {
  datasets: readonly Dataset[] | null = null;
  /** The dataset that is chosen. */
  dataset = "";
  followed: Followed | null = null;
  file: StrongestFile | null = null;
  refusal: Refusal | null = null;
  /** Not yet known what there is, or being ordered. */
  isBusy = true;

  private jobs: readonly Job[] = [];
  private isLetGo = false;

  constructor(
    readonly model: string,
    readonly layer: string,
  ) {
    void busyWith(this, async () => {
      const [{ body }, { jobs }] = await Promise.all([
        ask<{ datasets: Dataset[] }>("datasets"),
        listJobs({ kind: KIND, limit: LOOKED_THROUGH }),
      ]);
      this.datasets = body.datasets;
      this.jobs = jobs.filter((job) => this.isOf(job));
      const newest = this.jobs[0]?.params["dataset"] ?? body.datasets.at(-1)?.id ?? "";
      this.turnTo(String(newest));
    });
  }

  /** Follow no longer. */
  letGo(): void {
    this.isLetGo = true;
    this.followed?.letGo();
  }

  /** Choose a dataset, and show what is known of it. */
  turnTo(dataset: string): void {
    Object.assign(this, { dataset, file: null });
    this.followed?.letGo();
    const job = this.jobs.find(({ params }) => params["dataset"] === dataset);
    this.followed = job ? this.follow(job.id) : null;
    redraw();
  }

  /** Have every image of the dataset looked at. */
  find(): Promise<void> {
    return busyWith(this, async () => {
      const { dataset, layer } = this;
      const job = await submitJob(KIND, this.model, { dataset, layer });
      this.jobs = [job, ...this.jobs];
      this.turnTo(dataset);
    });
  }

  /** The images of one channel; none until they are known. */
  imagesOf(channel: number): readonly StrongImage[] | null {
    return this.file?.channels[channel]?.images ?? null;
  }

  /** Where the small picture of an image is fetched. */
  thumbnailOf({ thumbnail }: StrongImage): string {
    return artifactPath(this.followed?.id ?? "", thumbnail);
  }

  private follow(id: string): Followed | null {
    return this.isLetGo ? null : new Followed(id, () => void this.read(id));
  }

  private read(id: string): Promise<void> {
    return busyWith(this, async () => {
      const { body } = await ask<StrongestFile>(artifactPath(id, "strongest.json"));
      if (this.followed?.id === id) this.file = body;
    });
  }

  /** Whether a job is for this layer, and has not gone wrong. */
  private isOf({ model, params, status }: Job): boolean {
    const isWell = status !== "failed" && status !== "cancelled";
    return isWell && model === this.model && params["layer"] === this.layer;
  }
}
