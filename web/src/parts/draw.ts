// Drawing anew: the page is a function of its state, called after every change.

type Draw = () => void;

let draw: Draw = () => undefined;
let isDue = false;
let isHeld = false;

/** A picture's answer that comes sooner is drawn with it: two drawings would hold it up. */
const HOLD_MILLISECONDS = 100;

/** Say what draws the page. */
export function drawWith(drawPage: Draw): void {
  draw = drawPage;
}

/** Draw soon; several changes at once are drawn together. */
export function redraw(): void {
  if (isDue || isHeld) return;
  isDue = true;
  queueMicrotask(() => {
    isDue = false;
    draw();
  });
}

/** Draw nothing until what is on its way is there, which is not waited for long. */
export function holdDrawing(): void {
  if (isHeld) return;
  isHeld = true;
  setTimeout(endHold, HOLD_MILLISECONDS);
}

/** Draw again. */
export function endHold(): void {
  if (!isHeld) return;
  isHeld = false;
  redraw();
}
