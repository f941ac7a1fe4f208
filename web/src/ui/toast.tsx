// A short word that needs no answer. It is read politely; who says it decides how long it stays.
import "./toast.css";

export function Toast({ words }: { words: string | null }) {
  return (
    <div class="toast" role="status">
      {words && <p>{words}</p>}
    </div>
  );
}
