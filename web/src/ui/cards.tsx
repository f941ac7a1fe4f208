// A choice among a few, as a row of cards.
import { useId } from "preact/hooks";
import "./cards.css";

type CardsProps = {
  legend: string;
  options: { name: string; title: string; detail: string }[];
  picked: string;
  onPick: (name: string) => void;
};

/** One choice among a few, each on a card of its own. Radio buttons underneath: arrows move, Tab leaves. */
export function Cards({ legend, options, picked, onPick }: CardsProps) {
  const group = useId();
  return (
    <fieldset class="cards">
      <legend class="legend">{legend}</legend>
      <div class="cards-row">
        {options.map(({ name, title, detail }) => (
          <label key={name} class="cards-card">
            <input
              class="hidden"
              type="radio"
              name={group}
              checked={name === picked}
              onChange={() => onPick(name)}
            />
            <span class="cards-title">{title}</span>
            <span class="cards-detail">{detail}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
