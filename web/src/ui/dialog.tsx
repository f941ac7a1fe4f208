// A question or a notice that must be answered before anything else.
import type { ComponentChildren } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";

type DialogProps = {
  title: string;
  /** What there is to know: read out with the title. */
  words: ComponentChildren;
  /** The buttons. */
  children: ComponentChildren;
  onClose: () => void;
  /** A dialog that interrupts is read at once. */
  alert?: boolean;
  /** The skin of the style that asks, if a style does. */
  skin?: string;
};

// To where it was, if that is still in place and can have it; else to the screen itself. Keys pressed on the body lead
// nowhere.
function giveFocusBack(before: Element | null): void {
  const screen = document.getElementById("main");
  for (const one of [before, screen]) {
    if (one instanceof HTMLElement && one.isConnected) one.focus({ preventScroll: true });
    if (document.activeElement !== document.body) return;
  }
}

/** The browser's own dialog: it keeps the focus inside, closes on Escape and gives the focus back. */
export function Dialog({ title, words, children, onClose, alert, skin }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    const dialog = ref.current;
    const before = document.activeElement;
    dialog?.showModal();
    return () => {
      dialog?.close();
      giveFocusBack(before);
    };
  }, []);
  return (
    <dialog
      ref={ref}
      class="dialog"
      role={alert ? "alertdialog" : undefined}
      aria-labelledby={id}
      aria-describedby={`${id}-words`}
      data-skin={skin}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id}>{title}</h2>
      <div id={`${id}-words`} class="dialog-words">
        {words}
      </div>
      <div class="dialog-buttons">{children}</div>
    </dialog>
  );
}
