// A win to show around: a picture with the seat lit on the hall, and a text. Both are made here and sent nowhere.
import { useSignal } from "@preact/signals";
import { useEffect, useMemo, useRef } from "preact/hooks";
import type { Plan } from "#/api/types";
import { m, number, span } from "#/i18n/words";
import { addressOfFile, canShareFile, fileOf, shareFile } from "#/platform/pictures";
import { addressOf, copy } from "#/platform/sharing";
import { plan } from "#/store/current";
import { language } from "#/store/settings";
import { Button } from "#/ui/button";
import { seatMap } from "../seats/map-later";
import { drawPicture, HALL, PICTURE } from "./picture";
import { seatsOf } from "./what-if-words";

/** What a picture and a text of a win tell. */
export type Win = {
  show: string;
  seats: readonly number[];
  /** The seats of the hall as they were; null lights one's own on an empty hall. */
  states: Uint8Array | null;
  place: number | null;
  /** From the opening to the payment, in milliseconds. */
  spanMs: number;
  /** Seats that were free when one was let in; null if that is not known. */
  free: number | null;
};

type Made = { file: File; url: string };

export function WinShare({ win }: { win: Win }) {
  const hall = plan.value;
  const seat = seatsOf(hall, win.seats);
  const made = useMade(win, hall, seat);
  if (!seat) return null;
  const text = m.win_text({ title: win.show, seat, span: span(win.spanMs) });
  return (
    <section class="report-part win">
      <h2>{m.win_title()}</h2>
      <div class="card win-card">
        <div class="win-picture">
          {made && (
            <img
              src={made.url}
              width={PICTURE.width}
              height={PICTURE.height}
              alt={m.win_alt({ title: win.show, seat })}
            />
          )}
        </div>
        <div class="win-go">
          {made && <PictureGo made={made} text={text} />}
          <TextGo text={`${text} ${addressOf("/")}`} />
        </div>
      </div>
    </section>
  );
}

/** The picture, made anew for another language; null until it is there. */
function useMade(win: Win, hall: Plan | null, seat: string | null): Made | null {
  const made = useSignal<Made | null>(null);
  const drawn = seatMap.value;
  const spoken = language.value;
  useEffect(() => {
    if (!hall || !drawn || !seat) return undefined;
    let isWanted = true;
    let forget = () => {};
    const { states, seats } = win;
    const face = getComputedStyle(document.body).fontFamily;
    const what = { plan: hall, states, seats, language: spoken, ...HALL };
    const lit = drawn.drawPosterHall(what, face);
    const picture = drawPicture(lit, pictureWords(win, seat), face);
    void fileOf(picture, "tingting.png").then((file) => {
      if (!file || !isWanted) return;
      const address = addressOfFile(file);
      forget = address.forget;
      made.value = { file, url: address.url };
    });
    return () => {
      isWanted = false;
      made.value = null;
      forget();
    };
  }, [win, hall, drawn, seat, spoken]);
  return made.value;
}

function pictureWords(win: Win, seat: string) {
  const figures: [string, string][] = [[m.win_card_span(), span(win.spanMs)]];
  if (win.place !== null) figures.unshift([m.report_place(), number(win.place)]);
  if (win.free !== null) figures.push([m.report_free_then(), number(win.free)]);
  return {
    brand: m.brand(),
    show: win.show,
    won: m.win_card_title(),
    seat,
    figures,
    notice: m.win_card_notice(),
  };
}

function PictureGo({ made, text }: { made: Made; text: string }) {
  const isSheet = useMemo(() => canShareFile(made.file), [made]);
  return (
    <>
      {isSheet && (
        <Button look="primary" onPress={() => void shareFile(made.file, m.brand(), text)}>
          {m.win_share()}
        </Button>
      )}
      <a class="button" href={made.url} download={made.file.name}>
        {m.win_save()}
      </a>
      {!isSheet && <p class="soft small">{m.win_no_sheet()}</p>}
    </>
  );
}

function TextGo({ text }: { text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  const said = useSignal("");
  const copyText = async () => {
    if (!field.current) return;
    said.value = (await copy(field.current)) ? m.win_copied() : m.win_copy_failed();
  };
  return (
    <div class="win-text">
      <textarea
        ref={field}
        class="input"
        readOnly
        rows={4}
        value={text}
        aria-label={m.win_words()}
        onFocus={(event) => event.currentTarget.select()}
      />
      <Button onPress={() => void copyText()}>{m.win_copy()}</Button>
      <p class="small" role="status">
        {said}
      </p>
    </div>
  );
}
