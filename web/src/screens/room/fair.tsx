// How anybody can check afterwards that nobody knew the race beforehand.
import type { Results } from "#/api/room-types";
import { recordPath } from "#/api/rooms";
import { m } from "#/i18n/words";

/** Beside results: all that a check needs, as far as it is published. */
export function FairCheck({ results }: { results: Results }) {
  const { commitment, seed, captcha_secret, race } = results;
  if (!commitment) return null;
  const file = `tingting-${race}.race`;
  return (
    <details class="card fair">
      <summary>{m.results_check()}</summary>
      <p class="small soft">{results.over ? m.results_check_text() : m.results_check_later()}</p>
      <dl class="fair-values">
        <Value name={m.results_commitment()} value={commitment} />
        {seed && <Value name={m.results_seed()} value={seed} />}
        {captcha_secret && <Value name={m.results_secret()} value={captcha_secret} />}
        {results.over && (
          <Value
            name={m.results_command()}
            value={`tingting replay ${file} --commitment ${commitment}`}
          />
        )}
      </dl>
      {results.over && (
        <a class="button" href={recordPath(race)} download={file}>
          {m.results_record()}
        </a>
      )}
    </details>
  );
}

function Value({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}
