// All that is known of one channel beside its maps and its filter.

import { UnitReaders } from "./readers";
import { LayerStrongest } from "./strongest";
import { UnitPictures, type Unit } from "./unit_pictures";

export class UnitPage {
  readonly pictures: UnitPictures;
  readonly readers: UnitReaders;
  readonly strongest: LayerStrongest;

  /** Channels of the layer of the page before share its strongest images. */
  constructor(
    readonly unit: Unit,
    before: UnitPage | null,
  ) {
    const { model, layer } = unit;
    const isSameLayer = before?.unit.model === model && before.unit.layer === layer;
    before?.letGo(isSameLayer);
    this.pictures = new UnitPictures(unit);
    this.readers = new UnitReaders(unit);
    this.strongest =
      before && isSameLayer ? before.strongest : new LayerStrongest(model, layer);
  }

  isOf({ model, layer, channel }: Unit): boolean {
    const { unit } = this;
    return model === unit.model && layer === unit.layer && channel === unit.channel;
  }

  /** Ask and follow no longer; what others share goes on. */
  letGo(isShared = false): void {
    this.pictures.letGo();
    this.readers.letGo();
    if (!isShared) this.strongest.letGo();
  }
}
