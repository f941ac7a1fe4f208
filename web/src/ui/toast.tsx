// A short word that needs no answer. It is read politely; who says it decides how long it stays.
import type { ComponentChildren } from "preact";
import "./toast.css";

type ToastProps = {
  words: string | null;
  /** A way to what it is about, which is elsewhere as well: the word goes by itself. */
  children?: ComponentChildren;
};

export function Toast({ words, children }: ToastProps) {
  return (
    <div class="toast" role="status">
      {words && (
        <p>
          {words}
          {children}
        </p>
      )}
    </div>
  );
}
