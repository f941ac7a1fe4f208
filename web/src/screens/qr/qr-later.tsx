// The place of a QR code, as large before it is drawn as after.
import { useEffect } from "preact/hooks";
import { qrPart } from "../parts";

export function Qr({ text, label }: { text: string; label: string }) {
  useEffect(() => void qrPart.fetch(), []);
  const part = qrPart.found.value;
  return <div class="qr">{part && <part.QrCode text={text} label={label} />}</div>;
}
